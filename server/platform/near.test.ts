import { expect, it } from 'vitest';
import { nearNames } from './near.ts';

it('finds what a slip of the pen meant, and nothing for what means nothing', () => {
  const known = ['--demo', '--live', 'cases.opened', 'cases.closed', 'customers.created'];
  expect(nearNames('--dmeo', known)).toEqual(['--demo']);
  expect(nearNames('case.opened', known)).toEqual(['cases.opened']);
  expect(nearNames('customers', known)).toEqual(['customers.created']);
  expect(nearNames('nosuch', known)).toEqual([]);
  expect(nearNames('', known)).toEqual([]);
});
