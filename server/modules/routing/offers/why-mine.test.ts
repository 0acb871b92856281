import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { type Queue, routingEndpoints as on } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { as } from '../../cases/testing.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { loadConversation, transferClaim } from '../../conversations/index.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { someQueue } from '../testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(() => h.close());
beforeEach(async () => {
  await set();
  await h.db.exec(sql`delete from customer_leases`);
  await h.db.exec(
    sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null, claimed_by = null, claimed_at = null, claim_until = null`,
  );
  h.clock.advance(3_600_000);
});

type Who = { id: string };
const why = async (who: Who, id: string) => (await h.call(who, on.whyMine, { id })).body;
const next = async (who: Who, input: { view?: string; sort?: 'newest' | 'oldest' | 'priority' | 'waiting_longest' } = {}) =>
  (await h.call(who, api.takeNext, input)).body.conversation;
async function set(...items: Queue[]): Promise<void> {
  expect((await h.call(people.dorit, on.setQueues, { items })).status).toBe(200);
  await h.drain();
  await h.db.exec(sql`update pgboss.job set start_after = now() where state = 'created'`);
  await h.drain();
}
let count = 0;
/** A customer's mail, a second later than the one before. */
async function waits(from = `kundin${count}@post.example`): Promise<string> {
  count += 1;
  h.clock.advance(1_000);
  const head = [`From: Erika Klein <${from}>`, 'To: service@haus.example', `Subject: Sofa ${count}`, `Message-ID: <${count}@post.example>`];
  await mailArrives(h, account.id, [...head, '', 'Wo ist mein Sofa?'].join('\n'));
  await h.drain();
  return (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
}
const nothing = { next: null, offer: null };

describe('why one has what “next” gave', () => {
  it('is that it was due first, when, and where it stood; to be read again by whoever has it, and by nobody else', async () => {
    await set(someQueue({ name: 'Post', channels: ['email'] }));
    const id = await waits();
    await waits();
    const at = h.clock.now().toISOString();
    expect((await next(people.kim)).id).toBe(id);
    const { due } = (await h.call(people.kim, api.open, { id })).body.conversation;
    const told = { at, because: 'due', among: 'free', when: due?.at, queue: 'Post', isServing: false, isKnown: false };
    expect(await why(people.kim, id)).toMatchObject({ next: told, offer: null });
    expect(await why(people.olaf, id)).toEqual(nothing);

    // Hours later, when its time has moved, it is what it was; and stays so when whoever has it takes it once more.
    const { lease } = (await h.call(people.kim, api.claim, { id })).body;
    h.clock.advance(60_000);
    await h.call(people.kim, api.heartbeat, { id, fence: lease.fence });
    await h.db.exec(sql`update conversations set due_at = due_at + interval '1 day' where id = ${id}`);
    expect(await why(people.kim, id)).toMatchObject({ next: told });

    // Whoever relieves them chose it, and so does whoever takes it from the list after it was given back.
    await h.call(people.luise, api.claim, { id, mode: 'take_over', reason: 'Eilt' });
    expect([await why(people.luise, id), await why(people.kim, id)]).toEqual([nothing, nothing]);
    await h.call(people.luise, api.release, { id });
    await h.call(people.kim, api.claim, { id });
    expect(await why(people.kim, id)).toEqual(nothing);
  });

  it('is that of what one can do it was first, where something is passed over for want of a skill', async () => {
    const skill = { key: 'recht', label: { de: 'Recht', en: 'Law' } };
    const skillId = (await h.call(people.dorit, workspaceEndpoints.addSkill, skill)).body.id;
    await set(someQueue({ name: 'Recht', priorities: ['urgent'], needs: [{ skillId, level: 1 }] }), someQueue({ name: 'Post' }));
    const id = await waits();
    const { body } = await h.call(people.kim, api.takeNext, {});
    expect(body.conversation.id).toBe(id);
    expect((await why(people.kim, id)).next).toMatchObject({ among: 'able', queue: 'Post' });
  });

  it('is the order one asked for, with the time that counted', async () => {
    const at = async (id: string) => (await h.call(people.kim, api.open, { id })).body.conversation;
    const [first, second] = [await waits(), await waits()];
    const asked = async (sort: Parameters<typeof next>[1]) => {
      const { id } = await next(people.kim, sort);
      const { next: reason } = await why(people.kim, id);
      await h.call(people.kim, api.release, { id });
      return [id, reason?.because, reason?.when];
    };
    const [older, newer] = [await at(first), await at(second)];
    expect(await asked({ sort: 'newest' })).toEqual([second, 'newest', newer.lastMessageAt]);
    expect(await asked({ sort: 'oldest' })).toEqual([first, 'oldest', older.lastMessageAt]);
    expect(await asked({ sort: 'waiting_longest' })).toEqual([first, 'waiting', older.waitingSince]);
    await h.call(people.kim, api.change, { id: second, priority: 'urgent' });
    expect(await asked({ sort: 'priority' })).toEqual([second, 'priority', null]);
    await h.db.exec(sql`update conversations set due_at = null, warn_at = null, alarm_at = null where id in (${first}, ${second})`);
    expect((await asked({ view: 'open' })).slice(1)).toEqual(['undated', null]);
    await h.db.exec(sql`update conversations set due_at = ${h.clock.now()}, warn_at = ${h.clock.now()} where id = ${second}`);
    expect(await asked({})).toEqual([second, 'overdue', h.clock.now().toISOString()]);
  });

  it('says that it was assigned, that one had the customer, and that one is in charge of the case', async () => {
    const one = await waits('klein@post.example');
    await h.call(people.kim, api.change, { id: one, assigneeId: people.kim.id });
    expect((await next(people.kim, { view: 'mine' })).id).toBe(one);
    expect((await why(people.kim, one)).next).toMatchObject({ among: 'assigned', isServing: false, isKnown: false });
    const other = await waits('klein@post.example');
    expect((await next(people.kim)).id).toBe(other);
    expect((await why(people.kim, other)).next).toMatchObject({ among: 'free', isServing: true });
    const { caseId } = (await h.call(people.kim, api.open, { id: other })).body.conversation;
    await h.db.exec(sql`update cases set owner_id = ${people.kim.id} where id = ${caseId}`);
    expect((await why(people.kim, other)).next).toMatchObject({ isKnown: true });
  });

  it('is nobody else’s: to whom it was handed over it was not “next” that gave it', async () => {
    const id = await waits();
    await next(people.kim);
    await as(h, people.kim, async (ctx) => transferClaim(ctx, await loadConversation(ctx, id), people.olaf.id));
    expect(await why(people.olaf, id)).toEqual(nothing);
  });
});
