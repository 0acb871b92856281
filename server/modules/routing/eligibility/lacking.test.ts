import fc from 'fast-check';
import { expect, expectTypeOf, it } from 'vitest';
import type { HeldSkill } from '../../workspace/index.ts';
import { lacking } from './lacking.ts';

it('is given of a person nothing but skills with level and last day: no figure of what they do can enter', () => {
  expectTypeOf<Parameters<typeof lacking>[1]>().toEqualTypeOf<readonly HeldSkill[]>();
  expectTypeOf<HeldSkill>().toEqualTypeOf<{ skillId: string; level: number; validTo: string | null }>();
  expectTypeOf<Parameters<typeof lacking>>().toEqualTypeOf<
    [needs: readonly { skillId: string; level: number }[], skills: readonly HeldSkill[], day: string]
  >();
});

const skillId = fc.constantFrom('a', 'b', 'c');
const level = fc.integer({ min: 1, max: 3 });
const day = fc.constantFrom('2026-11-28', '2026-11-29', '2026-11-30');
const held = fc.uniqueArray(fc.record({ skillId, level, validTo: fc.option(day) }), { selector: (one) => one.skillId });
const needs = fc.uniqueArray(fc.record({ skillId, level }), { selector: (one) => one.skillId });

it('a higher level, a later last day or one more skill never makes anybody lack more; nobody lacks what nothing takes', () => {
  fc.assert(
    fc.property(needs, held, day, fc.record({ skillId, level, validTo: fc.option(day) }), (wanted, has, today, more) => {
      const lacks = lacking(wanted, has, today).map((need) => need.skillId);
      const better = has.map((one) => ({ ...one, level: 3, validTo: null }));
      const onlyWithout = wanted.filter((need) => !has.some((one) => one.skillId === need.skillId)).map((need) => need.skillId);
      expect(lacking(wanted, better, today).map((need) => need.skillId)).toEqual(onlyWithout);
      expect(lacks).toEqual(expect.arrayContaining(lacking(wanted, [...has, more], today).map((need) => need.skillId)));
      expect(lacking([], has, today)).toEqual([]);
      expect(lacking(wanted, [], today)).toEqual(wanted);
    }),
  );
});
