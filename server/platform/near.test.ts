import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, nearNames } from './near.ts';

it('finds what a slip of the pen meant, and nothing for what means nothing', () => {
  const known = ['--demo', '--live', 'cases.opened', 'cases.closed', 'customers.created'];
  expect(nearNames('--dmeo', known)).toEqual(['--demo']);
  expect(nearNames('case.opened', known)).toEqual(['cases.opened']);
  expect(nearNames('customers', known)).toEqual(['customers.created']);
  expect(nearNames('nosuch', known)).toEqual([]);
  expect(nearNames('', known)).toEqual([]);
});

describe('how many letters two words differ by', () => {
  it.each([
    ['lieferung', 'lieferung', 0],
    ['lieferung', 'lifeerung', 1],
    ['lieferung', 'liferung', 1],
    ['lieferung', 'lieferrung', 1],
    ['lieferung', 'oieferumg', 2],
    ['lieferung', 'rechnung', 5],
  ])('%s and %s: %i', (a, b, expected) => expect(distance(a, b)).toBe(expected));

  it('is the same both ways, and no more than the longer one has letters', () => {
    const word = fc.stringMatching(/^[a-d]{0,8}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
