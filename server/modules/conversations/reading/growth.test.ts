import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewFilter } from '../../../../contract/conversations.ts';
import type { Actor } from '../../../platform/actor.ts';
import { type Ctx, reading } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { countingRows } from '../../../testing/rows-read.ts';
import { actorOf } from '../../workspace/index.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { builtIn, countByTeam, countOwn, listConversations, mostCounted } from '../list/list.ts';
import { searchMessages } from '../search/search.ts';

/** The work at hand, and archives of two sizes behind it. */
const small = 3_000;
const large = 30_000;
const open = 300;
let house: TestHouse;
let people: Cast;
let kim: Actor;
let reads: { small: Map<string, number>; large: Map<string, number> };

/** Conversations with one message each: numbers from `first` on, each a minute before the one before. Every message holds "Guten", every 150th "Waschmaschine". */
async function fill(first: number, last: number, state: string): Promise<void> {
  const at = sql`timestamptz '2026-11-20 09:00Z' - n * interval '1 minute'`;
  const id = (kind: string) => sql`md5(${kind} || n)::uuid`;
  await house.db.exec(sql`insert into conversations (id, channel, visibility, state, subject, preview, customer_id, customer_root_id, team_id, last_seq, last_message_at,
      last_direction, created_at)
    select ${id('conversation')}, 'email', 'private', ${sql.raw(state)}, 'Paket', 'Guten Tag', ${id('customer')}, ${id('customer')}, ${people.team.id}, 1, ${at}, 'in', ${at}
    from generate_series(${first}::int, ${last}::int) n`);
  await house.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_name, envelope, text, at, created_at)
    select ${id('message')}, ${id('conversation')}, 1, 'message', 'in', 'private', 'customer', 'Erika Klein', '{"from":null,"to":[],"cc":[],"bcc":[]}',
      case when n % 150 = 0 then 'Guten Tag, meine Waschmaschine' else 'Guten Tag' end, ${at}, ${at}
    from generate_series(${first}::int, ${last}::int) n`);
  for (const table of ['conversations', 'messages']) await house.db.exec(sql.unprepared(sql`analyze ${sql.quoted(table)}`));
}

/** Every fifth done one is spam. */
const done = `case when n % 5 = 0 then 'spam' else 'closed' end`;

const filters: Record<string, ViewFilter> = {
  ...Object.fromEntries(Object.entries(builtIn).map(([key, { filter }]) => [key, filter])),
  'a tag nobody gave, among what is done': { states: ['resolved', 'closed'], tags: ['nobody'] },
  'open and done': { states: ['queued', 'closed'] },
  'own with a tag': { assignee: 'me', tags: ['nobody'] },
  'own, open and done': { assignee: 'me', states: ['queued', 'closed'] },
};

/** Rows read by each thing people do all day. */
async function measure(): Promise<Map<string, number>> {
  const read = new Map<string, number>();
  const count = async (what: string, work: (ctx: Ctx) => Promise<unknown>) => {
    const counting = await countingRows(house.house.platform.database);
    await work({ ...reading(house.house.platform, kim), now: house.clock.now(), db: counting.db });
    read.set(what, counting.rows());
    counting.close();
  };
  for (const [name, filter] of Object.entries(filters))
    await count(`counter: ${name}`, (ctx) => (filter.assignee === 'me' ? countOwn(ctx, filter) : countByTeam(ctx.db, filter, ctx.now)));
  for (const [name, { filter, sort }] of Object.entries(builtIn))
    await count(`page: ${name}`, (ctx) => listConversations(ctx, { filter, sort, limit: 50 }));
  await count('search: a word in every message', (ctx) => searchMessages(ctx, { q: 'Guten', order: 'best', limit: 20 }));
  await count('search: a word nobody wrote', (ctx) => searchMessages(ctx, { q: 'Elefant', order: 'best', limit: 20 }));
  return read;
}

beforeAll(async () => {
  house = await testHouse();
  people = await cast(house);
  const found = await actorOf(house.house.platform, people.kim.id);
  if (!found) throw new Error('Kim is not there');
  kim = found;
  await fill(1, open, `(array['queued', 'waiting_customer', 'in_progress'])[1 + n % 3]`);
  await fill(open + 1, small, done);
  const first = await measure();
  await fill(small + 1, large, done);
  reads = { small: first, large: await measure() };
}, 120_000);
afterAll(() => house.close());

it('what people look at costs no more with an archive ten times as large', () => {
  const grown = [...reads.large].filter(([what, rows]) => rows > Math.max(1.5 * (reads.small.get(what) ?? 0), 5_000));
  expect(grown).toEqual([]);
  // The same, seen from the other side: nothing reads the archive.
  expect([...reads.large].filter(([, rows]) => rows > large / 4)).toEqual([]);
  expect(reads.large.get('page: spam')).toBeLessThan(500);
  expect(reads.large.get('counter: waiting')).toBeLessThan(500);
});

it('counts say "at least" where they stopped, and are exact below', async () => {
  const of = async (filter: ViewFilter) => (await countByTeam(house.db, filter, house.clock.now())).get(people.team.id);
  expect(await of({ states: ['spam'] })).toEqual({ n: mostCounted, atLeast: true });
  expect(await of({ states: ['waiting_customer'] })).toEqual({ n: open / 3, atLeast: false });
  expect(await of({ states: ['queued', 'closed'] })).toMatchObject({ atLeast: true });
  expect(await of({ states: ['queued', 'merged'] })).toEqual({ n: open / 3, atLeast: true });
  expect(await of({ states: ['queued', 'spam'], tags: ['nobody'] })).toBeUndefined();
});

it('search finds a common word newest first, page by page, each once', async () => {
  const ctx = { ...reading(house.house.platform, kim), now: house.clock.now() };
  // Held by more messages than are sorted, by fewer, and by some that only the walk reaches.
  for (const [q, expected] of [
    ['Waschmaschine', large / 150],
    ['Guten', 6_000],
  ] as const) {
    const seen: { id: string; at: string }[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchMessages(ctx, { q, order: 'newest', limit: 50, cursor });
      seen.push(...page.items.map(({ message }) => ({ id: message.id, at: message.at })));
      cursor = page.nextCursor ?? undefined;
    } while (cursor && seen.length < expected);
    expect(seen).toHaveLength(expected);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(expected);
    expect(seen.map(({ at }) => at)).toEqual(
      seen
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  }
}, 120_000);
