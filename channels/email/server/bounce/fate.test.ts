import { describe, expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { readBounce } from './bounce.ts';
import { isStillTrying, saysClosed } from './fate.ts';

const read = (subject: string, text: string, headers = '') =>
  readBounce(parseMailSync(Buffer.from(`From: MAILER-DAEMON@mail.test\nSubject: ${subject}\n${headers}\n${text}`)));

describe('who goes on trying says so', () => {
  test.each([
    ['Postfix', 'Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.'],
    ['Sendmail', 'THIS IS A WARNING MESSAGE ONLY\nYOU DO NOT NEED TO RESEND YOUR MESSAGE'],
    [
      'Exim and GMX',
      'No action is required on your part. Delivery attempts will continue for\nsome time. Eventually the mail delivery software will give up,\nand when that happens, the message will be returned to you.',
    ],
    ['OpenSMTPD', 'Please note that this is only a temporary failure report.\nThe message is kept in the queue for up to 7 days.'],
    ['Gmail', 'Delivery to the following recipient has been delayed:\nMessage will be retried for 2 more day(s)'],
    ['Exchange', 'This is an automatically generated Delivery Status Notification (Delay)'],
    ['a full mailbox', 'Delivery has been postponed. We will continue to try to deliver your message over the next few days.'],
    ['German', 'Die Nachricht wurde noch nicht zugestellt. Der Server wird es weiter versuchen.'],
  ])('%s', (_name, text) => {
    expect(isStillTrying(text)).toBe(true);
  });

  test.each([
    ['qmail', "I'm not going to try again; this message has been in the queue too long."],
    ['DragonFly', 'Could not deliver for the last 432000 seconds. Giving up.'],
    ['Yahoo', "This is a permanent error; I've given up. Sorry it didn't work out."],
    ['Gmail', 'Delivery to the following recipient failed permanently. The message will be retried no more.'],
    ['an answer quoted', 'host mx.test said: 450 4.7.1 Greylisted, please try again later'],
    ['Amazon', '554 4.4.7 Message expired: unable to deliver in 840 minutes. The delivery has been delayed; it will not be retried.'],
  ])('but not %s', (_name, text) => {
    expect(isStillTrying(text)).toBe(false);
  });
});

const expired = '<klein@kunde.test>: connect to mx.kunde.test[192.0.2.1]:25: Connection timed out';

test('a mail that waited too long has failed, one that still waits is delayed', () => {
  expect(read('Undelivered Mail Returned to Sender', expired)).toMatchObject([{ reason: 'expired', action: 'failed', isHard: false }]);
  expect(read('Delayed Mail (still being retried)', expired)).toMatchObject([{ reason: 'expired', action: 'delayed', isHard: false }]);
});

test('the field of the report counts more than its words', () => {
  const report = (action: string) =>
    read(
      'Delivery status',
      `--b\n\nIt will be retried until it is 5 day(s) old.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.test\n\nFinal-Recipient: rfc822; klein@kunde.test\nAction: ${action}\nStatus: 4.4.7\n--b--\n`,
      'Content-Type: multipart/report; boundary=b\n',
    );
  expect(report('failed')).toMatchObject([{ reason: 'expired', action: 'failed' }]);
  expect(report('delayed')).toMatchObject([{ reason: 'expired', action: 'delayed' }]);
});

describe('a mailbox that is given up answers by itself', () => {
  test.each([
    'This email inbox has been retired. The mailbox klein@kunde.test is no longer in use.',
    'Thank you for your message. This e-mail address is no longer active, please write to info@kunde.test.',
    'Diese E-Mail-Adresse ist nicht mehr in Gebrauch. Bitte schreiben Sie an info@kunde.test.',
    'Guten Tag, mein Postfach klein wurde deaktiviert.',
    "Bonjour, cette adresse électronique n'est plus utilisée.",
    'Esta cuenta de correo ya no está activa.',
    'Questa casella di posta non è più attiva.',
  ])('%s', (text) => {
    expect(saysClosed(text)).toBe(true);
  });

  test.each([
    'I am out of the office until Monday. My mailbox is not read.',
    'Ich bin bis Montag im Urlaub. Meine E-Mails werden nicht weitergeleitet.',
    'Our shop in Bern is closed. The old address is no longer in use.',
    'Ihr Konto wurde deaktiviert.',
    'We read this mailbox daily. Product X is no longer available.',
  ])('not: %s', (text) => {
    expect(saysClosed(text)).toBe(false);
  });

  test('and its answer says so', () => {
    const raw = (text: string) =>
      `From: klein@kunde.test\nTo: wir@shop.test\nSubject: Automatic reply: Hallo\nAuto-Submitted: auto-replied\n\n${text}\n`;
    const reasonOf = (text: string) => readBounce(parseMailSync(Buffer.from(raw(text))));
    expect(reasonOf('This e-mail address is no longer in use.')).toMatchObject([
      { address: 'klein@kunde.test', reason: 'suspend', isHard: false, action: 'none' },
    ]);
    expect(reasonOf('I am away until Monday.')).toMatchObject([{ reason: 'vacation' }]);
  });
});
