import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseNumber, caseNumbersIn, readCaseNumber } from './number.ts';

const running = fc.integer({ min: 0, max: 30_000_000 });
const digitsOf = (number: string) => number.replaceAll('-', '').split('');
const spaced = (digits: string[]) => `${digits.slice(0, 2).join('')}-${digits.slice(2, -1).join('')}-${digits.at(-1)}`;

test('looks like something one can say', () => {
  expect(caseNumber(0, 2026)).toMatch(/^26-48213-\d$/);
  expect(caseNumber(1, 2026)).not.toContain('48214');
});

test('every running number gets its own', () => {
  const seen = new Set(Array.from({ length: 120_000 }, (_, n) => caseNumber(n, 2026)));
  expect(seen.size).toBe(120_000);
  fc.assert(fc.property(running, running, (a, b) => a === b || caseNumber(a, 2026) !== caseNumber(b, 2026)));
});

test('is found again however it is written', () => {
  fc.assert(
    fc.property(running, fc.constantFrom('-', ' ', '', '/', '.'), fc.constantFrom('', '#', 'Nr. '), (n, separator, before) => {
      const number = caseNumber(n, 2026);
      expect(readCaseNumber(`${before}${number.replaceAll('-', separator)} `)).toEqual({ number });
      expect(caseNumbersIn(`AW: Ihr Anliegen [${number}] vom Montag`)).toEqual([number]);
    }),
  );
});

test('one wrong digit or two swapped neighbours are found out', () => {
  fc.assert(
    fc.property(running, fc.nat(), fc.integer({ min: 1, max: 9 }), (n, at, shift) => {
      const digits = digitsOf(caseNumber(n, 2026));
      const place = at % digits.length;
      const wrong = digits.with(place, String((Number(digits[place]) + shift) % 10));
      expect(readCaseNumber(spaced(wrong))).toBe('mistyped');
      const next = (place + 1) % digits.length;
      if (next === 0 || digits[place] === digits[next]) return;
      expect(readCaseNumber(spaced(digits.with(place, digits[next] ?? '').with(next, digits[place] ?? '')))).toBe('mistyped');
    }),
  );
});

test('other things are no numbers of ours', () => {
  for (const text of ['Laptop', '12', '123456789012345', 'Bestellung 4711', '']) expect(readCaseNumber(text)).toBeUndefined();
  expect(caseNumbersIn('Telefon 0341-123456-7, Bestellung 26-48213')).toEqual([]);
});
