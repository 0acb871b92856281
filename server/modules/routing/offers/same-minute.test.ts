import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { customersEndpoints } from '../../../../contract/customers.ts';
import { routingEndpoints as on } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, echoCalls, echoMessage, mailArrives } from '../../channels/testing.ts';
import { createConversation } from '../../conversations/testing.ts';
import { type Cast, cast, givePassword, openBrowser, type TestPerson, testPassword } from '../../workspace/testing.ts';
import { givesOut, someQueue } from '../testing.ts';

let h: TestHouse;
let we: Cast;
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '8' });
  we = await cast(h);
  for (const who of [we.kim, we.olaf]) await givePassword(h, who.id);
  await h.call(we.dorit, on.setQueues, { items: [someQueue({ isOffered: true })] });
  await h.drain();
});
afterAll(() => h.close());
beforeEach(async () => {
  await h.db.exec(sql`delete from customer_leases`);
  await h.db.exec(
    sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null, claimed_by = null, claimed_at = null, claim_until = null`,
  );
});

interface Arrived {
  id: string;
  customerId: string;
}
const newest = async (channel: string): Promise<Arrived> =>
  h.db.one<Arrived>(
    sql`select id, customer_root_id as "customerId" from conversations where channel = ${channel} order by created_at desc, id desc limit 1`,
  );

/** A mail, a post that everybody reads and a call of one person, all in the same minute; known for the same once somebody who may has said so. */
async function writesEverywhere(): Promise<{ mail: Arrived; post: Arrived; call: Arrived }> {
  const name = crypto.randomUUID();
  const inbox = await createAccount(h, { kind: 'email', address: `${name}@haus.example`, teamId: we.team.id });
  const page = await createAccount(h, { kind: 'echo', teamId: we.team.id });
  const head = [
    `From: Ina Klein <${name}@post.example>`,
    `To: ${name}@haus.example`,
    'Subject: Sofa',
    `Message-ID: <${name}@post.example>`,
  ];
  await mailArrives(h, inbox.id, [...head, '', 'Wo ist mein Sofa?'].join('\n'));
  const said = { ...echoMessage({ from: name, name: 'Ina K.', chat: name, text: 'Wo bleibt mein Sofa?' }), visibility: 'public' };
  expect((await echoCalls(h, page.id, said)).status).toBe(200);
  await h.drain();
  const [mail, post] = [await newest('email'), await newest('echo')];
  expect(post.customerId).not.toBe(mail.customerId);
  const merged = await h.call(we.luise, customersEndpoints.merge, {
    id: post.customerId,
    intoId: mail.customerId,
    reason: 'Am Telefon gesagt',
  });
  expect(merged.status).toBe(200);
  await h.drain();
  const call = await createConversation(h, { teamId: we.team.id, customerId: mail.customerId, channel: 'phone' });
  return { mail, post: { ...post, customerId: mail.customerId }, call };
}
const isFree = async (who: TestPerson) => {
  await openBrowser(h).call(workspaceEndpoints.signIn, { email: who.email, password: testPassword });
  await h.call(who, workspaceEndpoints.setPresence, { state: 'available' });
};
const offerOf = async (who: TestPerson) => (await h.call(who, on.ownOffer, {})).body.offer;

describe('a call, a mail and a post of one person in the same minute', () => {
  it('go to one adviser: offered to one, and nobody else gets any of them by “next”; whoever opens one sees who has the person', async () => {
    const { mail, post, call } = await writesEverywhere();
    await isFree(we.kim);
    await isFree(we.olaf);
    await givesOut(h);
    const offers = [await offerOf(we.kim), await offerOf(we.olaf)];
    expect(offers.filter(Boolean)).toHaveLength(1);
    const [taker, other] = offers[0] ? [we.kim, we.olaf] : [we.olaf, we.kim];
    // What everybody reads is due first.
    const { conversationId = '' } = offers.find(Boolean) ?? {};
    expect(conversationId).toBe(post.id);
    expect((await h.call(taker, api.claim, { id: post.id })).status).toBe(200);
    for (let seconds = 0; seconds < 3; seconds += 1) {
      h.clock.advance(1_000);
      await givesOut(h);
      expect(await offerOf(other)).toBeNull();
    }
    expect((await offerOf(taker))?.conversationId).toBe(mail.id);
    expect((await h.call(other, api.takeNext, {})).problem.code).toBe('conversations.nothing_free');
    for (const { id } of [mail, call]) {
      expect((await h.call(other, api.open, { id })).body.customerHeldBy?.personId).toBe(taker.id);
      expect((await h.call(other, api.claim, { id })).problem.code).toBe('conversations.customer_already_served');
      expect((await h.call(taker, api.claim, { id })).status).toBe(200);
    }
  });

  it('go to one adviser, too, when three reach for one each at the same moment', async () => {
    const { mail, post, call } = await writesEverywhere();
    const wishes = [
      [we.kim, post],
      [we.olaf, mail],
      [we.luise, call],
    ] as const;
    const replies = await Promise.all(wishes.map(([who, { id }]) => h.call(who, api.claim, { id })));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const held = await h.db.query<{ by: string }>(sql`select distinct claimed_by as by from conversations where claimed_by is not null`);
    expect(held).toEqual([{ by: wishes[replies.findIndex(({ status }) => status === 200)]?.[0].id }]);
  });
});
