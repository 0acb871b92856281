import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerMoment } from '../../../../contract/cases.ts';
import { dayOf, daysOf } from './days.ts';

const moment = (id: string, at: string, caseId: string | null): CustomerMoment => ({
  id,
  at,
  case: caseId === null ? null : { id: caseId, number: caseId, subject: '' },
  message: null,
  happening: null,
});

test('lines are gathered by the day in Berlin and by concern, in the order they came', () => {
  const moments = [
    moment('5', '2026-11-22T23:30:00.000Z', 'a'),
    moment('4', '2026-11-22T22:30:00.000Z', 'a'),
    moment('3', '2026-11-22T12:00:00.000Z', 'b'),
    moment('2', '2026-11-22T11:00:00.000Z', 'a'),
    moment('1', '2026-11-22T10:00:00.000Z', null),
  ];
  expect(
    daysOf(moments).map(({ day, parts }) => [day, parts.map((part) => [part.kase?.id ?? null, part.moments.map(({ id }) => id)])]),
  ).toEqual([
    ['2026-11-23', [['a', ['5']]]],
    [
      '2026-11-22',
      [
        ['a', ['4']],
        ['b', ['3']],
        ['a', ['2']],
        [null, ['1']],
      ],
    ],
  ]);
});

test('nothing is lost, doubled or put elsewhere', () => {
  const any = fc.record({
    at: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
    kase: fc.constantFrom('a', 'b', null),
  });
  fc.assert(
    fc.property(fc.array(any), (drawn) => {
      const moments = drawn
        .toSorted((a, b) => b.at.getTime() - a.at.getTime())
        .map(({ at, kase }, n) => moment(String(n), at.toISOString(), kase));
      const days = daysOf(moments);
      expect(days.flatMap(({ parts }) => parts.flatMap((part) => part.moments))).toEqual(moments);
      expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
      for (const { day, parts } of days)
        for (const part of parts) for (const one of part.moments) expect([dayOf(one.at), one.case?.id]).toEqual([day, part.kase?.id]);
    }),
  );
});
