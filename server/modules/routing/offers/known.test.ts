import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints as on } from '../../../../contract/routing.ts';
import { type PresenceState, workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast, givePassword, openBrowser, type TestPerson, testPassword } from '../../workspace/testing.ts';
import { freePerson as of, givesOut, plainWork, someQueue } from '../testing.ts';
import { type Candidate, choose, type Waiting } from './choose.ts';
import { awaitsKnown } from './known.ts';

const day = '2026-11-29';
const minute = 60_000;
const now = new Date('2026-11-24T10:00Z');
const since = (minutesAgo: number) => new Date(now.getTime() - minutesAgo * minute);
const is = (state: 'available' | 'busy' | 'break' | 'training', backIn?: number) => ({
  state,
  backAt: backIn === undefined ? null : new Date(now.getTime() + backIn * minute),
});
const mail = { channel: 'email', visibility: 'private' as const };
const live = [
  { channel: 'chat', visibility: 'private' as const },
  { channel: 'echo', visibility: 'public' as const },
];

describe('time to wait for whoever is in charge of the case', () => {
  it('is today’s shift for what could wait, and none for whoever is not there', () => {
    for (const known of [is('available'), is('busy'), is('training'), is('break', 60)])
      expect(awaitsKnown({ ...mail, since: since(100) }, known, now)).toBe(true);
    expect(awaitsKnown({ ...mail, since: since(0) }, undefined, now)).toBe(false);
  });

  it('is five minutes for what is live or public, from when the customer wrote, and not for a break or a training that lasts longer', () => {
    for (const work of live) {
      const waits = (minutesAgo: number, known: ReturnType<typeof is>) => awaitsKnown({ ...work, since: since(minutesAgo) }, known, now);
      expect([waits(4.99, is('busy')), waits(5, is('busy'))]).toEqual([true, false]);
      expect([waits(1, is('available')), waits(1, is('training'))]).toEqual([true, false]);
      expect([waits(1, is('break', 4)), waits(1, is('break', 4.01)), waits(1, is('break'))]).toEqual([true, false, false]);
    }
  });
});

const [ada, ben] = [of('ada'), of('ben')];
const work: Waiting = { ...plainWork, teamId: 'north', knownTo: 'ben', awaitsKnown: true };
const given = (waits: readonly Waiting[], free: readonly Candidate[], expected: readonly Candidate[] = []) =>
  choose(waits, free, day, [], expected).map(({ conversationId, personId, because }) => [conversationId, personId, because]);

describe('whoever is in charge of the case', () => {
  it('gets it when free; is waited for with full hands or expected back, and without time it goes to the others', () => {
    const full = of('ben', { units: 100 });
    expect(given([work], [ada, ben])).toEqual([['c', 'ben', 'known']]);
    expect(given([work], [ada, full])).toEqual([]);
    expect(given([work], [ada], [full])).toEqual([]);
    expect(given([{ ...work, awaitsKnown: false }], [ada, full])).toEqual([['c', 'ada', 'only']]);
    expect(given([{ ...work, awaitsKnown: false }], [ada], [full])).toEqual([['c', 'ada', 'only']]);
    expect(given([work], [ada])).toEqual([['c', 'ada', 'only']]);
  });

  it('who just got something else is waited for; nobody else gets the customer meanwhile, nor do other teams help', () => {
    const first = { ...work, conversationId: 'a', customerId: 'jan' };
    expect(given([first, work], [ada, ben])).toEqual([['a', 'ben', 'known']]);
    expect(given([work, { ...work, conversationId: 'd', knownTo: null }], [ada], [ben])).toEqual([]);
    expect(given([{ ...work, helpers: ['south'] }], [of('cem', { teamIds: ['south'] })], [ben])).toEqual([]);
  });

  it('is never waited for where they must not have it, left it to others, cannot do it or are kept for something else', () => {
    const needs = [{ skillId: 'law', level: 1 }];
    const able = { ...ada, skills: [{ skillId: 'law', level: 1, validTo: null }] };
    for (const more of [{ conflicts: ['ben'] }, { leftBy: ['ben'] }, { servedBy: 'ada' }, { needs }])
      expect(given([{ ...work, ...more }], [able], [ben])).toEqual([['c', 'ada', 'only']]);
    expect(given([work], [ada], [of('ben', { teamIds: ['south'] })])).toEqual([['c', 'ada', 'only']]);
    const busy = of('ada', { units: 25, hasDeferred: true });
    const reserve = { queueId: 'chat', teamId: 'north', needs: [], people: 1, units: 33 };
    expect(choose([work], [busy, ben], day, [reserve]).map(({ personId, because }) => [personId, because])).toEqual([['ada', 'kept']]);
  });

  it('whoever is waited for, everybody else gets what they would have got had the customer not written', () => {
    const person = fc.constantFrom('ada', 'ben', 'cem');
    const waits = fc.uniqueArray(
      fc.record({
        conversationId: fc.nat(20).map(String),
        customerId: fc.constantFrom('ina', 'jan', 'kai', 'lea'),
        knownTo: fc.option(person),
      }),
      { selector: (one) => one.conversationId, maxLength: 6 },
    );
    fc.assert(
      fc.property(waits, fc.uniqueArray(person), (all, free) => {
        const works = all.map((one): Waiting => ({ ...work, ...one, awaitsKnown: true }));
        const people = free.map((id) => of(id));
        const away = ['ada', 'ben', 'cem'].filter((id) => !free.some((one) => one === id)).map((id) => of(id));
        const heldCustomers = new Set<string>();
        const seen = new Set<string>();
        for (const one of works) {
          if (!seen.has(one.customerId) && away.some(({ personId }) => personId === one.knownTo)) heldCustomers.add(one.customerId);
          seen.add(one.customerId);
        }
        const others = works.filter(({ customerId }) => !heldCustomers.has(customerId));
        expect(given(works, people, away)).toEqual(given(others, people, away));
      }),
    );
  });
});

describe('a mail of a case', () => {
  let h: TestHouse;
  let we: Cast;
  let account: { id: string };
  beforeAll(async () => {
    h = await testHouse();
    we = await cast(h);
    account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: we.team.id });
    for (const who of [we.kim, we.olaf]) await givePassword(h, who.id);
    await h.call(we.dorit, on.setQueues, { items: [someQueue({ isOffered: true })] });
    await h.drain();
  });
  afterAll(() => h.close());

  const says = async (who: TestPerson, state: PresenceState) => {
    await openBrowser(h).call(workspaceEndpoints.signIn, { email: who.email, password: testPassword });
    await h.call(who, workspaceEndpoints.setPresence, { state });
  };
  const offerOf = async (who: TestPerson) => (await h.call(who, on.ownOffer, {})).body.offer;
  const passes = async (minutes: number) => {
    h.clock.advance(minutes * minute);
    await givesOut(h);
  };
  let count = 0;
  /** A customer's mail, and who is in charge of its case, if anybody. */
  const arrives = async (owner: TestPerson | null): Promise<string> => {
    count += 1;
    const head = [
      `From: Ida Klein <i${count}@post.example>`,
      'To: service@haus.example',
      `Subject: Sofa ${count}`,
      `Message-ID: <k${count}@post.example>`,
    ];
    await mailArrives(h, account.id, [...head, '', 'Wo ist es?'].join('\n'));
    await h.drain();
    const { id } = await h.db.one<{ id: string }>(sql`select id from conversations where subject = ${`Sofa ${count}`}`);
    await h.db.exec(sql`update cases set owner_id = ${owner?.id ?? null} where id = (select case_id from conversations where id = ${id})`);
    return id;
  };

  it('waits for whoever is in charge as long as they are there; then, or when it is nearly due, others get it', async () => {
    await says(we.kim, 'busy');
    await says(we.olaf, 'available');
    const id = await arrives(we.kim);
    await passes(10);
    expect(await offerOf(we.olaf)).toBeNull();
    await says(we.kim, 'available');
    await passes(0);
    expect(await offerOf(we.kim)).toMatchObject({ conversationId: id, why: { because: 'known', free: 2 } });

    // Left to others by whoever is in charge: they wait for them no longer.
    await h.call(we.kim, on.declineOffer, { id: (await offerOf(we.kim))?.id ?? '' });
    await passes(0);
    expect(await offerOf(we.olaf)).toMatchObject({ conversationId: id, why: { because: 'only' } });
    await h.call(we.olaf, api.claim, { id });
    await passes(0);

    await says(we.kim, 'busy');
    const second = await arrives(we.kim);
    await passes(0);
    expect(await offerOf(we.olaf)).toBeNull();
    await h.db.exec(sql`update conversations set warn_at = ${h.clock.now()} where id = ${second}`);
    await passes(0);
    expect(await offerOf(we.olaf)).toMatchObject({ conversationId: second });
    await h.call(we.olaf, api.claim, { id: second });
    await passes(0);

    const third = await arrives(we.kim);
    await passes(0);
    expect(await offerOf(we.olaf)).toBeNull();
    await says(we.kim, 'away');
    await passes(0);
    expect(await offerOf(we.olaf)).toMatchObject({ conversationId: third });
  });

  it('keeps nobody waiting behind it, however many wait for whoever is in charge', async () => {
    // What was offered above has lapsed.
    await passes(1);
    await says(we.kim, 'busy');
    await says(we.olaf, 'available');
    for (let n = 0; n < 51; n += 1) await arrives(we.kim);
    h.clock.advance(minute);
    const fresh = await arrives(null);
    await passes(0);
    expect(await offerOf(we.olaf)).toMatchObject({ conversationId: fresh });
  });
});
