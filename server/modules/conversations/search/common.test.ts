import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';
import { fillTalks } from './testing.ts';
import { learnWords } from './vocabulary.ts';

let h: TestHouse;
let we: Cast;
let rare: string;
/** More than any search weighs or walks through. */
const many = 16_000;
const text = 'Wo ist meine Lieferung geblieben?';

beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  rare = (await createConversation(h, { teamId: we.team.id, subject: 'Anfrage', text: 'Wo ist die Lieferung mit dem Quittenbrot?' })).id;
  await fillTalks(h, we.team.id, { text, count: many });
  const some = await h.db.query<{ id: string }>(sql`select id from messages order by at limit 100`);
  await transaction(h.house.platform, system, (ctx) =>
    learnWords(
      ctx,
      some.map(({ id }) => id),
    ),
  );
  await h.db.exec(sql`analyze messages`);
  h.clock.advance(24 * 3_600_000);
});
afterAll(() => h.close());

const search = async (input: { q: string; limit?: number; cursor?: string }, who = we.kim) => (await h.call(who, api.search, input)).body;
const newest = (count: number) =>
  h.db.query<{ id: string }>(sql`select id from messages where text = ${text} order by at desc, id desc limit ${count}`);
/** How often the index of words was asked. */
const asked = async (): Promise<number> => {
  await h.db.exec(sql`select pg_stat_force_next_flush()`);
  return (
    await h.db.one<{ times: number }>(sql`select idx_scan::int as times from pg_stat_user_indexes where indexrelname = 'messages_words'`)
  ).times;
};

it('words that half of the archive holds are found among the newest, without finding out how many hold them', async () => {
  const before = await asked();
  const found = await search({ q: 'Lieferung geblieben' });
  expect(found.order).toBe('newest');
  expect(found.items.map(({ message }) => ({ id: message.id }))).toEqual(await newest(found.items.length));
  expect(found.items.length).toBeGreaterThan(10);
  expect(await asked()).toBe(before);
});

it('and one goes on from there, each once and none left out', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 4; page += 1) {
    const found = await search({ q: 'Lieferung geblieben', limit: 50, ...(cursor ? { cursor } : {}) });
    seen.push(...found.items.map(({ message }) => message.id));
    cursor = found.nextCursor ?? undefined;
  }
  expect(seen).toEqual((await newest(200)).map(({ id }) => id));
});

it('one rare word beside a common one is still weighed', async () => {
  const found = await search({ q: 'Lieferung Quittenbrot' });
  expect(found.order).toBe('best');
  expect(found.items.map(({ conversation }) => conversation.id)).toEqual([rare]);
});

it('whoever may read none of them sees none', async () => {
  expect((await search({ q: 'Lieferung geblieben' }, we.mehmet)).items).toEqual([]);
});

it('what the statistics still promise, but nobody has written lately, is found further back', async () => {
  await fillTalks(h, we.team.id, { text: 'Vielen Dank.', count: many });
  h.clock.advance(24 * 3_600_000);
  const found = await search({ q: 'Lieferung geblieben' });
  expect(found.order).toBe('newest');
  expect(found.items.map(({ message }) => ({ id: message.id }))).toEqual(await newest(found.items.length));
  expect(found.items.length).toBeGreaterThan(10);
});
