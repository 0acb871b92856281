import fc from 'fast-check';
import type { InputOf } from '../../../contract/core.ts';
import { conversationEndpoints } from '../../../contract/conversations.ts';
import type { Queue } from '../../../contract/routing.ts';
import { system } from '../../platform/actor.ts';
import { transaction } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import type { TestHouse } from '../../testing/house.ts';
import type { Calendar } from '../workspace/index.ts';
import type { TestPerson } from '../workspace/testing.ts';
import type { Candidate, Waiting } from './offers/choose.ts';
import { giveOut } from './offers/give-out.ts';

/** Opening hours of a day as nobody has them: windows in order, between so many bounds. */
export const someWindows = (mostBounds: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 1_440 }), { minLength: 2, maxLength: mostBounds })
    .map((bounds) => bounds.toSorted((a, b) => a - b))
    .map((bounds) =>
      Array.from({ length: Math.floor(bounds.length / 2) }, (_, i) => ({ from: bounds[2 * i] ?? 0, to: bounds[2 * i + 1] ?? 0 })),
    );

/** A queue for all work, which takes nothing special, but for what is given. */
export const someQueue = (given: Partial<Queue> = {}): Queue => ({
  id: crypto.randomUUID(),
  name: 'Post',
  channels: [],
  visibility: 'any',
  teamIds: [],
  priorities: [],
  topicIds: [],
  languages: [],
  needs: [],
  isOffered: false,
  keepFree: 0,
  overflow: { teamIds: [], whenClosed: false, afterMinutes: null },
  ...given,
});

/** Somebody free in a team, with nothing in hand. */
export const freePerson = (personId: string, given: Partial<Candidate> = {}): Candidate => ({
  personId,
  teamIds: ['north'],
  skills: [],
  units: 0,
  hasDeferred: false,
  withoutSince: 0,
  ...given,
});

/** A customer who waits, of whom nothing special is known. */
export const plainWork: Waiting = {
  conversationId: 'c',
  customerId: 'ina',
  teamId: null,
  helpers: [],
  queueId: null,
  isLive: false,
  isPressing: false,
  needs: [],
  units: 25,
  knownTo: null,
  awaitsKnown: false,
  wishedFor: null,
  servedBy: null,
  conflicts: [],
  leftBy: [],
};

/** An answer through the adviser's door, taken first, with all that follows from it; the state in which the conversation is then. */
export async function answersByDoor(
  h: TestHouse,
  person: TestPerson,
  { id, to }: { id: string; to: string },
  text: string,
  more: Partial<InputOf<typeof conversationEndpoints.reply>> = {},
): Promise<string> {
  const { fence } = (await h.call(person, conversationEndpoints.claim, { id })).body.lease;
  const { seq } = await h.db.one<{ seq: number }>(sql`select last_seq as seq from conversations where id = ${id}`);
  const reply = await h.call(person, conversationEndpoints.reply, {
    id,
    fence,
    baseSeq: seq,
    draftId: crypto.randomUUID(),
    text,
    to: [{ name: '', address: to }],
    undoSeconds: 0,
    ...more,
  });
  if (reply.status !== 201) throw new Error(`The answer was refused: ${JSON.stringify(reply.body)}`);
  await h.drain();
  return reply.body.conversation.state;
}

/** A second has passed: what waits is offered to whoever is free. */
export const givesOut = (h: TestHouse): Promise<void> => transaction(h.house.platform, system, giveOut);

/** Five weeks, in minutes, in which a clock is put back, and days on which Saxony rests and Thuringia works. */
export const autumn = { begin: Date.parse('2026-10-19T00:00Z'), length: 35 * 1_440 };

/** Which minutes of these weeks a calendar of Saxony or Thuringia is open in, by the clock on the wall in Berlin: looked at one by one, for oracles. */
export function minutesOpen(calendar: Exclude<Calendar, { kind: 'always' }>): Uint8Array {
  const { begin, length } = autumn;
  const minute = 60_000;
  const isOpen = new Uint8Array(length);
  // Berlin's clocks go back on 25 October 2026 at one o'clock UTC.
  const back = (Date.parse('2026-10-25T01:00Z') - begin) / minute;
  const rests: Record<string, string[]> = { SN: ['2026-10-31', '2026-11-18'], TH: ['2026-10-31'] };
  for (let n = 0; n < length; n += 1) {
    const wall = new Date(begin + (n + (n < back ? 120 : 60)) * minute);
    const date = wall.toISOString().slice(0, 10);
    // The hour that comes twice shows what was there before: whoever has gone home has gone home.
    const shown = n >= back && n < back + 60 ? 180 : wall.getUTCHours() * 60 + wall.getUTCMinutes();
    const time = n >= back && n < back + 60 ? latest(shown) : shown;
    const day = (wall.getUTCDay() + 6) % 7;
    if (!rests[calendar.land]?.includes(date) && calendar.week[day]?.some(({ from, to }) => time >= from && time < to)) isOpen[n] = 1;
  }
  return isOpen;
}

/** While the hour from two to three comes again, it counts as the last minute that was shown before: 2:59. */
const latest = (shown: number): number => Math.min(shown, 179);
