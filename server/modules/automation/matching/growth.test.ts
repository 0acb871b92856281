import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ctx, reading } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { countingRows } from '../../../testing/rows-read.ts';
import { conversationFacts, newestReadable } from '../../conversations/index.ts';
import { actorOf } from '../../workspace/index.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { liveRules } from '../rules/live-rules.ts';
import { factsOf } from './facts.ts';

const small = 3_000;
const large = 30_000;
const batch = 50;
/** Fewer than a dry run takes: of so small an archive a planner rather reads all than a thirtieth by its index. */
const newest = 200;
let house: TestHouse;
let people: Cast;
let reads: { small: Map<string, number>; large: Map<string, number> };

/** Conversations with one message each, a minute apart, of a customer each; every tenth is open. */
async function fill(first: number, last: number): Promise<void> {
  const at = sql`timestamptz '2026-11-20 09:00Z' - n * interval '1 minute'`;
  const id = (kind: string) => sql`md5(${kind} || n)::uuid`;
  await house.db.exec(sql`insert into conversations (id, channel, visibility, state, subject, preview, customer_id, customer_root_id, team_id, last_seq, last_message_at,
      last_direction, created_at)
    select ${id('conversation')}, 'email', 'private', case when n % 10 = 0 then 'queued' else 'closed' end, 'Paket', 'Guten Tag', ${id('customer')}, ${id('customer')},
      ${people.team.id}, 1, ${at}, 'in', ${at} from generate_series(${first}::int, ${last}::int) n`);
  await house.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_name, envelope, text, at, created_at)
    select ${id('message')}, ${id('conversation')}, 1, 'message', 'in', 'private', 'customer', 'Erika Klein', '{"from":null,"to":[],"cc":[],"bcc":[]}', 'Guten Tag', ${at}, ${at}
    from generate_series(${first}::int, ${last}::int) n`);
  for (const table of ['conversations', 'messages']) await house.db.exec(sql.unprepared(sql`analyze ${sql.quoted(table)}`));
}

async function measure(): Promise<Map<string, number>> {
  const luise = await actorOf(house.house.platform, people.luise.id);
  if (!luise) throw new Error('Luise is not there');
  const read = new Map<string, number>();
  const count = async (what: string, work: (ctx: Ctx) => Promise<unknown>) => {
    const counting = await countingRows(house.house.platform.database);
    await work({ ...reading(house.house.platform, luise), now: house.clock.now(), db: counting.db });
    read.set(what, counting.rows());
    counting.close();
  };
  const ids = (
    await house.db.query<{ id: string }>(
      sql`select id from conversations where team_id = ${people.team.id} order by last_message_at desc limit ${batch}`,
    )
  ).map(({ id }) => id);
  // Teams, topics and hours are read once in a process, and so not here.
  await liveRules(reading(house.house.platform, luise));
  await count('a batch of events', async (ctx) => factsOf(ctx, await liveRules(ctx), [...(await conversationFacts(ctx.db, ids)).values()]));
  await count('the newest', async (ctx) => factsOf(ctx, await liveRules(ctx), await newestReadable(ctx, newest)));
  return read;
}

beforeAll(async () => {
  house = await testHouse();
  people = await cast(house);
  await fill(1, small);
  const first = await measure();
  await fill(small + 1, large);
  reads = { small: first, large: await measure() };
}, 120_000);
afterAll(() => house.close());

it.each([
  ['a batch of events', batch * 20],
  ['the newest', newest * 20],
])('%s costs the same whatever the archive holds', (what, most) => {
  const [before = 0, after = Number.POSITIVE_INFINITY] = [reads.small.get(what), reads.large.get(what)];
  expect(before).toBeGreaterThan(batch);
  expect(after).toBeLessThan(most);
  expect(after).toBeLessThan(before * 1.5);
});
