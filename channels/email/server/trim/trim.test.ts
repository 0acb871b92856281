import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitReply } from './trim.ts';

test.each<[string, string, string]>([
  [
    'Outlook (German)',
    'Danke!\n\nVon: Shop <service@shop.de>\nGesendet: Dienstag, 3. Februar 2026 15:35\nAn: Max\nBetreff: Frage\n\nalt',
    'Danke!',
  ],
  [
    'Outlook with underscores',
    'Danke!\n________________________________\nVon: Shop <service@shop.de>\nGesendet: Dienstag\nBetreff: x\n\nalt',
    'Danke!',
  ],
  ['old Outlook', 'Danke!\n\n-----Ursprüngliche Nachricht-----\nVon: Shop\nGesendet: x\n\nalt', 'Danke!'],
  [
    'GMX',
    'Danke!\n\nGesendet: Dienstag, 03. Februar 2026 um 15:35 Uhr\nVon: "Shop" <service@shop.de>\nAn: max@gmx.de\nBetreff: Frage\nalt',
    'Danke!',
  ],
  [
    'GMX app',
    'Danke!\n--\nDiese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.\nAm 03.02.26, 15:35 schrieb Shop <service@shop.de>:\n> alt',
    'Danke!',
  ],
  ['iPhone', 'Danke!\n\nVon meinem iPhone gesendet\n\n> Am 03.02.2026 um 15:35 schrieb Shop <service@shop.de>:\n> \n> alt', 'Danke!'],
  ['Gmail (German)', 'Danke!\n\nAm Di., 3. Feb. 2026 um 15:35 Uhr schrieb Shop Kundenservice <\nservice@shop.de>:\n\n> alt', 'Danke!'],
  ['Gmail, new form', 'Danke!\n\nShop <service@shop.de> schrieb am Di., 3. Feb. 2026, 15:35:\n\n> alt', 'Danke!'],
  ['Thunderbird', 'Danke!\n\nAm 03.02.26 um 15:35 schrieb Shop:\n> alt\n', 'Danke!'],
  [
    'T-Online',
    'Danke!\n\n-----Original-Nachricht-----\nBetreff: x\nDatum: 2026-02-03T15:35:00+0100\nVon: "Shop" <service@shop.de>\nAn: "max@t-online.de" <max@t-online.de>\n\nalt',
    'Danke!',
  ],
  [
    'Samsung',
    'Danke!\nVon meinem Samsung Galaxy Smartphone gesendet.\n\n-------- Ursprüngliche Nachricht --------\nVon: Shop <service@shop.de>\nDatum: 03.02.26 15:35 (GMT+01:00)\nAn: max\nBetreff: x\n\nalt',
    'Danke!',
  ],
  ['an answer below the quote', 'Am 03.02.26 um 15:35 schrieb Shop:\n> Welche Größe?\n\nGröße 42.', 'Größe 42.'],
  [
    'a greeting above, the answer below',
    'Hallo,\n\nAm 03.02.26 um 15:35 schrieb Shop:\n> Welche Größe?\n\nGröße 42.',
    'Hallo,\n\nGröße 42.',
  ],
  [
    'answers between the lines',
    'Am 03.02.26 um 15:35 schrieb Shop:\n> Welche Größe?\n42\n> Welche Farbe?\nBlau\n> Gruß',
    '> Welche Größe?\n42\n> Welche Farbe?\nBlau',
  ],
  ["a customer's own list with colons", 'Fahrt\nVon: Köln\nAn: Bonn\nDatum: 3.4.', 'Fahrt\nVon: Köln\nAn: Bonn\nDatum: 3.4.'],
  [
    'a sentence that ends in a colon',
    'Am 3. Februar 2026 habe ich bestellt:\neine Hose',
    'Am 3. Februar 2026 habe ich bestellt:\neine Hose',
  ],
  [
    'the writer quoting himself',
    'Am 3. Februar 2026 schrieb ich Ihnen:\nBitte liefern.',
    'Am 3. Februar 2026 schrieb ich Ihnen:\nBitte liefern.',
  ],
  ['a name alone above a quote', 'Danke!\n\nMax Muster schrieb:\n> alt', 'Danke!'],
  ['a name alone above a text', 'Meine Frau schrieb:\nAlles gut.', 'Meine Frau schrieb:\nAlles gut.'],
  ['a sentence about a phone', 'Von meinem iPhone gesendet wurde nichts.', 'Von meinem iPhone gesendet wurde nichts.'],
])('%s', (_name, text, fresh) => {
  const split = splitReply(text);
  expect(split.fresh).toBe(fresh);
});

test('a forward keeps its three pieces', () => {
  expect(
    splitReply('Zur Info\n\n---------- Forwarded message ---------\nVon: A <a@x.de>\nDate: x\nSubject: y\nTo: b\n\nInhalt').forwarded,
  ).toEqual({
    before: 'Zur Info',
    headers: 'Von: A <a@x.de>\nDate: x\nSubject: y\nTo: b',
    embedded: 'Von: A <a@x.de>\nDate: x\nSubject: y\nTo: b\n\nInhalt',
  });
});

test('every line ends up in exactly one piece', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '',
      '> Zitat',
      '--',
      '-- ',
      'Danke!',
      'Am 03.02.26 um 15:35 schrieb Shop:',
      'Von: A <a@x.de>',
      'Gesendet: heute 3.4.',
      'Betreff: x',
      'An: b',
      '-----Ursprüngliche Nachricht-----',
      'Von meinem iPhone gesendet',
      '_____',
      '>> tief',
      '```',
      'Hallo,',
    ),
    fc.string({ maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      const text = lines.join('\n').replace(/[\r\n]+/g, '\n');
      const split = splitReply(text);
      const sorted = (s: string) =>
        s
          .split('\n')
          .map((l) => l.trim())
          .filter(Boolean)
          .sort();
      expect(sorted([split.fresh, split.quoted, split.signature ?? ''].join('\n'))).toEqual(sorted(text));
      expect(sorted([split.fresh, split.elided].join('\n'))).toEqual(sorted(text));
    }),
    { numRuns: 500 },
  );
});

test('a long mail is split in time', () => {
  const started = performance.now();
  splitReply('Am 3. Februar 2026 schrieb ich einen langen Text ohne Ende:\n'.repeat(20_000));
  splitReply('>'.repeat(200_000));
  splitReply(`${'a '.repeat(200_000)}:`);
  // Quadratic work would take minutes; a loaded machine takes seconds.
  expect(performance.now() - started).toBeLessThan(20_000);
});
