import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { loadConversation } from '../queries.ts';
import { createConversation } from '../testing.ts';
import { changeState } from './change-state.ts';
import { endWaits } from './end-waits.ts';

let h: TestHouse;
let people: Cast;
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '6' });
  people = await cast(h);
});
afterAll(() => h.close());
// Nothing of one test may be due in the next.
beforeEach(() => h.db.exec(sql`update conversations set state = 'closed'`));

const hour = 3_600_000;
const waits = [
  { step: 'ask_expert', state: 'waiting_internal', time: 4 * hour, code: 'conversations.expert_late', end: 'expert_answered' },
  {
    step: 'need_third_party',
    state: 'waiting_third_party',
    time: 72 * hour,
    code: 'conversations.third_party_late',
    end: 'third_party_answered',
  },
] as const;

const tick = () => module.ticks?.find(({ name }) => name === 'conversations.end_waits')?.run(jobWork(h.house.platform));
const sweep = () => transaction(h.house.platform, system, endWaits);

/** Kim has asked somebody about a conversation of her team. */
async function asked(step: 'ask_expert' | 'need_third_party'): Promise<string> {
  const { id } = await createConversation(h, { teamId: people.team.id });
  await h.call(people.kim, api.claim, { id });
  expect((await h.call(people.kim, api.step, { id, step })).body.conversation.claim).toBeNull();
  return id;
}
const row = (id: string) =>
  h.db.one<{ state: string }>(
    sql`select state, assignee_id as "assigneeId", waiting_since as "waitingSince" from conversations where id = ${id}`,
  );
const linesOf = async (id: string): Promise<string[]> =>
  (await h.db.query<{ text: string }>(sql`select text from messages where conversation_id = ${id} and kind = 'system' order by seq`)).map(
    ({ text }) => (JSON.parse(text) as { code: string }).code,
  );
const backOf = async (id: string) =>
  h.db.query(sql`select actor_kind as "by", data->>'fromState' as "from", data->>'toState' as "to" from events
    where type = 'conversations.state_changed' and data->>'conversationId' = ${id} and data->>'toState' = 'queued'`);

describe.each(waits)('what waits after $step', ({ step, state, time, code, end }) => {
  it('comes back to whoever asked at its time and not before, said in its timeline', async () => {
    const wrote = h.clock.now();
    const id = await asked(step);
    h.clock.advance(time - 1);
    await tick();
    expect(await row(id)).toMatchObject({ state, assigneeId: people.kim.id, waitingSince: wrote });
    h.clock.advance(1);
    await tick();
    // The customer waits since the mail that nobody has answered, and the lists are in that order.
    expect(await row(id)).toEqual({ state: 'queued', assigneeId: people.kim.id, waitingSince: wrote });
    expect(await linesOf(id)).toEqual([code]);
    expect(await backOf(id)).toEqual([{ by: 'system', from: state, to: 'queued' }]);
    const { items } = (await h.call(people.kim, api.list, { view: 'mine' })).body;
    expect(items.find((one) => one.id === id)).toMatchObject({ state: 'queued', waitingSince: wrote.toISOString() });
    expect((await h.call(people.kim, api.list, { view: 'waiting' })).body.items.map((one) => one.id)).not.toContain(id);
  });

  it('comes back once, however many look at the same moment', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i += 1) ids.push(await asked(step));
    h.clock.advance(time);
    const found = await Promise.all([sweep(), sweep(), sweep()]);
    expect(found.reduce((a, b) => a + b)).toBe(6);
    for (const id of ids) {
      expect(await backOf(id)).toHaveLength(1);
      expect(await linesOf(id)).toEqual([code]);
    }
    expect(await sweep()).toBe(0);
  });

  it('waits its whole time again when somebody asks again', async () => {
    const id = await asked(step);
    h.clock.advance(time - 1);
    await h.call(people.kim, api.step, { id, step: end });
    expect(await row(id)).toMatchObject({ state: 'queued' });
    await h.call(people.kim, api.claim, { id });
    await h.call(people.kim, api.step, { id, step });
    h.clock.advance(time - 1);
    expect(await sweep()).toBe(0);
    h.clock.advance(1);
    expect(await sweep()).toBe(1);
  });

  it('is left alone while it was taken up again, and while it only lies there', async () => {
    const taken = await asked(step);
    const restricted = await asked(step);
    await h.db.exec(sql`update conversations set restricted_at = ${h.clock.now()} where id = ${restricted}`);
    await h.call(people.kim, api.claim, { id: taken });
    h.clock.advance(time);
    expect(await sweep()).toBe(0);
    expect([(await row(taken)).state, (await row(restricted)).state]).toEqual(['in_progress', state]);
  });

  it('lets the customer’s new mail in between win', async () => {
    const id = await asked(step);
    h.clock.advance(time);
    // The mail is being taken in: whoever sweeps meanwhile passes it over, and finds nothing afterwards.
    await transaction(h.house.platform, system, async (ctx) => {
      await changeState(ctx, await loadConversation(ctx, id, { lock: true }), 'customer_message');
      expect(await sweep()).toBe(0);
    });
    expect(await sweep()).toBe(0);
    expect(await linesOf(id)).toEqual([]);
    expect(await backOf(id)).toHaveLength(1);
  });
});

it('a mail that arrives before the time brings it back by itself, and nothing comes later', async () => {
  const account = await createAccount(h, { kind: 'email', name: 'Service', address: 'service@haus.example', teamId: people.team.id });
  const mail = (id: string, more: string[] = []) =>
    mailArrives(
      h,
      account.id,
      ['From: erika@post.example', 'To: service@haus.example', 'Subject: Paket', `Message-ID: <${id}>`, ...more, '', 'Wo ist es?'].join(
        '\n',
      ),
    );
  await mail('first@post.example');
  await h.drain();
  const { id } = await h.db.one<{ id: string }>(sql`select conversation_id as id from messages where platform_id = 'first@post.example'`);
  await h.call(people.kim, api.claim, { id });
  await h.call(people.kim, api.step, { id, step: 'ask_expert' });
  h.clock.advance(4 * hour - 1_000);
  await mail('second@post.example', ['In-Reply-To: <first@post.example>']);
  await h.drain();
  expect(await row(id)).toMatchObject({ state: 'queued', assigneeId: people.kim.id });
  h.clock.advance(hour);
  await tick();
  expect(await linesOf(id)).toEqual([]);
  expect(await backOf(id)).toHaveLength(1);
});
