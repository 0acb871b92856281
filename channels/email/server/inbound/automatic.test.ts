import { expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { classifyAutomatic } from './automatic.ts';

const classify = (headers: string, text = 'Hallo') =>
  classifyAutomatic(parseMailSync(Buffer.from(`${headers}\n\n${text}`)), { ownLoopMark: 'haus-1' });

test.each<[string, string, string, boolean]>([
  ['a person', 'From: max@example.org\nSubject: Frage', 'human', false],
  ['a person who says no to Auto-Submitted', 'From: max@example.org\nAuto-Submitted: no', 'human', false],
  ['a person whose Exchange asks for silence', 'From: max@example.org\nX-Auto-Response-Suppress: DR, OOF, AutoReply', 'human', true],
  ['a sender who takes no replies', 'From: noreply@example.org', 'human', true],
  [
    'Outlook absence',
    'From: max@example.org\nSubject: Automatische Antwort: Ihre Anfrage\nAuto-Submitted: auto-generated\nX-Auto-Response-Suppress: All',
    'auto_reply',
    true,
  ],
  [
    'German absence',
    'From: max@example.org\nSubject: Abwesenheitsnotiz: Ihre Anfrage\nAuto-Submitted: auto-replied',
    'out_of_office',
    true,
  ],
  ['absence without a single header', 'From: max@example.org\nSubject: Out of Office: Your request', 'out_of_office', true],
  [
    'absence as Notes tells it',
    'From: max@example.org\nSubject: AUTO: Klein, Max is out of the office. (returning 05/01)',
    'out_of_office',
    true,
  ],
  ['a person about somebody absent', 'From: max@example.org\nSubject: Mr Klein is out of the office every day', 'human', false],
  ['absence of a phone', 'From: max@example.org\nSubject: AW: Ich bin im Urlaub', 'human', false],
  ['French absence', 'From: max@example.org\nSubject: Absence du bureau : Commande\nAuto-Submitted: auto-replied', 'out_of_office', true],
  ['receipt of another help desk', 'From: support@example.org\nAuto-Submitted: auto-replied\nSubject: [#1] Eingang', 'auto_reply', true],
  ['old vacation programs', 'From: max@example.org\nPrecedence: auto_reply', 'auto_reply', true],
  ['X-Autoreply', 'From: max@example.org\nX-Autoreply: yes', 'auto_reply', true],
  [
    'bounce of a daemon',
    'From: MAILER-DAEMON@example.org\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied',
    'bounce',
    true,
  ],
  ['empty sender', 'Return-Path: <>\nFrom: info@example.org\nSubject: Hallo', 'auto_reply', true],
  ['mailing list', 'From: max@example.org\nList-Id: <liste.example.org>\nList-Post: <mailto:liste@example.org>', 'mailing_list', true],
  ['newsletter', 'From: shop@example.org\nList-Unsubscribe: <https://example.org/aus>', 'bulk', true],
  ['Precedence bulk', 'From: shop@example.org\nPrecedence: bulk', 'bulk', true],
  ['our own mail again', 'From: max@example.org\nX-Nahbar-Loop: haus-1', 'loop', true],
  ['the loop mark of another house', 'From: max@example.org\nX-Nahbar-Loop: haus-2', 'human', false],
  [
    'read receipt',
    'From: max@example.org\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b',
    'read_receipt',
    true,
  ],
  ['complaint', 'From: fbl@example.org\nContent-Type: multipart/report; report-type=feedback-report; boundary=b', 'feedback_report', true],
])('%s', (_name, headers, kind, neverAnswer) => {
  const verdict = classify(headers);
  expect(verdict).toMatchObject({ kind, neverAnswer });
  expect(verdict.evidence.length > 0 || kind === 'human').toBe(true);
});

test('an automatic answer that speaks of a holiday is an absence', () => {
  expect(
    classify(
      'From: max@example.org\nSubject: Automatic reply: x\nAuto-Submitted: auto-replied',
      'Ich bin bis 3. Mai im Urlaub und nicht im Büro.',
    ).kind,
  ).toBe('out_of_office');
});

const encoded = (subject: string) => `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
const utf8 = 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit';

// Without a header of a machine the words must be the subject, not a part of what somebody tells.
test.each([
  ['Im Urlaub bestohlen', 'Guten Tag, mir wurde das Handy gestohlen.'],
  ['Abwesend bei der Lieferung', 'Ich war bei der Lieferung abwesend, wo ist mein Paket?'],
  ['Abwesenheitsnotiz einrichten', 'Wie richte ich eine Abwesenheitsnotiz ein?'],
  ['Automatische Antwort nicht hilfreich', 'Ihre automatische Antwort hat mir nicht geholfen. Bitte rufen Sie an.'],
  ['On holiday order', 'Can I order on holiday?'],
  ['Urlaubsreise stornieren', 'Ich bin im Urlaub krank geworden.'],
  ['Gelesen: Ihr Brief', 'Ich habe Ihren Brief gelesen und bin nicht einverstanden.'],
])('a person who writes "%s"', (subject, text) => {
  expect(classify(`From: max@example.org\nSubject: ${encoded(subject)}\n${utf8}`, text)).toMatchObject({
    kind: 'human',
    neverAnswer: false,
  });
});

test.each([
  ['Abwesenheit Re: Rechnung', 'Danke.'],
  ['Abwesenheitsnotiz', 'Danke.'],
  ['Automatische Antwort: Rechnung 4711', 'Ich bin bis 12.8. nicht im Büro.'],
  ['Im Urlaub bis 3. Mai', 'Danke.'],
  ['Out of office AutoReply: x', 'Thanks.'],
])('a notice without a header: "%s"', (subject, text) => {
  expect(classify(`From: max@example.org\nSubject: ${encoded(subject)}\n${utf8}`, text).kind).toBe('out_of_office');
});

test.each([
  'Ich befinde mich bis zum 5.8. im Urlaub und habe keinen Zugriff auf meine E-Mails.',
  'Guten Tag, ich bin in Elternzeit. Bitte wenden Sie sich an Frau Klein.',
  'Ich bin derzeit nicht erreichbar und ab dem 1.9. wieder für Sie da.',
  "I'm currently away and will be back on Monday.",
  'Je suis en congé.',
  'Ofis dışındayım.',
])('an automatic answer that tells of an absence: "%s"', (text) => {
  expect(classify(`From: max@example.org\nSubject: AW: Rechnung\nAuto-Submitted: auto-replied\n${utf8}`, text).kind).toBe('out_of_office');
  expect(classify(`From: max@example.org\nSubject: AW: Rechnung\nAuto-Submitted: auto-replied\n${utf8}`, 'Wir melden uns.').kind).toBe(
    'auto_reply',
  );
});

test('a receipt of Outlook that lost its parts', () => {
  expect(
    classify(
      `From: max@example.org\nSubject: Gelesen: Rechnung\n${utf8}`,
      'Ihre Nachricht\n\nAn: x\nBetreff: Rechnung\n\nwurde am 1.1.2024 11:00:00 gelesen.',
    ).kind,
  ).toBe('read_receipt');
});
