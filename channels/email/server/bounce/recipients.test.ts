import { expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { readBounce } from './bounce.ts';

const block = (address: string, status: string, diagnosis: string) =>
  `Final-Recipient: rfc822; ${address}\nAction: failed\nStatus: ${status}\nDiagnostic-Code: smtp; ${diagnosis}\n`;

function read(headers: string, text: string, fields: string) {
  const raw = `${headers}MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n${text}\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.shop.test\n\n${fields}\n\n--b\nContent-Type: message/rfc822\n\nFrom: wir@shop.test\nTo: klein@kunde.test\nSubject: x\n\nHallo\n--b--\n`;
  return (readBounce(parseMailSync(Buffer.from(raw))) ?? []).map(({ address, reason, isHard }) => [address, reason, isHard]);
}

const dead = ['klein@kunde.test', 'userunknown', true];
const full = ['gross@kunde.test', 'mailboxfull', false];
const fields = `${block('klein@kunde.test', '5.1.1', '550 5.1.1 User unknown')}\n${block('gross@kunde.test', '5.2.2', '552 5.2.2 Mailbox full')}`;

test('Exim: the fields come back to everybody the text has named', () => {
  const headers =
    'From: Mail Delivery System <Mailer-Daemon@mail.shop.test>\nSubject: Mail delivery failed: returning message to sender\nMessage-Id: <E1abcd1-0001Ab-CD@mail.shop.test>\n';
  const text = (second: string) =>
    `This message was created automatically by mail delivery software.\n\nThe following address(es) failed:\n\n  klein@kunde.test\n    SMTP error from remote mail server after RCPT TO:<klein@kunde.test>:\n    550 5.1.1 User unknown\n  gross@kunde.test\n    ${second}`;
  expect(read(headers, text('552 5.2.2 Mailbox full'), fields)).toEqual([dead, full]);
  // Of the second its own text tells, not the answer about the first.
  const told = `${block('klein@kunde.test', '5.0.0', '550 5.1.1 User unknown')}\nFinal-Recipient: rfc822; gross@kunde.test\nAction: failed\nStatus: 5.0.0\n`;
  expect(read(headers, text('Unrouteable address'), told)).toEqual([dead, ['gross@kunde.test', 'hostunknown', true]]);
});

const notFound = '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient klein@kunde.test not found by SMTP address lookup';

// "Undeliverable" as Outlook says it, and the mark that Exchange leaves empty.
test.each([
  'Undeliverable:',
  'Unzustellbar:',
  'Non remis :',
  'No se puede entregar:',
  'Non recapitabile:',
  'Niedostarczone:',
  'Teslim edilemedi:',
])('Microsoft 365: "%s"', (subject) => {
  const headers = `From: postmaster@shop.onmicrosoft.test\nSubject: ${subject} x\nX-MS-Exchange-Message-Is-Ndr:\n`;
  expect(read(headers, 'klein wurde unter kunde.test nicht gefunden.', block('klein@kunde.test', '5.1.10', notFound))).toEqual([dead]);
});

test('Microsoft 365: an address refused at the edge is unknown, a refused relay is not', () => {
  const headers = 'From: postmaster@shop.onmicrosoft.test\nSubject: Unzustellbar: x\nX-MS-Exchange-Message-Is-Ndr:\n';
  const refused = (words: string) => read(headers, 'Nicht zugestellt.', block('klein@kunde.test', '5.4.1', `550 5.4.1 ${words}`));
  expect(refused('Recipient address rejected: Access denied. [AM7EUR03FT012.eop-EUR03.prod.protection.outlook.com]')).toEqual([dead]);
  expect(refused('Relay Access Denied')).toEqual([['klein@kunde.test', 'norelaying', false]]);
});

test('Exchange is known by its words behind any system', () => {
  const headers = 'From: MAILER-DAEMON@mail.shop.test\nSubject: Returned to you\n';
  expect(read(headers, 'Sorry.', block('klein@kunde.test', '5.1.10', notFound))).toEqual([dead]);
  // For everybody else 5.1.10 is a domain without mail (RFC 7505).
  expect(read(headers, 'Sorry.', block('klein@kunde.test', '5.1.10', '556 5.1.10 no'))).toEqual([['klein@kunde.test', 'notaccept', true]]);
});

test.each(['[EXTERN] ', '[External] ', 'EXT: ', '*EXTERN* '])('the mark "%s" before a subject is not the subject', (mark) => {
  const headers = `From: Mail Delivery Subsystem <MAILER-DAEMON@mail.shop.test>\nSubject: ${mark}Warning: could not send message for past 4 hours\n`;
  const raw = `${headers}\nThe original message was received\n\n   ----- Transcript of session follows -----\nFinal-Recipient: RFC822; klein@kunde.test\nAction: delayed\nStatus: 4.4.1\n`;
  expect(readBounce(parseMailSync(Buffer.from(raw)))).toMatchObject([{ address: 'klein@kunde.test', reason: 'expired' }]);
});

const plain = 'From: postmaster@mail.shop.test\nSubject: Not delivered\n';

test('RFC 3464: the text tells why where the fields do not', () => {
  const silent = block('klein@kunde.test', '5.0.0', '554 Rejected');
  const excuse = 'Your message was not delivered: the mailbox of the recipient is full.';
  expect(read(plain, excuse, silent)).toEqual([['klein@kunde.test', 'mailboxfull', false]]);
  // What the server said counts more than what every report says.
  expect(read(plain, excuse, block('klein@kunde.test', '5.0.0', '554 Virus detected'))).toEqual([
    ['klein@kunde.test', 'virusdetected', false],
  ]);
  // Of two, nobody knows whom it means.
  const two = `${silent}\n${block('gross@kunde.test', '5.0.0', '554 Rejected')}`;
  expect(read(plain, excuse, two)).toEqual([
    ['klein@kunde.test', 'onhold', false],
    ['gross@kunde.test', 'onhold', false],
  ]);
});

test.each(['"anna....meier"@kunde.test', '<"anna....meier"@kunde.test>'])(
  'RFC 3464: the recipient %s, with dots only quotes allow',
  (address) => {
    const said = '550 5.1.1 <"anna....meier"@kunde.test>... User unknown';
    expect(read(plain, 'Sorry.', block(address, '5.1.1', said))).toEqual([['"anna....meier"@kunde.test', 'userunknown', true]]);
  },
);
