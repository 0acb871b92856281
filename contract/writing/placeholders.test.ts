import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillGaps, gapsIn, placeholderNames, placeholders } from './placeholders.ts';

const known = { 'customer.name': 'Erika Klein', 'case.number': 'V-2026-000017-3' } as const;

describe('the gaps of a snippet', () => {
  it.each([
    ['Guten Tag {{kunde.name}},', 'Guten Tag Erika Klein,'],
    ['{{customer.name}} / {{ Kunde.Name }}', 'Erika Klein / Erika Klein'],
    ['Ihr Vorgang {{vorgang.nummer}}: {{vorgang.betreff}}', 'Ihr Vorgang V-2026-000017-3: {{vorgang.betreff}}'],
    ['{{kunde.schuhgröße}} bleibt', '{{kunde.schuhgröße}} bleibt'],
    ['{ {kunde.name} } {{}} {{ }} {{kunde.name', '{ {kunde.name} } {{}} {{ }} {{kunde.name'],
  ])('"%s" becomes "%s"', (text, filled) => expect(fillGaps(text, known)).toBe(filled));

  it('keep what nobody can fill, wherever it stands', () => {
    expect(gapsIn('a {{kunde.anrede}} b {{nichts}}')).toEqual([
      { from: 2, written: '{{kunde.anrede}}', placeholder: 'customer.salutation' },
      { from: 21, written: '{{nichts}}', placeholder: undefined },
    ]);
  });

  it('have one meaning each, in both languages', () => {
    const names = placeholders.flatMap((one) => [...new Set(Object.values(placeholderNames[one]))]);
    expect(names.length).toBe(new Set(names).size);
    for (const one of placeholders)
      for (const name of Object.values(placeholderNames[one])) expect(gapsIn(`{{${name}}}`)[0]?.placeholder).toBe(one);
  });

  it('hold whatever a customer is called: what is put in is not read again, and the rest stays letter by letter', () => {
    const name = fc.oneof(fc.string({ minLength: 1 }), fc.constant('{{kunde.name}}'), fc.constant('$& {{vorgang.nummer}}'));
    fc.assert(
      fc.property(name, fc.string(), fc.string(), (called, before, after) => {
        fc.pre(gapsIn(`${before}{{kunde.name}}${after}`).length === 1);
        expect(fillGaps(`${before}{{kunde.name}}${after}`, { 'customer.name': called })).toBe(before + called + after);
      }),
    );
  });
});
