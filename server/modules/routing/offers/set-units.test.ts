import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints as on, type Units } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createConversation } from '../../conversations/testing.ts';
import { type Cast, cast, givePassword, openBrowser, type TestPerson, testPassword } from '../../workspace/testing.ts';
import { givesOut, someQueue } from '../testing.ts';
import { usualUnits } from './units.ts';

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
  for (const table of ['offers', 'customer_leases', 'presence', 'sessions'] as const) await h.db.exec(sql`delete from ${sql.raw(table)}`);
  await h.db.exec(
    sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null, claimed_by = null, claimed_at = null, claim_until = null`,
  );
  await isFree(we.kim);
});
afterEach(() => sets({}));

async function isFree(who: TestPerson): Promise<void> {
  await openBrowser(h).call(workspaceEndpoints.signIn, { email: who.email, password: testPassword });
  await h.call(who, workspaceEndpoints.setPresence, { state: 'available' });
}

const now = async () => (await h.call(we.kim, on.workUnits, {})).body;
const asks = async (given: Partial<Units>, version?: number, who: { id: string } = we.dorit) => {
  const seen = version ?? (await now()).version;
  return h.call(who, on.setWorkUnits, { version: seen, units: { ...usualUnits, ...given } });
};
async function sets(given: Partial<Units>): Promise<void> {
  expect((await asks(given)).status).toBe(200);
  await h.drain();
}
/** So many of them Kim is offered, and takes, one after another. */
async function fits(channel: string, visibility: 'public' | 'private' = 'private'): Promise<number> {
  for (let n = 0; n < 6; n += 1) await createConversation(h, { teamId: we.team.id, channel, visibility });
  return takes();
}
async function takes(): Promise<number> {
  for (let taken = 0; ; taken += 1) {
    h.clock.advance(1_000);
    await givesOut(h);
    const { offer } = (await h.call(we.kim, on.ownOffer, {})).body;
    if (!offer) return taken;
    expect((await h.call(we.kim, api.claim, { id: offer.conversationId })).status).toBe(200);
  }
}

describe('how much fits into one hand', () => {
  it.each([
    ['email', 'private', 4, { mail: 50 }, 2],
    ['email', 'public', 2, { public: 20 }, 5],
    ['chat', 'private', 3, { chat: 51 }, 1],
    ['echo', 'private', 5, { message: 34 }, 2],
  ] as const)('%s, %s: %i at once as is usual; after %o it is %i', async (channel, visibility, usual, given, then) => {
    expect(await fits(channel, visibility)).toBe(usual);
    await sets(given);
    await h.db.exec(
      sql`update conversations set claimed_by = null, claimed_at = null, claim_until = null, state = 'queued' where claimed_by is not null`,
    );
    await h.db.exec(sql`delete from customer_leases`);
    expect(await takes()).toBe(then);
  });

  it('counts what is in hand already from the same moment on, and takes nothing away', async () => {
    expect(await fits('email')).toBe(4);
    await sets({ mail: 20 });
    expect(await takes()).toBe(1);
    await sets({ mail: 100 });
    expect(await takes()).toBe(0);
    const held = await h.db.query(sql`select from conversations where claimed_by = ${we.kim.id} and claim_until > ${h.clock.now()}`);
    expect(held).toHaveLength(5);
  });

  it.each([
    [33, 'kim', 'turn'],
    [51, 'olaf', 'kept'],
  ] as const)(
    'at %i a chat, with whoever has one and somebody who has nothing, the mail is for %s: one who has a hand for a chat more stays free',
    async (chat, who, because) => {
      await sets({ chat });
      const items = [
        someQueue({ name: 'Chat', channels: ['chat'], isOffered: true, keepFree: 1 }),
        someQueue({ name: 'Post', isOffered: true }),
      ];
      await h.call(we.dorit, on.setQueues, { items });
      await h.drain();
      h.clock.advance(1_000);
      await isFree(we.olaf);
      const { id } = await createConversation(h, { teamId: we.team.id, channel: 'chat' });
      expect((await h.call(we.olaf, api.claim, { id })).status).toBe(200);
      const mail = await createConversation(h, { teamId: we.team.id });
      await givesOut(h);
      const offers = [we.kim, we.olaf].map(async (one) => (await h.call(one, on.ownOffer, {})).body.offer);
      const [kims, olafs] = await Promise.all(offers);
      expect(who === 'kim' ? kims : olafs).toMatchObject({ conversationId: mail.id, why: { because } });
      expect(who === 'kim' ? olafs : kims).toBeNull();
    },
  );
});

describe('setting it', () => {
  it('is told to everybody and noted with what it was; set again the same it is no change, whatever version was seen', async () => {
    const { version } = await now();
    const { body, events } = await asks({ mail: 30 });
    expect(body).toEqual({ version: version + 1, units: { ...usualUnits, mail: 30 } });
    expect(events.map(({ type, data }) => [type, data])).toEqual([['routing.work_units_changed', { version: version + 1 }]]);
    expect(await now()).toEqual(body);
    const again = await asks({ mail: 30 }, version);
    expect([again.body, again.events]).toEqual([body, []]);
    const noted = await h.db.query<{ data: unknown; actorId: string }>(
      sql`select data, actor_id as "actorId" from audit_log where action = 'routing.work_units_set' order by seq desc limit 1`,
    );
    expect(noted).toEqual([{ data: { version: version + 1, before: usualUnits, after: body.units }, actorId: we.dorit.id }]);
  });

  it('is refused to whoever saw something older, and to whoever may not set queues; it stays as it was', async () => {
    const { version } = await now();
    await sets({ chat: 40 });
    const kept = await now();
    expect((await asks({ chat: 50 }, version)).problem.code).toBe('core.conflict');
    for (const who of [we.kim, we.luise]) expect((await asks({ chat: 50 }, kept.version, who)).problem.code).toBe('core.forbidden');
    expect(await now()).toEqual(kept);
  });

  it('of many who set something else at the same moment, all but one have to look again', async () => {
    const { version } = await now();
    const replies = await Promise.all([41, 42, 43, 44, 45, 46].map((chat) => asks({ chat }, version)));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    expect((await now()).version).toBe(version + 1);
  });

  it.each([
    [0, 'core.too_little', { limit: 1 }],
    [101, 'core.too_much', { limit: 100 }],
    [-5, 'core.too_little', { limit: 1 }],
    [2.5, 'core.wrong_kind', undefined],
  ] as const)('%d is refused at its field, and it stays as it was', async (mail, code, data) => {
    const before = await now();
    const { problem } = await asks({ mail });
    expect(problem).toMatchObject({ code: 'core.invalid_input', fields: [{ path: 'units.mail', code, ...(data && { data }) }] });
    expect(await now()).toEqual(before);
  });
});
