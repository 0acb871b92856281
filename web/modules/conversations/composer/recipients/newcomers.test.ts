import { expect, test } from 'vitest';
import type { Message } from '../../../../../contract/conversations.ts';
import { messageOf } from '../../testing.ts';
import { everNewIn, lastOfNewcomer, newcomersIn } from './newcomers.ts';

let seq = 0;
const next = (facts: Partial<Message>): Message => {
  seq += 1;
  return messageOf({ id: `m${seq}`, seq, at: new Date(Date.UTC(2026, 10, 22, 9, seq)).toISOString(), ...facts });
};
const as = (address: string) => ({ name: '', address });
const customer = (cc: string[] = []) => next({ cc: cc.map(as) });
const newcomer = (address: string, more: Partial<Message> = {}) => next({ from: as(address), facts: ['stranger'], ...more });
const ours = (to: string[], more: Partial<Message> = {}) => next({ direction: 'out', from: null, to: to.map(as), ...more });

test('who wrote by a token alone is new, whatever else is written, and nobody whom the own mail names', () => {
  const messages = [
    customer(),
    newcomer('Neu@fremd.example', { cc: [as('komplize@fremd.example')] }),
    customer(),
    ours(['erika@example.org']),
  ];
  expect(newcomersIn(messages)).toEqual(['neu@fremd.example']);
  expect(newcomersIn(messages.toReversed())).toEqual(['neu@fremd.example']);
});

test('an answer there or the customer’s word ends it, an answer that was taken back does not', () => {
  const before = [customer(), newcomer('neu@fremd.example')];
  const answered = [...before, ours(['NEU@fremd.example'])];
  expect(newcomersIn(answered)).toEqual([]);
  expect(everNewIn(answered)).toEqual(['neu@fremd.example']);
  expect(newcomersIn([...before, customer(['neu@fremd.example'])])).toEqual([]);
  const cancelled = { state: 'cancelled' as const, at: '2026-11-22T09:00:00.000Z', until: null, problem: null };
  expect(newcomersIn([...before, ours(['neu@fremd.example'], { delivery: cancelled })])).toEqual(['neu@fremd.example']);
  const bcc = ours(['erika@example.org'], { bcc: [as('neu@fremd.example')] });
  expect(newcomersIn([...before, bcc])).toEqual(['neu@fremd.example']);
});

test('the last message is pointed out while it is the last, notes and machines aside', () => {
  const before = customer();
  const neu = newcomer('neu@fremd.example');
  const note = next({ kind: 'note', direction: 'none', visibility: 'internal', author: { kind: 'person', id: 'p', name: 'Kim' } });
  expect(lastOfNewcomer([before, neu, note])).toBe(neu);
  expect(lastOfNewcomer([neu, customer()])).toBeUndefined();
  expect(lastOfNewcomer([newcomer('daemon@fremd.example', { author: { kind: 'system', id: null, name: '' } })])).toBeUndefined();
  expect(lastOfNewcomer([])).toBeUndefined();
});
