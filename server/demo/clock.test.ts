import { describe, expect, it } from 'vitest';
import { loadModules } from '../modules/order.ts';
import { readConfig } from '../platform/config/config.ts';
import { silentLog } from '../platform/log.ts';
import { cleanDatabase } from '../testing/database.ts';
import { loadSample, plays } from './load.ts';
import { chance } from './random.ts';
import type { Scene, Thread } from './scene.ts';
import { atClock } from './times.ts';

interface Told {
  what: string;
  at: number;
  order: number;
  thread: Thread | null;
}

/** What the plays would do at this moment, without anybody doing it. */
function tellAt(now: Date): Told[] {
  const told: Told[] = [];
  const tell = (what: string, at: Date, thread: Thread | null) => void told.push({ what, at: at.getTime(), order: told.length, thread });
  const scene: Scene = {
    now,
    chance: chance(2_027),
    office: new Proxy({} as Scene['office'], { get: () => () => 'office@haus.example' }),
    mail(at, { subject, to }) {
      const thread: Thread = { mailbox: to ?? 'service', conversationId: '', subject };
      tell('mail', at, thread);
      return thread;
    },
    followUp: (at, thread) => tell('followUp', at, thread),
    raw: (at) => tell('raw', at, null),
    act: (at, thread) => tell('act', at, thread),
    fallDue: (at) => tell('fallDue', at, null),
    play: () => Promise.resolve(),
  };
  for (const play of plays) play(scene);
  return told;
}

/** What happens later than now, or before the mail it is about. */
function impossible(now: Date): string[] {
  const here = new Set<Thread>();
  return tellAt(now)
    .toSorted((a, b) => a.at - b.at || a.order - b.order)
    .flatMap(({ what, at, thread }) => {
      if (what === 'mail' && thread) here.add(thread);
      const wrong = at > now.getTime() || (thread !== null && !here.has(thread));
      return wrong ? [`${now.toISOString()}: ${what} at ${new Date(at).toISOString()} of ${thread?.subject ?? 'nothing'}`] : [];
    });
}

// The days on which the clocks change, the last and the first of a year, and one of no note.
describe.each(['2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26', '2026-12-31', '2027-01-01', '2026-11-23'])('on %s', (day) => {
  it('the sample company tells nothing that is still to come, whatever the hour', () => {
    const midnight = atClock(new Date(`${day}T12:00:00Z`), 0, '00:00').getTime();
    const wrong: string[] = [];
    // Each minute around midnight, where the days part; of the others some in every hour or two, never the same of the hour.
    for (let minute = -2; minute < 24 * 60; minute += minute < 4 ? 1 : 97) wrong.push(...impossible(new Date(midnight + minute * 60_000)));
    expect(wrong.slice(0, 10)).toEqual([]);
  }, 120_000);
});

it.each([
  ['2026-11-22T23:01:00Z', 1, '23:50', '2026-11-22T22:50:00.000Z'],
  ['2026-03-29T22:30:00Z', 1, '23:50', '2026-03-29T21:50:00.000Z'],
  ['2026-03-29T10:00:00Z', 1, '23:50', '2026-03-28T22:50:00.000Z'],
  ['2026-10-25T10:00:00Z', 0, '01:30', '2026-10-24T23:30:00.000Z'],
  ['2026-10-25T10:00:00Z', 0, '03:30', '2026-10-25T02:30:00.000Z'],
  ['2026-10-26T10:00:00Z', 1, '00:30', '2026-10-24T22:30:00.000Z'],
])('seen from %s, %i days ago at %s in Berlin was %s', (now, days, clock, expected) => {
  expect(atClock(new Date(now), days, clock).toISOString()).toBe(expected);
});

it.each(['2026-12-30T23:01:00Z', '2026-03-29T01:30:00Z'])(
  'the sample company loads at %s',
  async (moment) => {
    const database = await cleanDatabase();
    try {
      await loadSample({
        config: readConfig({ LOG_LEVEL: 'silent', NAHBAR_DATA: '/nonexistent' }),
        log: silentLog,
        secret: 'a secret for tests only, thirty-two characters',
        database,
        modules: await loadModules(),
        now: new Date(moment),
      });
      const { rows } = await database.pool.query('select type, at from events where at > $1', [moment]);
      expect(rows).toEqual([]);
    } finally {
      await database.close();
    }
  },
  300_000,
);
