import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flow } from '../outbound/compose.ts';
import { foldQuote } from './trim-html.ts';
import { splitReply } from './trim.ts';

// Below our answers stands a link to the customer's own page. What a customer answers comes with it, however their program quotes: none of it is what they wrote.

const url = `https://service.shop.de/my#${'Ab3_x-9Qz'.repeat(10)}Kd4c`;
const lines: [string, string][] = [
  ['de', 'Stand Ihres Anliegens ansehen oder etwas ergänzen:'],
  ['en', 'See where your request stands, or add something:'],
];
const signatures: [string, string][] = [
  ['a signature', 'Ihr Shop\nTelefon 040 1'],
  ['none', ''],
  ['a long one', Array.from({ length: 12 }, (_, n) => `Pflichtangabe ${n + 1}`).join('\n')],
];

/** Our answer as it left, soft line breaks and all. */
const ours = (words: string, signature: string): string =>
  flow(`Guten Tag, das Paket ist unterwegs.\n\n-- \n${[signature, `${words}\n${url}`].filter(Boolean).join('\n\n')}`);
const quoted = (text: string): string => text.replace(/^/gm, '> ');

const clients: [string, (text: string) => string][] = [
  ['Gmail', (text) => `Danke!\n\nAm Di., 3. Feb. 2026 um 15:35 Uhr schrieb Shop <service@shop.de>:\n\n${quoted(text)}`],
  [
    'Thunderbird, without the signature',
    (text) => `Danke!\n\nAm 03.02.26 um 15:35 schrieb Shop:\n${quoted(text.split('\n-- \n')[0] ?? '')}`,
  ],
  [
    'iPhone',
    (text) => `Danke!\n\nVon meinem iPhone gesendet\n\n> Am 03.02.2026 um 15:35 schrieb Shop <service@shop.de>:\n> \n${quoted(text)}`,
  ],
  [
    'Outlook, unmarked',
    (text) => `Danke!\n\nVon: Shop <service@shop.de>\nGesendet: Dienstag, 3. Februar 2026 15:35\nAn: Max\nBetreff: Frage\n\n${text}`,
  ],
  [
    'GMX',
    (text) =>
      `Danke!\n\nGesendet: Dienstag, 03. Februar 2026 um 15:35 Uhr\nVon: "Shop" <service@shop.de>\nAn: max@gmx.de\nBetreff: Frage\n${text}`,
  ],
  ['a phone, unmarked', (text) => `Danke!\n\nAm 03.02.2026 15:35 schrieb Shop <service@shop.de>:\n\n${text}`],
  ['answered below', (text) => `Am 03.02.26 um 15:35 schrieb Shop:\n${quoted(text)}\n\nDanke!`],
  [
    'quoted twice',
    (text) => `Danke!\n\nAm 04.02.26 um 9:00 schrieb Max:\n${quoted(`Und?\n\nAm 03.02.26 um 15:35 schrieb Shop:\n${quoted(text)}`)}`,
  ],
];

describe.each(lines)('the link in an answer (%s)', (_language, words) => {
  describe.each(signatures)('below %s', (_name, signature) => {
    test.each(clients)('is cut from what comes back: %s', (_client, quote) => {
      const { fresh } = splitReply(quote(ours(words, signature)));
      expect(fresh).toBe('Danke!');
    });
  });
});

test('whatever is written above it stays, and the link never does', () => {
  const text = fc.stringMatching(/^[A-Za-zäöüß ,.]{3,60}[a-z]$/).filter((line) => line.trim().length > 3);
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...clients.slice(0, 6)),
      fc.constantFrom(...lines),
      (own, [, quote], [, words]) => {
        const mail = quote(ours(words, 'Ihr Shop')).replace('Danke!', own.join('\n'));
        expect(splitReply(mail).fresh).not.toContain('/my#');
      },
    ),
  );
});

test('is folded in the sender’s layout', () => {
  const html = `<p>Danke!</p><div class="gmail_quote"><div>Am Di., 3. Feb. 2026 schrieb Shop:</div><blockquote><p>Guten Tag</p><p>Stand:<br><a href="${url}">${url}</a></p></blockquote></div>`;
  const { fresh, quoted: folded } = foldQuote(html, 'Danke!');
  expect(fresh).toContain('Danke!');
  expect(fresh).not.toContain('/my#');
  expect(folded).toContain('/my#');
});
