import { expect, test } from 'vitest';
import { valuesFor } from './values.ts';

const us = { adviserName: 'Kim Sommer', companyName: 'Hansekontor', origin: 'https://desk.example' };

test.each([
  ['formal', 'Erika Klein', 'Guten Tag Erika Klein', 'Dear Erika Klein'],
  ['neutral', 'Erika Klein', 'Guten Tag Erika Klein', 'Dear Erika Klein'],
  ['informal', 'Erika Klein', 'Hallo Erika', 'Hi Erika'],
  ['none', 'Erika Klein', 'Guten Tag', 'Hello'],
  ['formal', 'erika@example.org', 'Guten Tag', 'Hello'],
  ['informal', 'unknown:0192', 'Guten Tag', 'Hello'],
  ['formal', 'gast-0192ab34cd', 'Guten Tag', 'Hello'],
] as const)('a customer who wants to be addressed as %s and is called %s is greeted', (salutation, customerName, de, en) => {
  expect(valuesFor({ ...us, salutation, customerName }, 'de')['customer.salutation']).toBe(de);
  expect(valuesFor({ ...us, salutation, customerName }, 'en')['customer.salutation']).toBe(en);
});

test.each(['erika@example.org', '+49 40 5550100', 'unknown:0192', ' ', undefined])('%s is no name', (customerName) => {
  expect(valuesFor({ ...us, customerName }, 'de')).not.toHaveProperty('customer.name');
});

test('the accessibility statement is where this installation is', () => {
  expect(valuesFor(us, 'de')['company.accessibility']).toBe('https://desk.example/accessibility');
});

test('what is not known is left out, so that its gap stays', () => {
  expect(Object.keys(valuesFor(us, 'de')).toSorted()).toEqual(['adviser.name', 'company.accessibility', 'company.name', 'date.today']);
});
