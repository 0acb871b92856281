import { expect, test } from 'vitest';
import { textFrom } from './audit-text.ts';

const text = textFrom({ 'a.one': '{{who}} hat {{what}} eingeladen.', 'a.two': 'Der Server hat etwas getan.' });

test('fills the gaps, whatever names hold', () => {
  expect(text.say('a.one', { who: 'Kim $&', what: '{{who}}' })).toBe('Kim $& hat {{who}} eingeladen.');
  expect(text.say('b.new', { who: 'Kim', what: 'Olaf' })).toBe('Kim: b.new (Olaf)');
});

test('offers actions by their words', () => {
  expect(text.choices).toEqual([
    { value: 'a.one', label: '… hat … eingeladen.' },
    { value: 'a.two', label: 'Der Server hat etwas getan.' },
  ]);
});
