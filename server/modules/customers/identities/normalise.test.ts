import { describe, expect, it } from 'vitest';
import { claimedName, normaliseIdentity } from './normalise.ts';

describe('an identity', () => {
  it.each([
    ['mail', 'Erika.Klein@Post.Example', 'erika.klein@post.example'],
    ['mail', ' erika+shop@post.example. ', 'erika+shop@post.example'],
    ['mail', 'info@müller.example', 'info@xn--mller-kva.example'],
    ['mail', 'ERIKA@MÜLLER.example', 'erika@xn--mller-kva.example'],
    ['mail', 'nobody', null],
    ['mail', 'a b@post.example', null],
    ['mail', 'a@b@post.example', 'a@b@post.example'],
    ['mail', 'a@post..example', null],
    ['phone', '0341 / 12 34-56', '+49341123456'],
    ['phone', '+43 1 5880 5880', '+43158805880'],
    ['phone', '0049 (0)171 1234567', '+491711234567'],
    ['phone', 'anonymous', null],
    ['customer_number', 'k-10 01', 'K1001'],
    ['handle', 'bluesky:did:plc:ABC', 'bluesky:did:plc:abc'],
    ['postal', 'Lindenstr. 5,\n04103  Leipzig', null],
    ['postal', 'Lindenstr. 5, 04103  Leipzig', 'lindenstr. 5 04103 leipzig'],
  ] as const)('of kind %s written as %j is compared as %j', (kind, written, value) => {
    expect(normaliseIdentity(kind, written)).toBe(value);
  });

  it.each([
    ['"Klein, Erika"', 'Klein, Erika'],
    ['service@bank.example', ''],
    ['Erika\u0000\u202eKlein\r\nBcc: x', 'Erika Klein Bcc: x'],
    ['   ', ''],
    // Whole, however long a company is called; a flood ends with a word.
    [
      'Autohaus Meier & Söhne Gesellschaft mit beschränkter Haftung und Compagnie Kommanditgesellschaft, Zweigniederlassung Leipzig-Plagwitz',
      'Autohaus Meier & Söhne Gesellschaft mit beschränkter Haftung und Compagnie Kommanditgesellschaft, Zweigniederlassung Leipzig-Plagwitz',
    ],
    [`${'lang '.repeat(39)}Gesellschaft`, 'lang '.repeat(39).trim()],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('carries the name %j as %j', (written, name) => {
    expect(claimedName(written)).toBe(name);
  });
});
