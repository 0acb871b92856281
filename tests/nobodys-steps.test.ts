import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as on } from '../contract/conversations.ts';
import { createConversation } from '../server/modules/conversations/testing.ts';
import { loadModules } from '../server/modules/order.ts';
import { type Cast, cast } from '../server/modules/workspace/testing.ts';
import { sql } from '../server/platform/database/sql.ts';
import { forgetWho } from '../server/platform/events/forget-who.ts';
import { jobWork } from '../server/platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';

/** After a shift and seven days no query can join how long work took with who did it (WC-02), whichever table it asks. */

let h: TestHouse;
let we: Cast;
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  h.clock.set('2026-11-24T08:00:00.101Z');
});
afterAll(() => h.close());

/** Takes a conversation, works on it and gives it back; when it was taken and given back. */
async function work(): Promise<{ taken: string; given: string }> {
  const { id } = await createConversation(h, { teamId: we.team.id });
  h.clock.advance(7_013);
  const taken = h.clock.now().toISOString();
  expect((await h.call(we.kim, on.claim, { id, mode: 'take' })).status).toBe(200);
  h.clock.advance(61_017);
  const given = h.clock.now().toISOString();
  expect((await h.call(we.kim, on.release, { id })).status).toBe(200);
  await h.drain();
  return { taken, given };
}

/** Tables with a row that holds both this person and this instant. */
async function joining(instant: string): Promise<string[]> {
  const tables = await h.db.query<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await h.db.query<{ row: string }>(sql`select to_jsonb(t)::text as row from ${sql.raw(`"${name}"`)} t`);
    if (rows.some(({ row }) => row.includes(we.kim.id) && row.includes(instant.replace('Z', '')))) found.push(name);
  }
  return found.toSorted();
}

it('who took a conversation, and when, is known together for eight days and by no table after that', async () => {
  const first = await work();
  // It looks where there is something to be found.
  expect(await joining(first.taken)).toContain('events');
  expect(await joining(first.given)).toContain('events');
  h.clock.advance(8 * 86_400_000);
  const lately = await work();
  const modules = await loadModules();
  const nightly = [forgetWho(modules), ...modules.flatMap(({ jobs }) => jobs ?? [])].filter(({ name }) => /forget_who|blur/.test(name));
  for (const job of nightly) await job.run({ ...jobWork(h.house.platform), once: async () => {} }, {});
  expect(await joining(first.taken)).toEqual([]);
  // Since when it waits again is the conversation's, and who had it last the case's: without the beginning it is no duration.
  expect(await joining(first.given)).toEqual(['case_conversations']);
  expect(await joining(lately.taken)).toContain('events');
});
