import { expect, test } from 'vitest';
import { type BounceReason, newFinding } from '../reasons.ts';
import { decide } from './decide.ts';
import { isHardBounce, statusTable } from './status-codes.ts';

test.each([...statusTable])('%s alone means %s', (status, reason) => {
  expect(decide(newFinding({ recipient: 'a@kunde.test', status, diagnosis: 'sorry', type: 'SMTP' }))).toMatchObject({ reason, status });
});

test.each<[string, BounceReason]>([
  ['5.7.999', 'securityerror'],
  ['4.6.77', 'contenterror'],
  ['2.1.5', 'delivered'],
])('%s, which nobody assigned, means %s', (status, reason) => {
  expect(decide(newFinding({ status, diagnosis: 'sorry', type: 'SMTP' })).reason).toBe(reason);
});

test.each<[boolean, BounceReason, string, string]>([
  [true, 'userunknown', '5.1.1', ''],
  [true, 'userunknown', '4.1.1', '450 no such user'],
  [true, 'hostunknown', '', ''],
  [true, 'hasmoved', '5.1.6', ''],
  [true, 'notaccept', '5.3.2', ''],
  [false, 'notaccept', '4.3.2', ''],
  [false, 'mailboxfull', '5.2.2', ''],
  [false, 'filtered', '5.2.1', ''],
  [false, 'suspend', '5.7.13', ''],
  [false, 'rejected', '5.1.8', ''],
])('dead: %s for %s %s', (isHard, reason, status, diagnosis) => {
  expect(isHardBounce(reason, status, diagnosis)).toBe(isHard);
});
