import { expect, test } from 'vitest';
import type { Consent } from '../../../../contract/customers.ts';
import { lastTextVersion, standing } from './purposes.ts';

const said = (n: number, purpose: string, state: Consent['state'], textVersion: string): Consent => ({
  id: String(n),
  customerId: 'c',
  purpose,
  state,
  at: `2026-03-0${n}T08:00:00.000Z`,
  channel: 'phone',
  textVersion,
  evidence: null,
  byPersonId: null,
});
const history = [
  said(4, 'survey', 'withdrawn', 'none'),
  said(3, 'marketing:mail', 'withdrawn', '2026-03'),
  said(2, 'survey', 'given', '7'),
  said(1, 'marketing:mail', 'given', '2026-02'),
];

test('what was said last about a purpose holds', () => {
  expect(standing(history).map(({ id }) => id)).toEqual(['4', '3']);
  expect(standing([])).toEqual([]);
});

test('the text of a purpose is the last one anybody named', () => {
  expect(['survey', 'marketing:mail', 'recording'].map((purpose) => lastTextVersion(history, purpose))).toEqual(['7', '2026-03', '']);
});
