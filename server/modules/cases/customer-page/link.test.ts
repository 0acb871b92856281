import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSecrets } from '../../../platform/config/secrets.ts';
import { digitsOf } from './codes.ts';
import { readLink, writeLink } from './link.ts';

const secrets = createSecrets('a secret for tests only, thirty-two characters');
const others = createSecrets('another secret for tests, thirty-two characters');
const links = fc.record({
  conversationId: fc.uuid(),
  identityId: fc.uuid(),
  issuedAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
});

it('a link says what it was written for, the same every time, and is an address that no program cuts', () => {
  fc.assert(
    fc.property(links, (link) => {
      const written = writeLink(secrets, link);
      expect(writeLink(secrets, link)).toBe(written);
      expect(readLink(secrets, written)).toEqual(link);
      expect(written).toMatch(/^[\w-]{93}[A-Za-z0-9]$/);
    }),
  );
});

it('a link of which anything was changed, or that another installation signed, is none', () => {
  fc.assert(
    fc.property(links, fc.nat(93), fc.constantFrom(...'AQgwZ9_-b'), (link, at, letter) => {
      const written = writeLink(secrets, link);
      expect(readLink(others, written)).toBeUndefined();
      const changed = written.slice(0, at) + letter + written.slice(at + 1);
      if (changed !== written) expect(readLink(secrets, changed)).toBeUndefined();
      expect(readLink(secrets, written.slice(0, at))).toBeUndefined();
      expect(readLink(secrets, `${written}${letter}`)).toBeUndefined();
    }),
  );
});

it('whatever comes instead of a link is none, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(readLink(secrets, text)).toBeUndefined();
    }),
  );
});

it('a code has eight digits, others with another secret', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(digitsOf(secrets, id)).toMatch(/^\d{8}$/);
    }),
  );
  const ids = Array.from({ length: 200 }, () => crypto.randomUUID());
  expect(new Set(ids.map((id) => digitsOf(secrets, id))).size).toBeGreaterThan(195);
  expect(ids.filter((id) => digitsOf(secrets, id) === digitsOf(others, id)).length).toBeLessThan(2);
});
