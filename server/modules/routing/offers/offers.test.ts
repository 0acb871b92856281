import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { customersEndpoints } from '../../../../contract/customers.ts';
import { type Queue, routingEndpoints as on } from '../../../../contract/routing.ts';
import { type PresenceState, workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { dayIn } from '../../../platform/date-format.ts';
import type { House } from '../../../platform/house/house.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { besides, type TestHouse, testHouse } from '../../../testing/house.ts';
import { startPushService, trustPushService } from '../../../testing/push-service/push-service.ts';
import { toldBrowser } from '../../../testing/push-service/told-browser.ts';
import { createConversation } from '../../conversations/testing.ts';
import { type Cast, cast, givePassword, openBrowser, type TestPerson, testPassword } from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { someQueue } from '../testing.ts';

let h: TestHouse;
let second: House;
let we: Cast;
let english = '';
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '8' });
  second = await besides(h);
  we = await cast(h);
  english = (await h.call(we.dorit, workspaceEndpoints.addSkill, { key: 'englisch', label: { de: 'Englisch', en: 'English' } })).body.id;
  for (const who of [we.kim, we.olaf, we.luise, we.mehmet]) await givePassword(h, who.id);
});
afterAll(async () => {
  await second.close();
  await h.close();
});
beforeEach(async () => {
  await h.db.exec(sql`delete from offers`);
  await h.db.exec(sql`delete from conversation_access`);
  await h.db.exec(sql`delete from customer_leases`);
  await h.db.exec(sql`delete from person_skills`);
  await h.db.exec(
    sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null, claimed_by = null, claimed_at = null, claim_until = null`,
  );
  await h.db.exec(sql`delete from presence`);
  h.clock.advance(60_000);
  await offering();
});

const queue = someQueue({ isOffered: true });
const offering = async (given: Partial<Queue> = {}) => {
  await h.call(we.dorit, on.setQueues, { items: [{ ...queue, ...given }] });
  await h.drain();
};
const arrives = async () => (await createConversation(h, { teamId: we.team.id })).id;
/** With the desk open, and saying so. */
async function is(who: TestPerson, state: PresenceState = 'available'): Promise<void> {
  await openBrowser(h).call(workspaceEndpoints.signIn, { email: who.email, password: testPassword });
  await h.call(who, workspaceEndpoints.setPresence, { state });
  h.clock.advance(1_000);
}
const tick = (house: Pick<House, 'platform'> = h.house) =>
  module.ticks?.find(({ name }) => name === 'routing.give_out')?.run(jobWork(house.platform));
const passes = async (seconds: number) => {
  h.clock.advance(seconds * 1_000);
  await tick();
};
const offerOf = async (who: TestPerson) => (await h.call(who, on.ownOffer, {})).body.offer;
const stateOf = async (who: TestPerson) => (await h.call(who, workspaceEndpoints.getOwnPresence, {})).body.state;
const ended = async () =>
  (
    await h.db.query<{ state: string }>(
      sql`select data->>'state' as state from events where type = 'routing.offer_ended' and at >= ${new Date(h.clock.now().getTime() - 50_000)} order by seq`,
    )
  ).map(({ state }) => state);

describe('work is offered', () => {
  it('to whoever says they are free and has the desk open, with why; nobody else hears of it', async () => {
    const id = await arrives();
    await tick();
    expect(await offerOf(we.kim)).toBeNull();
    await is(we.olaf, 'break');
    await is(we.kim);
    await tick();
    const offer = await offerOf(we.kim);
    expect(offer).toMatchObject({ conversationId: id, why: { queue: 'Post', because: 'only', free: 1 } });
    expect(Date.parse(offer?.until ?? '') - Date.parse(offer?.at ?? '')).toBe(20_000);
    expect(await offerOf(we.olaf)).toBeNull();
    const [told] = await h.db.query<{ data: unknown }>(
      sql`select data from events where type = 'routing.offered' order by seq desc limit 1`,
    );
    const event = { type: 'routing.offered', data: told?.data } as never;
    expect(module.audiences?.['routing.offered']?.(event).streams).toEqual([`work:${we.kim.id}`]);
  });

  it('is told by push to whoever does not see the desk, for as long as it stands and no longer', async () => {
    const service = await startPushService();
    const distrust = trustPushService();
    await h.call(we.dorit, workspaceEndpoints.changeSettings, { privateAddresses: true });
    await h.drain();
    const kim = await toldBrowser(h, service, we.kim);
    const id = await arrives();
    await is(we.kim);
    await tick();
    await h.drain();
    const offer = await offerOf(we.kim);
    expect(kim.told()).toMatchObject([{ kind: 'offered', id: offer?.id, path: `/inbox/open/${id}`, by: null }]);
    expect(kim.pushed()[0]?.headers['ttl']).toBe('20');
    await h.call(we.kim, on.declineOffer, { id: offer?.id ?? '' });
    await arrives();
    await passes(1);
    await h.call(we.kim, api.claim, { id: (await offerOf(we.kim))?.conversationId ?? '' });
    await passes(1);
    await h.drain();
    expect(kim.told()).toHaveLength(1);
    distrust();
    await service.close();
  });

  it('is accepted by taking it', async () => {
    const id = await arrives();
    await is(we.kim);
    await tick();
    expect((await h.call(we.kim, api.claim, { id })).status).toBe(200);
    await passes(30);
    expect(await ended()).toEqual(['accepted']);
    // Why one has it can be read afterwards, by oneself alone.
    const why = async (who: TestPerson) => (await h.call(who, on.whyMine, { id })).body.offer;
    expect(await why(we.kim)).toMatchObject({ conversationId: id, why: { queue: 'Post', because: 'only', free: 1 } });
    expect(await why(we.olaf)).toBeNull();
    expect(await stateOf(we.kim)).toBe('available');
  });

  it('left alone it goes to the next one after twenty seconds, at the head of its queue, and whoever did not answer is away', async () => {
    const first = await arrives();
    await is(we.kim);
    await tick();
    await is(we.olaf);
    h.clock.advance(1_000);
    const later = await arrives();
    await passes(10);
    expect([(await offerOf(we.kim))?.conversationId, (await offerOf(we.olaf))?.conversationId]).toEqual([first, later]);
    await h.call(we.olaf, api.claim, { id: later });
    await passes(10);
    expect([await stateOf(we.kim), await stateOf(we.olaf)]).toEqual(['away', 'available']);
    expect((await offerOf(we.olaf))?.conversationId).toBe(first);
    expect(await offerOf(we.kim)).toBeNull();
  });

  it('left to others it is not offered to the same person again, who stays free for everything else', async () => {
    const id = await arrives();
    await is(we.kim);
    await tick();
    const offer = await offerOf(we.kim);
    expect((await h.call(we.kim, on.declineOffer, { id: offer?.id ?? '' })).status).toBe(200);
    expect((await h.call(we.kim, on.declineOffer, { id: offer?.id ?? '' })).problem.code).toBe('routing.offer_over');
    await passes(1);
    expect(await offerOf(we.kim)).toBeNull();
    const other = await arrives();
    await is(we.olaf);
    await passes(1);
    expect([(await offerOf(we.kim))?.conversationId, (await offerOf(we.olaf))?.conversationId]).toEqual([other, id]);
  });

  it('never to whom must not get it, not even when nobody else is free', async () => {
    const id = await arrives();
    await h.call(we.dorit, workspaceEndpoints.changeTeam, { id: we.team.id, leadIds: [we.luise.id] });
    await h.call(we.luise, api.setConflict, { id, personId: we.kim.id, reason: 'Beschwerde über Kim' });
    await is(we.kim);
    await tick();
    expect(await offerOf(we.kim)).toBeNull();
    await is(we.olaf);
    await tick();
    expect(await offerOf(we.olaf)).toMatchObject({ conversationId: id });
  });

  it('in the office only while the relation centre is open, elsewhere whenever one is available', async () => {
    const before = h.clock.now();
    // The next Sunday, long closed.
    h.clock.set('2026-12-06T22:00:00.000Z');
    const id = await arrives();
    await is(we.kim);
    await h.call(we.kim, workspaceEndpoints.setPresence, { state: 'available', location: 'office' });
    await tick();
    expect(await offerOf(we.kim)).toBeNull();
    await h.call(we.kim, workspaceEndpoints.setPresence, { state: 'available', location: 'remote' });
    await tick();
    expect(await offerOf(we.kim)).toMatchObject({ conversationId: id });
    await h.db.exec(sql`delete from sessions`);
    h.clock.set(before);
  });

  it('to whom the customer asked for, before whoever has been free for longer; a wish removed is gone', async () => {
    const { id, customerId } = await createConversation(h, { teamId: we.team.id });
    await is(we.kim);
    await is(we.olaf);
    const wish = await h.call(we.luise, customersEndpoints.setAdviserWish, {
      id: customerId,
      personId: we.olaf.id,
      words: 'Herr Brandt hat mir so gut zugehört.',
    });
    expect([wish.status, wish.body.adviserWish?.personId, wish.events.map(({ type }) => type)]).toEqual([
      200,
      we.olaf.id,
      ['customers.changed'],
    ]);
    await passes(1);
    // Kim has been free for longer.
    expect(await offerOf(we.kim)).toBeNull();
    expect(await offerOf(we.olaf)).toMatchObject({ conversationId: id, why: { because: 'wish', free: 2 } });
    const other = await createConversation(h, { teamId: we.team.id });
    await h.call(we.luise, customersEndpoints.removeAdviserWish, { id: customerId });
    expect((await h.call(we.luise, customersEndpoints.get, { id: customerId })).body.adviserWish).toBeNull();
    await passes(1);
    expect(await offerOf(we.kim)).toMatchObject({ conversationId: other.id });
  });

  it('nobody declines what is offered to somebody else', async () => {
    await arrives();
    await is(we.kim);
    await tick();
    const offer = await offerOf(we.kim);
    expect((await h.call(we.olaf, on.declineOffer, { id: offer?.id ?? '' })).problem.code).toBe('routing.offer_over');
    expect((await offerOf(we.kim))?.id).toBe(offer?.id);
  });

  it('is withdrawn when a colleague takes it, or it is given to somebody; nobody is away for that, and keeps their turn', async () => {
    const id = await arrives();
    await is(we.kim);
    await tick();
    await h.call(we.olaf, api.claim, { id });
    await passes(1);
    expect(await offerOf(we.kim)).toBeNull();
    const given = await arrives();
    await passes(1);
    expect((await offerOf(we.kim))?.conversationId).toBe(given);
    await h.call(we.luise, api.change, { id: given, assigneeId: we.olaf.id });
    await passes(20);
    expect(await ended()).toEqual(['withdrawn', 'withdrawn']);
    expect(await stateOf(we.kim)).toBe('available');
    await is(we.luise);
    await arrives();
    await passes(1);
    // Kim has been free for longer than Luise.
    expect([await offerOf(we.kim), await offerOf(we.luise)].map((one) => one?.why.because)).toEqual(['turn', undefined]);
  });

  it('only where the skill is there and a hand is free; four mails fill both', async () => {
    await offering({ needs: [{ skillId: english, level: 2 }] });
    const id = await arrives();
    await is(we.kim);
    await passes(1);
    expect(await offerOf(we.kim)).toBeNull();
    await h.call(we.dorit, workspaceEndpoints.grantSkill, { id: english, personId: we.kim.id, level: 2, validTo: null });
    await passes(1);
    expect((await offerOf(we.kim))?.conversationId).toBe(id);
    await h.call(we.kim, api.claim, { id });
    for (let n = 0; n < 3; n += 1) await h.call(we.kim, api.claim, { id: await arrives() });
    await arrives();
    await passes(1);
    expect(await offerOf(we.kim)).toBeNull();
    await h.call(we.kim, api.release, { id });
    await passes(1);
    expect((await offerOf(we.kim))?.conversationId).toBeDefined();
  });

  it('of one customer to one person: what else waits of theirs goes to whoever takes the first, and is withdrawn when somebody else serves them', async () => {
    const first = await createConversation(h, { teamId: we.team.id });
    const other = await createConversation(h, { teamId: we.team.id, customerId: first.customerId });
    await is(we.kim);
    await is(we.olaf);
    await passes(1);
    // In one look, and in the next one while that offer is open.
    expect([(await offerOf(we.kim))?.conversationId, await offerOf(we.olaf)]).toEqual([first.id, null]);
    await passes(1);
    expect(await offerOf(we.olaf)).toBeNull();
    await h.call(we.kim, api.claim, { id: first.id });
    await passes(1);
    expect([(await offerOf(we.kim))?.conversationId, await offerOf(we.olaf)]).toEqual([other.id, null]);
    // Taken over in the list by Olaf, the customer is his: Kim is not asked any more, and not away for not having answered.
    await h.call(we.olaf, api.claim, { id: first.id, mode: 'take_over', reason: 'Kim ist in der Pause' });
    await passes(1);
    expect(await offerOf(we.kim)).toBeNull();
    expect(await ended()).toEqual(['accepted', 'withdrawn']);
    expect(await stateOf(we.kim)).toBe('available');
    expect((await offerOf(we.olaf))?.conversationId).toBe(other.id);
  });

  it('by skill until the end of its last day, where the company is', async () => {
    const zone = 'Europe/Berlin';
    // In the last hour of a day, the next one.
    const today = dayIn(zone, new Date(h.clock.now().getTime() + 3_600_000));
    await h.call(we.dorit, workspaceEndpoints.grantSkill, { id: english, personId: we.kim.id, level: 2, validTo: today });
    await offering({ needs: [{ skillId: english, level: 2 }] });
    // From midnight in Berlin on it is the day after, though it is not yet where the clocks of computers are.
    const before = (hour: number) => new Date(`${today}T00:00:00Z`).getTime() + hour * 3_600_000;
    const midnight = [22, 23].map(before).find((at) => dayIn(zone, new Date(at)) > today) ?? 0;
    h.clock.advance(midnight - 60_000 - h.clock.now().getTime());
    const id = await arrives();
    await is(we.kim);
    await tick();
    expect((await offerOf(we.kim))?.conversationId).toBe(id);
    await h.call(we.kim, on.declineOffer, { id: (await offerOf(we.kim))?.id ?? '' });
    await passes(60);
    await arrives();
    await passes(1);
    expect(await offerOf(we.kim)).toBeNull();
  });

  it('to whoever waits behind many for whom nobody is there', async () => {
    const hard = {
      ...queue,
      id: crypto.randomUUID(),
      name: 'Eilig',
      priorities: ['urgent' as const],
      needs: [{ skillId: english, level: 3 }],
    };
    await h.call(we.dorit, on.setQueues, { items: [hard, queue] });
    await h.drain();
    for (let n = 0; n < 60; n += 1) await h.call(we.kim, api.change, { id: await arrives(), priority: 'urgent' });
    h.clock.advance(1_000);
    const id = await arrives();
    await is(we.kim);
    await passes(1);
    expect((await offerOf(we.kim))?.conversationId).toBe(id);
  });

  it('of a queue that is not offered waits to be taken', async () => {
    await offering({ isOffered: false });
    await arrives();
    await is(we.kim);
    await passes(1);
    expect(await offerOf(we.kim)).toBeNull();
  });

  it('whatever happens, in two processes at once, nobody has two offers, nothing is offered twice, what is offered is free, and another team sees no more than that', async () => {
    const people = [we.kim, we.olaf, we.luise, we.mehmet];
    await offering({ overflow: { teamIds: [we.otherTeam.id], whenClosed: false, afterMinutes: 1 } });
    for (const who of people) await openBrowser(h).call(workspaceEndpoints.signIn, { email: who.email, password: testPassword });
    const acts = fc.constantFrom('arrives', 'free', 'break', 'accepts', 'declines', 'takes', 'gives back', 'time', 'short time');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(acts, fc.nat(3)), { minLength: 5, maxLength: 25 }), async (happenings) => {
        await Promise.all(people.map((who) => h.call(who, workspaceEndpoints.setPresence, { state: 'available' })));
        for (const [what, n] of happenings) {
          const who = people[n] ?? we.kim;
          const offer = await offerOf(who);
          const mine = await h.db.query<{ id: string }>(sql`select id from conversations where claimed_by = ${who.id} limit 1`);
          const ways: Record<typeof what, () => Promise<unknown>> = {
            arrives,
            free: () => h.call(who, workspaceEndpoints.setPresence, { state: 'available' }),
            break: () => h.call(who, workspaceEndpoints.setPresence, { state: 'break' }),
            accepts: async () => offer && h.call(who, api.claim, { id: offer.conversationId }),
            declines: async () => offer && h.call(who, on.declineOffer, { id: offer.id }),
            takes: () => h.call(who, api.takeNext, { view: 'unassigned' }),
            'gives back': async () => mine[0] && h.call(who, api.release, { id: mine[0].id }),
            time: async () => h.clock.advance(21_000),
            'short time': async () => h.clock.advance(3_000),
          };
          await Promise.all([ways[what](), tick(), tick(second)]);
          // What ended by what just happened is said so by the next look.
          await Promise.all([tick(), tick(second)]);
          const open = await h.db.query<{
            person: string;
            id: string;
            customer: string;
            isFree: boolean;
            isOver: boolean;
          }>(sql`select o.person_id as person, o.conversation_id as id, c.customer_root_id as customer,
              c.state in ('new', 'queued') and c.assignee_id is null and (c.claim_until is null or c.claim_until <= ${h.clock.now()}) as "isFree",
              o.until <= ${h.clock.now()} as "isOver"
            from offers o join conversations c on c.id = o.conversation_id where o.state = 'open'`);
          expect(new Set(open.map(({ person }) => person)).size).toBe(open.length);
          expect(new Set(open.map(({ id }) => id)).size).toBe(open.length);
          expect(new Set(open.map(({ customer }) => customer)).size).toBe(open.length);
          expect(open.filter(({ isFree, isOver }) => !isFree || isOver)).toEqual([]);
          // Mehmet is of another team, which helps: what is not offered to him, and was not taken by him either, is closed to him.
          const opened = await h.db.query<{ id: string }>(sql`select a.conversation_id as id from conversation_access a
            where a.person_id = ${we.mehmet.id} and a.until > ${h.clock.now()} and not exists (select from offers o
              where o.conversation_id = a.conversation_id and o.person_id = a.person_id and o.state in ('open', 'accepted'))`);
          expect(opened).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
