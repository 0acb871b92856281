import { expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { type Command, carriers, tacitCarriers } from './agreement.examples.ts';
import { readBounce } from './bounce.ts';
import type { BounceReason } from './reasons.ts';

// What a server answered, and to which command: the reason must not hang on who passes it on.
const answers: [BounceReason, Command, string][] = [
  ['userunknown', 'RCPT', '550 5.1.1 <klein@kunde.test>: Recipient address rejected: User unknown in virtual mailbox table'],
  ['userunknown', 'RCPT', '550 No such user here'],
  ['userunknown', 'RCPT', '550 5.7.1 Requested action not taken: mailbox not available'],
  ['mailboxfull', 'RCPT', '552 5.2.2 <klein@kunde.test>: Recipient address rejected: Mailbox full'],
  ['mailboxfull', 'DATA', '552 5.2.2 <klein@kunde.test> Quota exceeded (mailbox for user is full)'],
  ['suspend', 'RCPT', '550 5.2.1 <klein@kunde.test>... User is inactive'],
  ['hostunknown', 'RCPT', '550 5.1.2 Host unknown'],
  ['hasmoved', 'RCPT', '551 5.1.6 recipient no longer on server: klein@kunde.test'],
  ['spamdetected', 'DATA', '554 5.7.1 Message scored too high on spam scale. For help, please quote incident 22492290.'],
  ['virusdetected', 'DATA', '554 5.7.1 virus Eicar-Test-Signature detected by ClamAV - http://www.clamav.net'],
  ['authfailure', 'DATA', "550 5.7.26 Unauthenticated email from shop.test is not accepted due to domain's DMARC policy."],
  ['blocked', 'RCPT', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org'],
  ['requireptr', 'RCPT', '450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]'],
  ['norelaying', 'RCPT', '554 5.7.1 <klein@kunde.test>: Relay access denied'],
  ['rejected', 'MAIL', '550 5.1.8 <anna@shop.test>: Sender address rejected: Domain not found'],
  ['mesgtoobig', 'DATA', '552 5.3.4 Message size exceeds fixed limit'],
  ['speeding', 'RCPT', '450 4.7.1 Error: too much mail from 192.0.2.1'],
  ['toomanyconn', 'RCPT', '452 4.5.3 Error: too many recipients'],
  ['policyviolation', 'DATA', '550 5.7.1 Blocked attachment type: .exe'],
  ['contenterror', 'DATA', '554 5.6.1 Body type not supported by the other server'],
  ['notaccept', 'RCPT', '521 5.3.2 kunde.test does not accept mail'],
  ['systemfull', 'RCPT', '452 4.3.1 Mail system full'],
];

const read = (raw: string) => (readBounce(parseMailSync(Buffer.from(raw))) ?? []).map(({ address, reason }) => [address, reason]);

test.each(Object.entries(carriers).flatMap(([name, carry]) => answers.map((answer) => [name, ...answer, carry] as const)))(
  '%s passes on: %s after %s "%s"',
  (_name, reason, command, reply, carry) => {
    expect(read(carry(reply, command))).toEqual([['klein@kunde.test', reason]]);
  },
);

test.each(
  Object.entries(tacitCarriers).flatMap(([name, carry]) =>
    answers.filter(([, command]) => command === 'RCPT').map(([reason, , reply]) => [name, reason, reply, carry] as const),
  ),
)('%s passes on: %s "%s"', (_name, reason, reply, carry) => {
  expect(read(carry(reply))).toEqual([['klein@kunde.test', reason]]);
});
