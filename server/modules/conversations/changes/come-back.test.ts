import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { createConversation } from '../testing.ts';
import { comeBack } from './come-back.ts';

let h: TestHouse;
let people: Cast;
let from: Date;
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '6' });
  people = await cast(h);
});
afterAll(() => h.close());
beforeEach(async () => {
  await h.db.exec(sql`update conversations set snoozed_until = null`);
  h.clock.advance(60_000);
  from = h.clock.now();
});

const minute = 60_000;
const tick = () => module.ticks?.find(({ name }) => name === 'conversations.come_back')?.run(jobWork(h.house.platform));
const after = (minutes: number) => new Date(from.getTime() + minutes * minute).toISOString();
/** A conversation that Kim has put off. */
async function putOff(minutes: number): Promise<string> {
  const { id } = await createConversation(h, { teamId: people.team.id });
  expect((await h.call(people.kim, api.change, { id, snoozedUntil: after(minutes) })).status).toBe(200);
  return id;
}
/** What came back since the test began, with the minutes after which it was wanted. */
const cameBack = async () =>
  (
    await h.db.query<{ id: string; at: string }>(sql`select data->>'conversationId' as id, data->>'trueAt' as at from events
      where type = 'conversations.came_back' and at >= ${from} order by seq`)
  ).map(({ id, at }) => [id, (Date.parse(at) - from.getTime()) / minute]);
const shown = async (view: 'snoozed' | 'unassigned') =>
  (await h.call(people.kim, api.list, { view, limit: 100 })).body.items.map(({ id }) => id);

describe('what was put off', () => {
  it('comes back at its time and not before, once, however many look, and is looked for twice a second', async () => {
    const id = await putOff(90);
    h.clock.advance(90 * minute - 1);
    await tick();
    expect([await cameBack(), (await shown('snoozed')).includes(id), (await shown('unassigned')).includes(id)]).toEqual([[], true, false]);
    h.clock.advance(1);
    await Promise.all([1, 2, 3].map(() => transaction(h.house.platform, system, comeBack)));
    await tick();
    expect(await cameBack()).toEqual([[id, 90]]);
    expect([(await shown('snoozed')).includes(id), (await shown('unassigned')).includes(id)]).toEqual([false, true]);
    expect(module.ticks?.find(({ name }) => name === 'conversations.come_back')?.everySeconds).toBe(0.5);
  });

  it('comes back in the order of the times for which it was wanted after a time in which nothing ran, also what is more than one look takes', async () => {
    const [late, early, middle, fresh] = [await putOff(300), await putOff(60), await putOff(120), await putOff(900)];
    // As many more as one look takes, between the first and the second.
    await h.db.exec(sql`insert into conversations (id, channel, visibility, state, subject, preview, customer_id, customer_root_id, team_id, last_message_at,
        last_direction, created_at, snoozed_until)
      select gen_random_uuid(), channel, visibility, 'queued', subject, preview, customer_id, customer_root_id, team_id, last_message_at, last_direction, created_at,
        ${after(90)}::timestamptz from conversations, generate_series(1, 100) where id = ${early}`);
    h.clock.advance(10 * 60 * minute);
    await tick();
    const back = await cameBack();
    expect(back).toHaveLength(103);
    expect(back.map(([, minutes]) => minutes)).toEqual([60, ...Array.from({ length: 100 }, () => 90), 120, 300]);
    expect([back[0]?.[0], back[101]?.[0], back[102]?.[0]]).toEqual([early, middle, late]);
    expect(await shown('snoozed')).toEqual([fresh]);
  });

  it('does not come back once it was wanted sooner, or later, or somebody took it, or while its customer’s data only lies there', async () => {
    const [sooner, later, taken, restricted] = [await putOff(60), await putOff(60), await putOff(60), await putOff(60)];
    await h.call(people.kim, api.change, { id: sooner, snoozedUntil: null });
    await h.call(people.kim, api.change, { id: later, snoozedUntil: after(120) });
    expect((await h.call(people.kim, api.claim, { id: taken })).status).toBe(200);
    await h.db.exec(sql`update conversations set restricted_at = ${from} where id = ${restricted}`);
    h.clock.advance(60 * minute);
    await tick();
    expect(await cameBack()).toEqual([]);
    h.clock.advance(60 * minute);
    await tick();
    expect(await cameBack()).toEqual([[later, 120]]);
  });
});
