import { expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { readBounce } from './bounce.ts';

const bounce = (headers: string, text: string) => readBounce(parseMailSync(Buffer.from(`${headers}\n\n${text}`)));

// The reports of German providers, as they write them.
test.each<[string, string, string, object[]]>([
  [
    'GMX and Web.de',
    'From: GMX Mailer Daemon <mailer-daemon@gmx.de>\nSubject: Mail delivery failed: returning message to sender',
    'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address\nfailed:\n\n"max@example.org":\nSMTP error from remote server after RCPT command:\nhost: mx.example.org\n5.1.1 <max@example.org>... User Unknown\n\n--- The header of the original message is following. ---\n\nReceived: from x\nMessage-ID: <a@shop.de>\n',
    [{ address: 'max@example.org', reason: 'userunknown', isHard: true, status: '5.1.1' }],
  ],
  [
    'T-Online',
    'From: Mail Delivery System <MAILER-DAEMON@mailin.t-online.de>\nSubject: Undelivered Mail Returned to Sender',
    '|------------------------- Message log follows: -------------------------|\n no valid recipients were found for this message\n|------------------------- Failed addresses follow: ---------------------|\n <max@t-online.de> ... unknown user\n|------------------------- Message text follows: ------------------------|\nReceived: from x\n',
    [{ address: 'max@t-online.de', reason: 'userunknown', isHard: true }],
  ],
  [
    'a full mailbox in German',
    'From: MAILER-DAEMON@example.org\nSubject: Unzustellbar: Ihre Nachricht',
    '<max@example.org>: host mx.example.org[192.0.2.1] said: 552 5.2.2 Das Postfach ist voll (in reply to RCPT TO command)',
    [{ reason: 'mailboxfull', isHard: false, replyCode: '552' }],
  ],
  [
    'a warning',
    'From: MAILER-DAEMON@example.org\nSubject: Delayed Mail (still being retried)',
    '<max@example.org>: connect to mx.example.org[192.0.2.1]:25: Connection timed out',
    [{ reason: 'expired', action: 'delayed', isHard: false }],
  ],
])('%s', (_name, headers, text, expected) => {
  expect(bounce(headers, text)).toMatchObject(expected);
});

test('reads RFC 3464 with the id of the mail that failed', () => {
  const dsn =
    'This is the mail system.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@x.de\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\nFinal-Recipient: rfc822; b@x.de\nAction: delayed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 over quota\n\nFinal-Recipient: rfc822; c@x.de\nAction: delivered\nStatus: 2.0.0\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <orig@shop.de>\nSubject: x\n--b--';
  expect(
    bounce('From: MAILER-DAEMON@x.de\nContent-Type: multipart/report; report-type=delivery-status; boundary=b', `--b\n\n${dsn}`),
  ).toMatchObject([
    { address: 'a@x.de', action: 'failed', reason: 'userunknown', isHard: true, originalMessageId: 'orig@shop.de' },
    { address: 'b@x.de', action: 'delayed', reason: 'mailboxfull', isHard: false },
    { address: 'c@x.de', action: 'delivered', reason: 'delivered', isHard: false },
  ]);
});

test('a customer who writes about a failed delivery is no bounce', () => {
  expect(
    bounce(
      'From: Max <max@example.org>\nSubject: Paket unzustellbar',
      'Mein Paket konnte nicht zugestellt werden. Meine Adresse: max@example.org',
    ),
  ).toBeNull();
});
