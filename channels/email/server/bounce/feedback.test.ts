import { expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { readBounce } from './bounce.ts';

const read = (raw: string) =>
  (readBounce(parseMailSync(Buffer.from(raw))) ?? []).map(({ address, reason, feedbackType }) => [address, reason, feedbackType]);

const fields = (type: string) =>
  `Feedback-Type: ${type}\nUser-Agent: Loop/1.0\nVersion: 1\nOriginal-Mail-From: <wir@shop.test>\nOriginal-Rcpt-To: <klein@kunde.test>\n`;
const report = (contentType: string, type: string) =>
  `From: fbl@isp.test\nSubject: complaint\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nA report.\n--b\nContent-Type: ${contentType}\n\n${fields(type)}\n--b\nContent-Type: message/rfc822\n\nTo: klein@kunde.test\n\nHallo\n--b--`;

// RFC 5965 and RFC 6591, and Microsoft's and others' registered kinds.
test.each(['abuse', 'fraud', 'virus', 'other', 'not-spam', 'auth-failure', 'opt-out'])('a report of %s', (type) => {
  expect(read(report('message/feedback-report', type))).toEqual([['klein@kunde.test', 'feedback', type]]);
});

test('the fields in a part of text', () => {
  expect(read(report('text/plain', 'abuse'))).toEqual([['klein@kunde.test', 'feedback', 'abuse']]);
});

test('the fields in a mail without parts', () => {
  expect(read(`From: fbl@isp.test\nSubject: FW: x\n\nThis is an abuse report.\n\n${fields('abuse')}\nTo: klein@kunde.test\n`)).toEqual([
    ['klein@kunde.test', 'feedback', 'abuse'],
  ]);
});

test("AOL's loop, which names its report in the header alone", () => {
  const raw =
    'From: scomp@aol.test\nSubject: Client TOS Notification\nX-Loop: scomp\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nTo: klein@kunde.test\n\nHallo\n--b--';
  expect(read(raw)).toEqual([['klein@kunde.test', 'feedback', 'abuse']]);
});

test('a person who asks what a field means complains of nothing', () => {
  expect(read('From: k@kunde.test\nSubject: Frage\n\nWas heißt das?\n\nFeedback-Type: abuse\n\nDanke!\n')).toEqual([]);
});

test.each([
  ['NoEmail', 'userunknown'],
  ['ContentRejected', 'contenterror'],
  ['CustomTimeoutExceeded', 'expired'],
  ['MailboxFull', 'mailboxfull'],
  ['General', 'undefined'],
])('Amazon SES: "%s" where the server said nothing', (bounceSubType, reason) => {
  const bounce = { bounceSubType, bouncedRecipients: [{ emailAddress: 'klein@kunde.test' }] };
  const raw = `From: no-reply@sns.test\nSubject: notice\n\n${JSON.stringify({ notificationType: 'Bounce', bounce })}\n-- \nFooter\n`;
  expect(read(raw)).toEqual([['klein@kunde.test', reason, null]]);
});
