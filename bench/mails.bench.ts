// Mails through the mail receiver while the processes that take them are killed: is each there once, and where it belongs? Then a mailbox that nobody looked at for three days.
// Ends with 1 when a mail is lost, doubled or with a stranger. `BENCH_MAILS=100000 BENCH_KILLS=50` is the whole size.
import { Pool } from 'pg';
import { chanceOf } from '../torture/chance.ts';
import { faults } from '../torture/faults.ts';
import { install } from '../torture/installation.ts';
import { emptyRecord } from '../torture/record.ts';
import { clocksOf, comeToRest } from '../torture/run.ts';
import { openDesk } from './mails/desk.ts';
import { type Found, judge } from './mails/judge.ts';
import { afterOutage, mayHaveOutage } from './mails/outage.ts';
import { startPost } from './mails/post.ts';
import { type Matter, tellStory } from './mails/story.ts';
import { busyBetween, machineBusy, pause } from './measure.ts';
import { loadNow, report } from './report.ts';

const wanted = Number(process.env['BENCH_MAILS'] ?? 2_000);
const kills = Number(process.env['BENCH_KILLS'] ?? 2);
const seed = Number(process.env['BENCH_SEED'] ?? 1);
/** Concerns at a time, each one mail after the other. */
const atOnce = 500;
const connections = 16;

const say = (line: string) => void process.stderr.write(`${line}\n`);
const loadBefore = loadNow();
const before = machineBusy();
const record = emptyRecord();
const installation = await install(record, { advisers: 8, network: 'direct', ownDisk: false, onTaken: () => {} });
const pool = new Pool({ connectionString: installation.database.url, max: 8 });
try {
  const matters = tellStory({ seed, mails: wanted, to: installation.service.address });
  const count = matters.flatMap(({ mails }) => mails).reduce((sum, { times }) => sum + times, 0);
  const post = startPost(installation.workers, connections);
  const desk = openDesk(installation, record, pool);
  const begun = performance.now();
  const writing = write(matters, post, desk);
  const [killed] = await Promise.all([kill(count, post, writing), writing]);
  post.close();
  const taken = (performance.now() - begun) / 1_000;
  await comeToRest(installation.database.url, clocksOf(installation, record.times).letPass, say);
  const through = (performance.now() - begun) / 1_000;
  const { rows } = await pool.query<Found>(
    `select substring(text from 'Kennung (Q[0-9.]+)') as mark, conversation_id as "conversationId", seq from messages where direction = 'in'`,
  );
  const judged = judge(matters, rows);
  const marks = matters.reduce((sum, { mails }) => sum + mails.length, 0);
  const outage = await afterOutage(installation, pool, Math.ceil(wanted / 4), say);
  report({
    bench: 'mails',
    database: '18, embedded',
    busy: busyBetween(before, machineBusy()),
    loadBefore,
    figures: [
      { what: 'lost', unit: `of ${marks}`, value: judged.lost.length, goal: { atMost: 0 } },
      { what: 'doubled', unit: '', value: judged.doubled.length, goal: { atMost: 0 } },
      { what: 'kill -9 of who takes them, meanwhile', unit: '', value: killed },
      {
        what: 'precision: of those put to a conversation, right',
        unit: `% of ${judged.joined}`,
        value: 100 * judged.precision,
        goal: { atLeast: 99.9 },
      },
      {
        what: 'recall: of those that go on with one, put there',
        unit: `% of ${judged.goOn}`,
        value: 100 * judged.recall,
        goal: { atLeast: 99.5 },
      },
      { what: 'mails of strangers in somebody else’s conversation', unit: '', value: judged.breaches.length, goal: { atMost: 0 } },
      { what: 'mails taken, kills and our answers included', unit: '/s', value: count / taken },
      { what: 'mails taken and in their case', unit: '/s', value: count / through },
      { what: 'answers of ours that were replied to', unit: '', value: desk.count() },
      ...outage.figures,
    ],
  });
  for (const [kind, { count: many, example }] of judged.wrong) say(`wrong: ${many} × ${kind}, such as ${example}`);
  for (const one of [...judged.lost.map((mark) => `lost ${mark}`), ...judged.doubled.map((mark) => `doubled ${mark}`)].slice(0, 10))
    say(one);
  if (judged.lost.length + judged.doubled.length + judged.breaches.length + outage.wrong > 0) process.exitCode = 1;
  if (!mayHaveOutage()) say('The outage of a mailbox was left out: this machine has no Dovecot.');
} catch (error) {
  say((error as Error).stack ?? String(error));
  process.exitCode = 1;
} finally {
  // Its idle connections end with the database.
  pool.on('error', () => {});
  await installation.close();
}
// What still waits for an answer waits for nobody.
process.exit();

/** Everybody writes what they have to write; whoever points at an answer of ours waits for it. */
async function write(matters: readonly Matter[], post: ReturnType<typeof startPost>, desk: ReturnType<typeof openDesk>): Promise<void> {
  const answers = new Map<number, Promise<Awaited<ReturnType<typeof desk.answer>>>>();
  let next = 0;
  const lane = async () => {
    for (let matter = matters[next++]; matter; matter = matters[next++]) {
      for (const mail of matter.mails) {
        const answer = mail.answerOf === null ? undefined : await answers.get(mail.answerOf);
        for (let hop = 0; hop < mail.times; hop += 1) {
          const { to, content } = mail.write(answer, hop);
          await post.deliver(mail.from, to, content);
        }
        if (matter.isAnswered && mail.id && !answers.has(matter.n)) answers.set(matter.n, desk.answer(mail.id));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  await Promise.all(answers.values());
}

/** A worker dies after each share of the mails, at whatever it is just doing. */
async function kill(count: number, post: ReturnType<typeof startPost>, writing: Promise<void>): Promise<number> {
  const chance = chanceOf(seed);
  const fault = faults.find(({ name }) => name === 'kill-worker');
  let isOver = false;
  const over = writing.finally(() => (isOver = true)).catch(() => {});
  let done = 0;
  for (; done < kills; done += 1) {
    const due = (count * (done + 1)) / (kills + 1);
    while (post.accepted() < due && !isOver) await Promise.race([pause(20), over]);
    if (isOver) return done;
    await fault?.happen({ installation, chance, say, letPass: () => {}, setWrong: () => {} }, () => {});
  }
  return done;
}
