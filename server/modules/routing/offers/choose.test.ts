import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { SkillNeed } from '../../../../contract/routing.ts';
import type { HeldSkill } from '../../workspace/index.ts';
import { lacking } from '../eligibility/lacking.ts';
import { type Candidate, type Choice, choose, isEligible, type Waiting } from './choose.ts';
import type { Reserve } from './reserve.ts';
import { freePerson as of, plainWork as plain } from '../testing.ts';

const day = '2026-11-29';
const skillId = fc.constantFrom('english', 'law');
const level = fc.integer({ min: 1, max: 3 });
const team = fc.constantFrom('north', 'south');
const person = fc.constantFrom('ada', 'ben', 'cem', 'dora', 'eva');
const queueId = fc.constantFrom('chat', 'mail');
const someone: fc.Arbitrary<Candidate> = fc.record({
  personId: person,
  teamIds: fc.uniqueArray(team),
  skills: fc.uniqueArray(fc.record({ skillId, level, validTo: fc.option(fc.constantFrom('2026-11-28', day)) }), {
    selector: (one) => one.skillId,
  }),
  units: fc.constantFrom(0, 25, 50, 75, 100),
  hasDeferred: fc.boolean(),
  withoutSince: fc.integer({ min: 0, max: 3 }),
});
const people = fc.uniqueArray(someone, { selector: (one) => one.personId });
const waiting: fc.Arbitrary<Waiting[]> = fc.uniqueArray(
  fc.record({
    conversationId: fc.integer({ min: 0, max: 99 }).map((n) => `c${n}`),
    customerId: fc.constantFrom('ina', 'jan', 'kai', 'lea', 'mia', 'noa'),
    teamId: fc.option(team),
    helpers: fc.uniqueArray(team),
    queueId: fc.option(queueId),
    isLive: fc.boolean(),
    isPressing: fc.boolean(),
    needs: fc.uniqueArray(fc.record({ skillId, level }), { selector: (one) => one.skillId }),
    units: fc.constantFrom(20, 25, 33, 50),
    knownTo: fc.option(person),
    awaitsKnown: fc.boolean(),
    wishedFor: fc.option(person),
    servedBy: fc.option(person, { freq: 4 }),
    conflicts: fc.uniqueArray(person, { maxLength: 1 }),
    leftBy: fc.uniqueArray(person, { maxLength: 2 }),
  }),
  { selector: (one) => one.conversationId, maxLength: 8 },
);

const reserved: fc.Arbitrary<Reserve[]> = fc.array(
  fc.record({
    queueId,
    teamId: team,
    needs: fc.uniqueArray(fc.record({ skillId, level }), { selector: (one) => one.skillId }),
    people: fc.integer({ min: 1, max: 3 }),
    units: fc.constantFrom(20, 33, 50),
  }),
  { maxLength: 3 },
);

describe('giving work out', () => {
  it('knows of a person what they are allowed and able to do and have in hand, and no figure of what they did', () => {
    expectTypeOf<Candidate>().toEqualTypeOf<{
      personId: string;
      teamIds: readonly string[];
      skills: readonly HeldSkill[];
      units: number;
      hasDeferred: boolean;
      withoutSince: number;
    }>();
    expectTypeOf<Waiting>().toEqualTypeOf<{
      conversationId: string;
      customerId: string;
      teamId: string | null;
      helpers: readonly string[];
      queueId: string | null;
      isLive: boolean;
      isPressing: boolean;
      needs: readonly SkillNeed[];
      units: number;
      knownTo: string | null;
      awaitsKnown: boolean;
      wishedFor: string | null;
      servedBy: string | null;
      conflicts: readonly string[];
      leftBy: readonly string[];
    }>();
    // What is kept free is said of a team.
    expectTypeOf<Reserve>().toEqualTypeOf<{
      queueId: string;
      teamId: string;
      needs: readonly SkillNeed[];
      people: number;
      units: number;
    }>();
    expectTypeOf<Parameters<typeof choose>>().toEqualTypeOf<
      [
        waiting: readonly Waiting[],
        candidates: readonly Candidate[],
        day: string,
        reserves?: readonly Reserve[],
        expected?: readonly Candidate[],
      ]
    >();
  });

  it('offers nobody two things, nothing and no customer to two people, and only what one may and can do, as one of the team or of one that helps', () => {
    fc.assert(
      fc.property(waiting, people, reserved, (waits, all, reserves) => {
        const chosen = choose(waits, all, day, reserves);
        expect(new Set(chosen.map(({ personId }) => personId)).size).toBe(chosen.length);
        expect(new Set(chosen.map(({ conversationId }) => conversationId)).size).toBe(chosen.length);
        expect(new Set(chosen.map((choice) => customerOf(waits, choice))).size).toBe(chosen.length);
        for (const { conversationId, personId, isHelp } of chosen) {
          const work = waits.find((one) => one.conversationId === conversationId);
          const one = all.find((each) => each.personId === personId);
          expect(work && one && isEligible(one, work, day, isHelp)).toBe(true);
        }
      }),
    );
  });

  it('passes nobody over: where somebody waits in vain, whoever could do it is offered something that comes before, or is kept free', () => {
    fc.assert(
      fc.property(waiting, people, reserved, (some, all, reserves) => {
        // Whom somebody waits for is told in `known.test.ts`.
        const waits = some.map((one) => ({ ...one, awaitsKnown: false }));
        const chosen = choose(waits, all, day, reserves);
        const given = new Map(chosen.map(({ personId, ...rest }) => [personId, { ...rest, place: placeIn(waits, rest.conversationId) }]));
        for (const [place, work] of waits.entries()) {
          // What else there is of a customer goes to whoever takes the first.
          if (chosen.some((choice) => customerOf(waits, choice) === work.customerId)) continue;
          for (const one of all) {
            const has = given.get(one.personId);
            if (isEligible(one, work, day) && !isKept(one, work, all, chosen, reserves, false))
              expect(has && !has.isHelp ? has.place : Infinity).toBeLessThan(place);
            // Whoever could help has something of their own, or helps somebody who comes before.
            if (isEligible(one, work, day, true) && !isKept(one, work, all, chosen, reserves, true))
              expect(has && (!has.isHelp || has.place < place)).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never gives the last ones who are kept free what could wait, but for what is nearly due or stands in the queue they are kept for', () => {
    fc.assert(
      fc.property(waiting, people, reserved, (waits, all, reserves) => {
        const chosen = choose(waits, all, day, reserves);
        const worked = chosen.map((choice) => ({ ...choice, work: waits.find((one) => one.conversationId === choice.conversationId) }));
        for (const reserve of reserves) {
          const before = all.filter((one) => isReady(one, reserve)).map(({ personId }) => personId);
          // What is live, pressing or their own takes from those who are kept; all else takes none of them.
          const allowed = worked.filter(
            ({ work, isHelp }) => !isHelp && (work?.isLive || work?.isPressing || work?.queueId === reserve.queueId),
          );
          const others = worked.filter((one) => !allowed.includes(one)).map(({ personId }) => personId);
          const taken = before.filter((id) => others.includes(id)).length;
          const left = before.filter((id) => !chosen.some(({ personId }) => personId === id)).length;
          if (taken > 0)
            expect(left + allowed.filter(({ personId }) => before.includes(personId)).length).toBeGreaterThanOrEqual(reserve.people);
          // With nobody beyond them ready, nobody who could do it gets what could wait.
          if (before.length < reserve.people)
            for (const id of others) {
              const one = all.find(({ personId }) => personId === id);
              expect(one && isAble(one, reserve)).toBe(false);
            }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives so many mails as there are people beyond those who are kept, and every chat somebody', () => {
    const few = fc.nat(6);
    fc.assert(
      fc.property(few, few, few, few, fc.boolean(), (size, kept, mails, chats, chatsFirst) => {
        const team = Array.from({ length: size }, (_, n) => ({
          personId: `p${n}`,
          teamIds: ['north'],
          skills: [],
          units: 0,
          hasDeferred: false,
          withoutSince: n,
        }));
        const some = (count: number, queue: string): Waiting[] =>
          Array.from({ length: count }, (_, n) => ({
            ...plain,
            conversationId: `${queue} ${n}`,
            customerId: `${queue} ${n}`,
            teamId: 'north',
            queueId: queue,
            isLive: queue === 'chat',
          }));
        const both = [some(mails, 'mail'), some(chats, 'chat')];
        const waits = (chatsFirst ? both.toReversed() : both).flat();
        const chosen = choose(waits, team, day, [{ queueId: 'chat', teamId: 'north', needs: [], people: kept, units: 33 }]);
        const given = (queue: string) => chosen.filter(({ conversationId }) => conversationId.startsWith(queue)).length;
        const before = chatsFirst ? Math.min(chats, size) : 0;
        const toMail = Math.min(mails, Math.max(0, size - before - kept));
        expect([given('mail'), given('chat')]).toEqual([toMail, Math.min(chats, size - (chatsFirst ? 0 : toMail))]);
      }),
    );
  });

  it('without anybody to keep is as if there were no such thing; what is kept changes nothing for what is live or nearly due', () => {
    fc.assert(
      fc.property(waiting, people, reserved, (waits, all, reserves) => {
        const none = reserves.map((one) => ({ ...one, people: 0 }));
        expect(choose(waits, all, day, none)).toEqual(choose(waits, all, day));
        const urgent = waits.map((one) => ({ ...one, isPressing: true, helpers: [] }));
        expect(choose(urgent, all, day, reserves)).toEqual(choose(urgent, all, day));
      }),
    );
  });

  it('is the same whoever stands first among the people, and whatever the order of what is kept', () => {
    fc.assert(
      fc.property(waiting, people, reserved, (waits, all, reserves) => {
        expect(choose(waits, all.toReversed(), day, reserves.toReversed())).toEqual(choose(waits, all, day, reserves));
      }),
    );
  });

  it('a wish changes only who of those who can gets it, and goes before skill and turn', () => {
    fc.assert(
      fc.property(waiting, people, reserved, person, (waits, all, reserves, wishedFor) => {
        const [work] = waits;
        if (!work) return;
        const without = choose([{ ...work, wishedFor: null }], all, day, reserves);
        const given = choose([{ ...work, wishedFor }], all, day, reserves);
        expect(given.length).toBe(without.length);
        const [choice] = given;
        if (!choice || choice.personId === without[0]?.personId) return;
        expect([choice.personId, choice.because]).toEqual([wishedFor, 'wish']);
        expect(without[0]?.because).not.toBe('known');
      }),
    );
  });

  it('lets nobody starve: whatever arrives, and whoever is kept free, what has become pressing is given out before all that is due later', () => {
    const steps = 60;
    const deferred = fc.record({ at: fc.nat(20), dueIn: fc.integer({ min: 5, max: 15 }) });
    fc.assert(
      fc.property(fc.array(deferred, { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), fc.nat(4), (mails, size, kept) => {
        // A chat at every step, of people who are done within one: more than enough to keep the last one busy if it always won.
        const done = new Map<number, number>();
        for (let now = 0; now < steps; now += 1) {
          const open = mails.map((mail, n) => ({ ...mail, n, due: mail.at + mail.dueIn })).filter(({ at, n }) => at <= now && !done.has(n));
          const chats = [{ due: now + 3, id: `chat ${now}`, n: -1 }];
          const all = [...open.map(({ due, n }) => ({ due, id: `mail ${n}`, n })), ...chats].toSorted((a, b) => a.due - b.due || a.n - b.n);
          const waits = all.map(
            ({ id, n, due }): Waiting => ({
              ...plain,
              conversationId: id,
              customerId: id,
              queueId: n < 0 ? 'chat' : 'mail',
              isLive: n < 0,
              isPressing: n >= 0 && due - 3 <= now,
              units: n < 0 ? 33 : 25,
            }),
          );
          const free = Array.from({ length: size }, (_, n) => ({
            personId: `p${n}`,
            teamIds: [],
            skills: [],
            units: 0,
            hasDeferred: false,
            withoutSince: 0,
          }));
          const reserves = [{ queueId: 'chat', teamId: 'north', needs: [], people: kept, units: 33 }];
          const team = free.map((one) => ({ ...one, teamIds: ['north'] }));
          for (const { conversationId } of choose(waits, team, day, reserves)) {
            const mail = open.find(({ n }) => conversationId === `mail ${n}`);
            if (mail) done.set(mail.n, now);
          }
        }
        // By when it is due, or one after another from then on where there are more than people: one at a step at least.
        for (const [n, { at, dueIn }] of mails.entries()) expect(done.get(n)).toBeLessThanOrEqual(at + dueIn + mails.length);
      }),
    );
  });

  it('prefers whoever knows the case, then whoever can do least beyond it, then whoever had none for longest, and says which of these it was', () => {
    const work: Waiting = { ...plain, teamId: 'north' };
    const first = (candidates: Candidate[], given: Partial<Waiting> = {}) =>
      choose([{ ...work, ...given }], candidates, day).map(({ personId, because, free }) => [personId, because, free])[0];
    const english = (held: number) => [{ skillId: 'english', level: held, validTo: null }];
    const needsEnglish = { needs: [{ skillId: 'english', level: 1 }] };
    const [ada, ben] = [of('ada', { withoutSince: 5 }), of('ben', { withoutSince: 9 })];
    expect(first([ben, ada])).toEqual(['ada', 'turn', 2]);
    expect(first([ben, ada], { knownTo: 'ben' })).toEqual(['ben', 'known', 2]);
    expect(first([ben, ada], { wishedFor: 'ben' })).toEqual(['ben', 'wish', 2]);
    expect(first([ben, ada], { wishedFor: 'ben', knownTo: 'ada' })).toEqual(['ada', 'known', 2]);
    // A wish comes before what somebody can do beyond it, and never opens what they may not have or cannot do.
    expect(
      first(
        [
          { ...ben, skills: english(3) },
          { ...ada, skills: english(1) },
        ],
        { ...needsEnglish, wishedFor: 'ben' },
      ),
    ).toEqual(['ben', 'wish', 2]);
    expect(first([ben, { ...ada, skills: english(1) }], { ...needsEnglish, wishedFor: 'ben' })).toEqual(['ada', 'only', 1]);
    for (const given of [{ conflicts: ['ben'] }, { leftBy: ['ben'] }, { servedBy: 'ada' }, { units: 100 }])
      expect(first([{ ...ben, units: 25 }, ada], { ...given, wishedFor: 'ben' })).toEqual(['ada', 'only', 1]);
    expect(first([ben])).toEqual(['ben', 'only', 1]);
    expect(
      first(
        [
          { ...ada, skills: english(3) },
          { ...ben, skills: english(1) },
        ],
        needsEnglish,
      ),
    ).toEqual(['ben', 'skill', 2]);
    expect(first([ada, ben], { servedBy: 'ben' })).toEqual(['ben', 'only', 1]);
    expect(first([ada, ben], { leftBy: ['ada'] })).toEqual(['ben', 'only', 1]);
    // Not even whoever is in charge of the case.
    expect(first([ada, ben], { conflicts: ['ada'], knownTo: 'ada' })).toEqual(['ben', 'only', 1]);
    expect(first([ada], { conflicts: ['ada'] })).toBeUndefined();
    const keeping = (peopleKept: number, candidates: Candidate[], given: Partial<Waiting> = {}) =>
      choose([{ ...work, ...given }], candidates, day, [
        { queueId: 'chat', teamId: 'north', needs: [], people: peopleKept, units: 33 },
      ]).map(({ personId, because, isHelp }) => [personId, because, isHelp])[0];
    expect(keeping(1, [ada, ben])).toEqual(['ada', 'turn', false]);
    expect(keeping(2, [ada, ben])).toBeUndefined();
    for (const given of [{ isLive: true }, { isPressing: true }, { queueId: 'chat' }])
      expect(keeping(2, [ada, ben], given)?.[0]).toBe('ada');
    // Ada has a mail already, so it is Ben who stays free: she gets another one, and he none.
    expect(keeping(1, [{ ...ada, units: 25, hasDeferred: true }, ben], { knownTo: 'ben' })).toEqual(['ada', 'kept', false]);
    // Other teams help when nobody of the own one is free, and never out of what they keep.
    const cem = of('cem', { teamIds: ['south'] });
    expect(keeping(0, [cem, ada], { helpers: ['south'], knownTo: 'cem' })).toEqual(['ada', 'only', false]);
    expect(keeping(0, [cem], { helpers: ['south'] })).toEqual(['cem', 'only', true]);
    expect(keeping(0, [cem], { helpers: [] })).toBeUndefined();
    expect(keeping(1, [ada], { teamId: 'south', helpers: ['north'], isLive: true, isPressing: true })).toBeUndefined();
    expect(first([{ ...ada, units: 76 }, ben])).toEqual(['ben', 'only', 1]);
    expect(first([{ ...ada, units: 75 }], { teamId: 'south' })).toBeUndefined();
  });
});

const placeIn = (waits: readonly Waiting[], id: string): number => waits.findIndex(({ conversationId }) => conversationId === id);

const customerOf = (waits: readonly Waiting[], { conversationId }: Choice): string | undefined =>
  waits.find((one) => one.conversationId === conversationId)?.customerId;

const isAble = ({ teamIds, skills }: Candidate, { teamId, needs }: Reserve): boolean =>
  teamIds.includes(teamId) && lacking(needs, skills, day).length === 0;
const isReady = (one: Candidate, reserve: Reserve): boolean => isAble(one, reserve) && !one.hasDeferred && one.units + reserve.units <= 100;

/** Said once more, of what came out: who is to be kept from a piece of work, because too few would stay free without them. */
const isKept = (
  one: Candidate,
  work: Waiting,
  all: readonly Candidate[],
  chosen: readonly Choice[],
  reserves: readonly Reserve[],
  isHelp: boolean,
): boolean =>
  (isHelp || (!work.isLive && !work.isPressing)) &&
  reserves.some(
    (reserve) =>
      isAble(one, reserve) &&
      (isHelp || reserve.queueId !== work.queueId) &&
      all.filter((each) => each !== one && isReady(each, reserve) && !chosen.some(({ personId }) => personId === each.personId)).length <
        reserve.people,
  );
