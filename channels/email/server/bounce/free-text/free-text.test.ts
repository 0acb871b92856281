import { expect, test } from 'vitest';
import { parseMailSync } from '../../parse.ts';
import { readBounce } from '../bounce.ts';

const encoded = (text: string) => ([...text].some((char) => char > '~') ? `=?utf-8?B?${Buffer.from(text).toString('base64')}?=` : text);

function read(from: string, subject: string, text: string) {
  const head = `From: ${from}\nTo: wir@shop.test\nSubject: ${encoded(subject)}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n`;
  return readBounce(parseMailSync(Buffer.from(`${head}\n${text}`)));
}

// Reports of systems without fields and without a form of their own in bounce/formats.
test.each<[string, string, string, string, string]>([
  [
    'the reason above the address (Post.Office)',
    'Mail Administrator <Postmaster@mail.test>',
    'Mail System Error - Returned Mail',
    'This Message was undeliverable due to the following reason:\n\nThe user(s) account is temporarily over quota.\n\n<klein@kunde.test>\n\nPlease reply to Postmaster@mail.test\nif you feel this message to be in error.\n',
    'mailboxfull',
  ],
  [
    'recipient and reason as fields (Post.Office)',
    'Mail Administrator <Postmaster@mail.test>',
    'Mail System Error - Returned Mail',
    'This Message was undeliverable due to the following reason:\n\nEach of the following recipients was rejected by a remote mail server.\n\n    Recipient: <klein@kunde.test>\n    Reason:    5.1.1 <klein@kunde.test>... User unknown\n',
    'userunknown',
  ],
  [
    'CommuniGate Pro, another server',
    'postmaster@mail.test',
    'Delivery failure',
    "Failed to deliver to 'klein@kunde.test'\nSMTP module(domain kunde.test) reports:\n host mx.kunde.test says:\n 550 5.1.1 unknown or illegal user: klein@kunde.test\n",
    'userunknown',
  ],
  [
    'CommuniGate Pro, its own mailbox',
    'postmaster@mail.test',
    'Undelivered message',
    "Failed to deliver to 'klein@kunde.test'\nLOCAL module(account klein) reports:\n account is full (quota exceeded)\n",
    'mailboxfull',
  ],
  [
    'GroupWise',
    'Mailer-Daemon@groupwise.test',
    'Message status - undeliverable',
    'The message that you sent was undeliverable to the following:\n\tklein@kunde.test (user not found)\n\nPossibly truncated original message follows:\n',
    'userunknown',
  ],
  [
    'MDaemon',
    'MDaemon at mail.test <MDaemon@mail.test>',
    'MDaemon Notification -- Delivery failed',
    'The attached message had PERMANENT fatal delivery errors!\n\nFailed address: klein@kunde.test\n\n --- Session Transcript ---\n ... 550 5.1.1 <klein@kunde.test>: Recipient address rejected: User unknown\n --- End Transcript ---\n',
    'userunknown',
  ],
  [
    'a processed list with codes',
    'Mail Delivery Service <mailadm@mail.test>',
    'Delivery Status Notification',
    '- These recipients of your message have been processed by the mail server:\nklein@kunde.test; Failed; 5.1.1 (bad destination mailbox address)\n',
    'userunknown',
  ],
  [
    'Outlook in German',
    'postmaster@mail.test',
    'Unzustellbar: Angebot',
    'Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.\n\n      Betreff:\tAngebot\n      Gesendet am:\t01.01.2015 10:00\n\nFolgende(r) Empfänger kann/können nicht erreicht werden:\n\n      klein@kunde.test am 01.01.2015 10:00\n            Das E-Mail-Konto ist in der Organisation, an die diese Nachricht gesendet wurde, nicht vorhanden.\n            <mail.test #5.1.1>\n',
    'userunknown',
  ],
  [
    'a full mailbox in German, with words for fields',
    'Postmaster <postmaster@mail.test>',
    'Ihre E-Mail ist unzustellbar',
    'Ihre E-Mail konnte nicht zugestellt werden.\n\nEmpfänger: klein@kunde.test\nGrund: Postfach voll\n',
    'mailboxfull',
  ],
  [
    'the address in the middle of a sentence',
    'MAILER-DAEMON@mail.test',
    'Mail Delivery Failure',
    'Sorry, your mail for our customer klein@kunde.test could not be delivered.\nThe mailbox is full.\n',
    'mailboxfull',
  ],
  [
    'a warning of Sendmail without fields',
    'Mail Delivery Subsystem <MAILER-DAEMON@mail.test>',
    'Warning: could not send message for past 4 hours',
    '    **      THIS IS A WARNING MESSAGE ONLY      **\n\n   ----- The following addresses had transient non-fatal errors -----\n<klein@kunde.test>\n\n   ----- Transcript of session follows -----\n<klein@kunde.test>... Deferred: Connection timed out with mx.kunde.test.\nWarning: message still undelivered after 4 hours\n',
    'expired',
  ],
  [
    'a daemon that says no more than that nobody is there',
    'MDaemon@mail.test',
    'Warning: klein@kunde.test - User unknown!',
    'klein@kunde.test - no such user here.\n\nThere is no user by that name at this server.\n',
    'userunknown',
  ],
  [
    'a reason above several addresses without one',
    'Mail Administrator <Postmaster@mail.test>',
    'Mail System Error - Returned Mail',
    'This Message was undeliverable due to the following reason:\n\nYour message was not delivered within 2 days.\nHost kunde.test is not responding.\n\nThe following recipients did not receive your message:\n\n     <klein@kunde.test>\n',
    'expired',
  ],
  [
    'a full mailbox below an address in quotes',
    '<Postmaster\\@mail.test@relay.test>',
    'Mail Delivery Warning',
    'Delivery of email to this address\n"klein@kunde.test"\nhas been postponed due to a full mailbox.\nWe will continue to try to deliver your message.\n',
    'mailboxfull',
  ],
  [
    'Yahoo, whose address stands among the fields of the mail',
    'MAILER-DAEMON@yahoo.test',
    '',
    "I'm afraid I wasn't able to deliver the following message.\nThis is a permanent error; I've given up. User unknown.\n\nSubject: Angebot\nTo: klein@kunde.test\n\n---Below this line is a copy of the message.\n",
    'userunknown',
  ],
  [
    'MailEnable, with the kind of address before it',
    'Postmaster <postmaster@mail.test>',
    'Message Delivery Failure',
    'Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\n[SMTP:klein@kunde.test]\n550 no such user\n',
    'userunknown',
  ],
  [
    'a heading for the addresses that failed',
    'SMTP_Mail_Service@mail.test',
    'Returned Mail - Error During Delivery',
    '------ Failed Recipients ------\n\n<klein@kunde.test>: no such user. [SMTP Error Code 550]\n',
    'userunknown',
  ],
  ['no sender at all', '<>', 'Your mail', "You sent mail to klein@kunde.test. That's not a valid user here.\n", 'userunknown'],
  ['Chinese', 'postmaster@mail.test', '系统退信', '抱歉，您的邮件无法送达。\n\n<klein@kunde.test>: 550 user not found\n', 'userunknown'],
])('%s', (_name, from, subject, text, reason) => {
  expect(read(from, subject, text)).toMatchObject([{ address: 'klein@kunde.test', reason }]);
});

test('a notice in German that names no reason', () => {
  const text =
    'Dies ist eine automatisch erstellte Benachrichtigung über den Zustellstatus.\n\nÜbermittlung an folgende Empfänger fehlgeschlagen.\n\n       klein@kunde.test\n\n';
  expect(read('postmaster@mail.test', 'Benachrichtigung zum Übermittlungsstatus (Fehlgeschlagen)', text)).toMatchObject([
    { address: 'klein@kunde.test', isHard: false },
  ]);
});

// People write such words too.
test.each([
  [
    'Re: undeliverable mail',
    'I got a notice "undeliverable" for your mail, user unknown. Could you send the invoice to klein@kunde.test again?',
  ],
  ['Lieferung fehlgeschlagen', 'Die Zustellung ist fehlgeschlagen, der Bote kam nicht. Bitte melden bei klein@kunde.test.'],
  ['Returned mail', 'Since yesterday mail to <info@shop.test> comes back: 550 5.1.1 user unknown. Can you help?'],
  ['Parcel returned to sender', 'My parcel was returned to sender. I did not receive it.\n\nMax Klein\nklein@kunde.test\n'],
  ['Paket unzustellbar', 'Das Paket war unzustellbar, meine Adresse: klein@kunde.test'],
])('a customer who writes "%s" is no bounce', (subject, text) => {
  expect(read('Max Klein <klein@kunde.test>', subject, text)).toBeNull();
});
