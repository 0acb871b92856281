import { expect, test } from 'vitest';
import { classifyAutomatic } from './automatic.ts';
import { parseMailSync } from './parse.ts';

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
