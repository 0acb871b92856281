import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { stormEndpoints as api } from '../../../../contract/storms.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createCustomer } from '../../customers/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { someStorm } from '../testing.ts';

let h: TestHouse;
let we: Cast;
let topicId = '';
let parentId = '';
let customerId = '';
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  const { items } = (await h.call(we.kim, caseEndpoints.topics, {})).body;
  const topic = items.find((one) => one.retiredAt === null && one.parentId !== null);
  topicId = topic?.id ?? '';
  parentId = topic?.parentId ?? '';
  customerId = (await createCustomer(h, { name: 'Erika Klein', mail: 'klein@post.example' })).id;
});
afterAll(() => h.close());
beforeEach(async () => {
  await h.db.exec(sql`delete from storm_proposals`);
  await h.db.exec(sql`delete from storms`);
  await h.db.exec(sql`delete from cases`);
});

const hour = 3_600_000;
const week = 7 * 24 * hour;
let number = 0;
/** So many cases of the topic, opened so long ago. */
async function opened(count: number, ago: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    number += 1;
    const at = new Date(h.clock.now().getTime() - ago);
    await h.db.exec(sql`insert into cases (id, number, customer_id, subject, topic_id, state, origin, created_at, last_activity_at)
      values (${crypto.randomUUID()}, ${`T-${number}`}, ${customerId}, 'Preis', ${topicId}, 'open', 'private', ${at}, ${at})`);
  }
}
const looks = async () => {
  await module.ticks?.find(({ name }) => name === 'storms.propose')?.run(jobWork(h.house.platform));
  return (await h.call(we.luise, api.storms, {})).body.proposals;
};

it('many of one topic within an hour are proposed once, with what was expected; as many as in other weeks are not', async () => {
  await opened(9, 10 * 60_000);
  expect(await looks()).toEqual([]);
  await opened(2, 10 * 60_000);
  await opened(30, 2 * hour);
  expect(await looks()).toMatchObject([{ topicId, count: 11, expected: 0, bound: 0 }]);
  await opened(1, 60_000);
  expect(await looks()).toHaveLength(1);
  await h.db.exec(sql`delete from storm_proposals`);
  for (let n = 1; n <= 8; n += 1) await opened(12, n * week + 10 * 60_000);
  expect(await looks()).toEqual([]);
});

it('what was said to be none is not proposed again for hours, and what nobody looked at goes after a day', async () => {
  await opened(12, 60_000);
  const [first] = await looks();
  const dismiss = (who: { id: string }) => h.call(who, api.dismiss, { id: first?.id ?? '' });
  expect((await dismiss(we.kim)).status).toBe(403);
  expect((await dismiss(we.luise)).events.map(({ type }) => type)).toEqual(['storms.proposal_closed']);
  expect((await dismiss(we.luise)).status).toBe(404);
  expect(await looks()).toEqual([]);
  h.clock.advance(5 * hour);
  await opened(12, 60_000);
  expect(await looks()).toHaveLength(1);
  h.clock.advance(25 * hour);
  expect(await looks()).toEqual([]);
});

it('declaring closes it; while a storm about the topic, or one above it, is on, nothing more is proposed', async () => {
  await opened(12, 60_000);
  const [first] = await looks();
  const about = { match: 'all' as const, topicId: parentId, words: [], queueId: null };
  const storm = someStorm(h, we.luise.id, { about });
  const { events } = await h.call(we.luise, api.save, { ...storm, proposalId: first?.id ?? '' });
  expect(events).toMatchObject([
    { type: 'storms.proposal_closed', data: { proposalId: first?.id, stormId: storm.id } },
    { type: 'storms.declared' },
  ]);
  await h.db.exec(sql`delete from storm_proposals`);
  expect(await looks()).toEqual([]);
  await h.call(we.luise, api.end, { id: storm.id });
  expect(await looks()).toHaveLength(1);
});
