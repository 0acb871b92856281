// A working day played against the real house as fast as it goes: how many conversations a second, how long a decision of routing takes, and how long a day of 100,000 would last.
import { readConfig } from '../server/platform/config/config.ts';
import { silentLog } from '../server/platform/log.ts';
import { isProven } from '../server/simulation/report/check.ts';
import { simulate } from '../server/simulation/simulate.ts';
import { type Kind, prepare } from './database.ts';
import { busyBetween, machineBusy } from './measure.ts';
import { loadNow, report } from './report.ts';
import { kinds } from './running.ts';

/** What an average day brings a retailer with two thousand advisers. */
const conversations = Number(process.env['BENCH_CONVERSATIONS'] ?? 100_000);
const advisers = Math.max(4, Math.ceil(conversations / 50));
/** `BENCH_DAY=whole` plays all of it, instead of the half hour in which most come. */
const [fromHour, untilHour] = process.env['BENCH_DAY'] === 'whole' ? [0, 24] : [9.5, 10];

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const before = machineBusy();
  const { size, version, figures } = await play(kind);
  const { measured, proof, fairness } = figures;
  report({
    bench: 'simulate',
    database: version,
    busy: busyBetween(before, machineBusy()),
    loadBefore,
    figures: [
      { what: `from ${fromHour} to ${untilHour} o’clock: conversations`, unit: '', value: size },
      { what: 'answers accepted', unit: '', value: figures.answers },
      { what: 'conversations', unit: '/s', value: measured.conversationsPerSecond },
      {
        what: `a day of ${conversations} at this rate`,
        unit: 'min',
        value: conversations / measured.conversationsPerSecond / 60,
        goal: { atMost: 10 },
      },
      {
        what: `deciding who is offered what, p95 of ${measured.looks}`,
        unit: 'ms',
        value: measured.lookP95 ?? Number.NaN,
        goal: { atMost: 50 },
      },
      { what: 'fairness of what is offered (Jain)', unit: '', value: fairness ?? Number.NaN, goal: { atLeast: 0.9 } },
      {
        what: 'lost',
        unit: `of ${figures.messagesIn + figures.answers}`,
        value: proof.lostIn + proof.lostOut,
        goal: { atMost: 0 },
      },
      { what: 'doubled', unit: '', value: proof.doubledIn + proof.doubledOut + proof.answeredTwice, goal: { atMost: 0 } },
    ],
  });
  if (!isProven(proof)) process.exitCode = 1;
}

async function play(kind: Kind) {
  const database = await prepare(kind, 0);
  await database.begin();
  try {
    const { played, figures } = await simulate({
      config: readConfig({ ...process.env, DATABASE_URL: '', ...database.env }),
      log: silentLog,
      day: '2026-11-24',
      seed: 1,
      conversations,
      advisers,
      lookSeconds: 10,
      fromHour,
      untilHour,
      speed: Number.POSITIVE_INFINITY,
      say: (line) => process.stderr.write(`${line}\n`),
    });
    return { size: played.visits.length, figures, version: database.version };
  } finally {
    await database.end();
  }
}
