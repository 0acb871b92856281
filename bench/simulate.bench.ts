// A working day played against the real house as fast as it goes: how many conversations a second, how long a decision of routing takes, and what that makes of a day of 100,000.
import { readConfig } from '../server/platform/config/config.ts';
import { silentLog } from '../server/platform/log.ts';
import { isProven } from '../server/simulation/report/check.ts';
import { simulate } from '../server/simulation/simulate.ts';
import { type Kind, prepare } from './database.ts';
import { busyBetween, machineBusy } from './measure.ts';
import { loadNow, report } from './report.ts';
import { kinds } from './running.ts';

/** `BENCH_CONVERSATIONS=100000` plays the whole day instead of computing it from the growth. */
const conversations = Number(process.env['BENCH_CONVERSATIONS'] ?? 2_000);
const wholeDay = 100_000;
const advisersFor = (size: number) => Math.max(4, Math.ceil(size / 50));

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const before = machineBusy();
  const few = await play(kind, Math.ceil(conversations / 4));
  const many = await play(kind, conversations);
  const each = (many.seconds - few.seconds) / (many.size - few.size);
  const { measured, proof, fairness } = many.figures;
  report({
    bench: 'simulate',
    database: many.version,
    busy: busyBetween(before, machineBusy()),
    loadBefore,
    figures: [
      { what: `a day of ${many.size}`, unit: 's', value: many.seconds },
      { what: `a day of ${few.size}`, unit: 's', value: few.seconds },
      {
        what: `a day of ${wholeDay}, by the growth from one to the other`,
        unit: 'min',
        value: (many.seconds + each * (wholeDay - many.size)) / 60,
        goal: { atMost: 10 },
      },
      { what: 'conversations', unit: '/s', value: measured.conversationsPerSecond },
      {
        what: `deciding who is offered what, p95 of ${measured.looks}`,
        unit: 'ms',
        value: measured.lookP95 ?? Number.NaN,
        goal: { atMost: 50 },
      },
      { what: 'fairness of what is offered (Jain)', unit: '', value: fairness ?? Number.NaN, goal: { atLeast: 0.9 } },
      {
        what: 'lost',
        unit: `of ${many.figures.messagesIn + many.figures.answers}`,
        value: proof.lostIn + proof.lostOut,
        goal: { atMost: 0 },
      },
      { what: 'doubled', unit: '', value: proof.doubledIn + proof.doubledOut + proof.answeredTwice, goal: { atMost: 0 } },
    ],
  });
  if (!isProven(proof)) process.exitCode = 1;
}

async function play(kind: Kind, size: number) {
  const database = await prepare(kind, 0);
  await database.begin();
  try {
    const { played, figures } = await simulate({
      config: readConfig({ ...process.env, DATABASE_URL: '', ...database.env }),
      log: silentLog,
      day: '2026-11-24',
      seed: 1,
      conversations: size,
      advisers: advisersFor(size),
      lookSeconds: 10,
      untilHour: 24,
      speed: Number.POSITIVE_INFINITY,
      say: (line) => process.stderr.write(`${line}\n`),
    });
    return { size: played.visits.length, seconds: figures.measured.daySeconds, figures, version: database.version };
  } finally {
    await database.end();
  }
}
