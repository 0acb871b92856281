import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { SkillNeed } from '../../../../contract/routing.ts';
import type { HeldSkill } from '../../workspace/index.ts';
import { type Candidate, choose, isEligible, type Waiting } from './choose.ts';

const day = '2026-11-29';
const skillId = fc.constantFrom('english', 'law');
const level = fc.integer({ min: 1, max: 3 });
const team = fc.constantFrom('north', 'south');
const person = fc.constantFrom('ada', 'ben', 'cem', 'dora', 'eva');
const someone: fc.Arbitrary<Candidate> = fc.record({
  personId: person,
  teamIds: fc.uniqueArray(team),
  skills: fc.uniqueArray(fc.record({ skillId, level, validTo: fc.option(fc.constantFrom('2026-11-28', day)) }), {
    selector: (one) => one.skillId,
  }),
  units: fc.constantFrom(0, 25, 50, 75, 100),
  withoutSince: fc.integer({ min: 0, max: 3 }),
});
const people = fc.uniqueArray(someone, { selector: (one) => one.personId });
const waiting: fc.Arbitrary<Waiting[]> = fc.uniqueArray(
  fc.record({
    conversationId: fc.integer({ min: 0, max: 99 }).map((n) => `c${n}`),
    teamId: fc.option(team),
    needs: fc.uniqueArray(fc.record({ skillId, level }), { selector: (one) => one.skillId }),
    units: fc.constantFrom(20, 25, 33, 50),
    knownTo: fc.option(person),
    wishedFor: fc.option(person),
    servedBy: fc.option(person, { freq: 4 }),
    conflicts: fc.uniqueArray(person, { maxLength: 1 }),
    leftBy: fc.uniqueArray(person, { maxLength: 2 }),
  }),
  { selector: (one) => one.conversationId, maxLength: 8 },
);

describe('giving work out', () => {
  it('knows of a person what they are allowed and able to do and have in hand, and no figure of what they did', () => {
    expectTypeOf<Candidate>().toEqualTypeOf<{
      personId: string;
      teamIds: readonly string[];
      skills: readonly HeldSkill[];
      units: number;
      withoutSince: number;
    }>();
    expectTypeOf<Waiting>().toEqualTypeOf<{
      conversationId: string;
      teamId: string | null;
      needs: readonly SkillNeed[];
      units: number;
      knownTo: string | null;
      wishedFor: string | null;
      servedBy: string | null;
      conflicts: readonly string[];
      leftBy: readonly string[];
    }>();
    expectTypeOf<Parameters<typeof choose>>().toEqualTypeOf<[waiting: readonly Waiting[], candidates: readonly Candidate[], day: string]>();
  });

  it('offers nobody two things, nothing to two people, and only what one may and can do', () => {
    fc.assert(
      fc.property(waiting, people, (waits, all) => {
        const chosen = choose(waits, all, day);
        expect(new Set(chosen.map(({ personId }) => personId)).size).toBe(chosen.length);
        expect(new Set(chosen.map(({ conversationId }) => conversationId)).size).toBe(chosen.length);
        for (const { conversationId, personId } of chosen) {
          const work = waits.find((one) => one.conversationId === conversationId);
          const one = all.find((each) => each.personId === personId);
          expect(work && one && isEligible(one, work, day)).toBe(true);
        }
      }),
    );
  });

  it('passes nobody over: where somebody waits in vain, whoever could do it is offered something that comes before', () => {
    fc.assert(
      fc.property(waiting, people, (waits, all) => {
        const chosen = choose(waits, all, day);
        const placeOf = (id: string) => waits.findIndex(({ conversationId }) => conversationId === id);
        const given = new Map(chosen.map(({ personId, conversationId }) => [personId, placeOf(conversationId)]));
        for (const [place, work] of waits.entries()) {
          if (chosen.some(({ conversationId }) => conversationId === work.conversationId)) continue;
          for (const one of all.filter((each) => isEligible(each, work, day))) expect(given.get(one.personId)).toBeLessThan(place);
        }
      }),
    );
  });

  it('prefers whoever knows the case, then whoever can do least beyond it, then whoever had none for longest, and says which of these it was', () => {
    const of = (personId: string, given: Partial<Candidate> = {}): Candidate => ({
      personId,
      teamIds: ['north'],
      skills: [],
      units: 0,
      withoutSince: 0,
      ...given,
    });
    const work: Waiting = {
      conversationId: 'c',
      teamId: 'north',
      needs: [],
      units: 25,
      knownTo: null,
      wishedFor: null,
      servedBy: null,
      conflicts: [],
      leftBy: [],
    };
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
    expect(first([{ ...ada, units: 76 }, ben])).toEqual(['ben', 'only', 1]);
    expect(first([{ ...ada, units: 75 }], { teamId: 'south' })).toBeUndefined();
  });

  it('is fair: over a week of work that takes as long as chance wants, Jain’s index of what each is offered is at least 0.9', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (size, lengths) => {
        const team = Array.from({ length: size }, (_, n) => ({ id: `p${String(n).padStart(2, '0')}`, freeAt: 0, without: 0, offered: 0 }));
        for (let minute = 0; minute < 2_400; minute += 1) {
          const free = team.filter(({ freeAt }) => freeAt <= minute);
          const waits = Array.from(
            { length: Math.ceil(size / 10) },
            (_, n): Waiting => ({
              conversationId: `${minute} ${n}`,
              teamId: null,
              needs: [],
              units: 100,
              knownTo: null,
              wishedFor: null,
              servedBy: null,
              conflicts: [],
              leftBy: [],
            }),
          );
          const candidates = free.map(({ id, without }) => ({ personId: id, teamIds: [], skills: [], units: 0, withoutSince: without }));
          for (const { personId } of choose(waits, candidates, day)) {
            const one = team.find(({ id }) => id === personId);
            if (!one) continue;
            one.offered += 1;
            one.freeAt = minute + (lengths.next().value ?? 1);
            one.without = one.freeAt;
          }
        }
        expect(jain(team.map(({ offered }) => offered))).toBeGreaterThanOrEqual(0.9);
      }),
      { numRuns: 10 },
    );
    // The vector of the specification.
    expect(jain([10, 12, 8, 10])).toBeCloseTo(0.98039, 5);
  });
});

const jain = (all: readonly number[]): number =>
  all.reduce((sum, one) => sum + one, 0) ** 2 / (all.length * all.reduce((sum, one) => sum + one * one, 0));
