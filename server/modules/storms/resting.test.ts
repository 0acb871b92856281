import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { conversationEndpoints as conversations } from '../../../contract/conversations.ts';
import { routingEndpoints } from '../../../contract/routing.ts';
import { stormEndpoints as api } from '../../../contract/storms.ts';
import { workspaceEndpoints } from '../../../contract/workspace.ts';
import { sql } from '../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { createConversation } from '../conversations/testing.ts';
import { givesOut, someQueue } from '../routing/testing.ts';
import { type Cast, cast, givePassword, openBrowser, testPassword } from '../workspace/testing.ts';
import { someStorm } from './testing.ts';

let h: TestHouse;
let we: Cast;
const post = someQueue({ name: 'Post', channels: ['email'] });
const chat = someQueue({ name: 'Chat', channels: ['chat'] });
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  await givePassword(h, we.kim.id);
});
afterAll(() => h.close());
beforeEach(async () => {
  await h.db.exec(sql`delete from offers`);
  await h.db.exec(sql`delete from customer_leases`);
  await h.db.exec(
    sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null, claimed_by = null, claimed_at = null, claim_until = null`,
  );
  h.clock.advance(60_000);
});

const queues = async (isOffered = false) => {
  await h.call(we.dorit, routingEndpoints.setQueues, {
    items: [
      { ...post, isOffered },
      { ...chat, isOffered },
    ],
  });
  await h.drain();
};
const restsIn = async (...restingQueueIds: string[]) => {
  const storm = someStorm(h, we.luise.id, { restingQueueIds });
  expect((await h.call(we.luise, api.save, storm)).status).toBe(200);
  await h.drain();
  return storm;
};
const ends = async ({ id }: { id: string }) => {
  expect((await h.call(we.luise, api.end, { id })).status).toBe(200);
  await h.drain();
};
const arrives = async (channel: string) => (await createConversation(h, { teamId: we.team.id, channel, text: 'Sofa' })).id;
const next = async () => {
  const reply = await h.call(we.kim, conversations.takeNext, { view: 'unassigned' });
  if (reply.status !== 200) return reply.problem.code;
  await h.call(we.kim, conversations.release, { id: reply.body.conversation.id });
  return reply.body.conversation.id;
};
const near = (id: string) => h.db.exec(sql`update conversations set warn_at = ${h.clock.now()} where id = ${id}`);

it('while it is on “next” passes over queues that rest, the list shows them, and what is near due is given all the same', async () => {
  await queues();
  const mail = await arrives('email');
  const live = await arrives('chat');
  await h.db.exec(
    sql`update conversations set due_at = due_at + interval '7 days', warn_at = warn_at + interval '7 days' where id = ${live}`,
  );
  expect(await next()).toBe(mail);
  const storm = await restsIn(post.id);
  expect(await next()).toBe(live);
  const { items } = (await h.call(we.kim, conversations.list, { view: 'unassigned' })).body;
  expect(items.map(({ id }) => id).toSorted()).toEqual([mail, live].toSorted());
  await h.db.exec(sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null where id = ${live}`);
  expect(await next()).toBe('conversations.nothing_but_resting');
  await near(mail);
  expect(await next()).toBe(mail);
  await h.db.exec(sql`update conversations set warn_at = ${new Date(h.clock.now().getTime() + 3_600_000)} where id = ${mail}`);
  expect(await next()).toBe('conversations.nothing_but_resting');
  await ends(storm);
  expect(await next()).toBe(mail);
  expect((await h.call(we.kim, conversations.claim, { id: mail })).status).toBe(200);
});

it('what rests is not offered, and near due it is', async () => {
  await queues(true);
  const mail = await arrives('email');
  const storm = await restsIn(post.id);
  await openBrowser(h).call(workspaceEndpoints.signIn, { email: we.kim.email, password: testPassword });
  await h.call(we.kim, workspaceEndpoints.setPresence, { state: 'available' });
  const offered = async () => {
    await givesOut(h);
    return (await h.call(we.kim, routingEndpoints.ownOffer, {})).body.offer?.conversationId;
  };
  expect(await offered()).toBeUndefined();
  await near(mail);
  expect(await offered()).toBe(mail);
  await ends(storm);
});

it('the queue it is about does not rest', async () => {
  await queues();
  const about = { match: 'all' as const, topicId: null, words: [], queueId: post.id };
  const storm = someStorm(h, we.luise.id, { about, restingQueueIds: [post.id] });
  expect((await h.call(we.luise, api.save, storm)).problem.code).toBe('storms.queue_concerned');
});
