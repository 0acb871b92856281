import { expect, test } from 'vitest';
import { decide } from '../decision/decide.ts';
import { type BounceReason, newFinding } from '../reasons.ts';
import { generalPatterns, reasonByMeaning, spokenWords } from './general.ts';

// Answers in wordings that no list holds, as servers and filters of many makers give them.
const answers: [BounceReason, string, string][] = [
  ['userunknown', 'RCPT', '550 <klein@kunde.test>: Invalid User'],
  ['userunknown', 'RCPT', '550 5.7.1 Requested action not taken: mailbox not available'],
  ['userunknown', 'RCPT', '553 5.3.0 <klein@kunde.test>... Addressee unknown, relay=[192.0.2.1]'],
  ['userunknown', 'RCPT', '550 The account klein@kunde.test does not exist'],
  ['userunknown', 'RCPT', "550 sorry, that recipient doesn't exist (#5.7.1)"],
  ['userunknown', 'RCPT', '550 Command RCPT User <klein@kunde.test> not OK'],
  ['userunknown', 'RCPT', '551 not our customer'],
  ['userunknown', 'RCPT', '550 Address klein@kunde.test was not found in LDAP server'],
  ['userunknown', 'RCPT', '550 Recipient not in list of valid recipients'],
  ['userunknown', 'RCPT', '553 5.3.0 <klein@kunde.test>... Recipient address no longer exists'],
  ['userunknown', 'RCPT', '550 klein@kunde.test does not have an account here'],
  ['userunknown', 'RCPT', '550 Empfaenger unbekannt'],
  ['userunknown', 'RCPT', '550 Benutzer nicht bekannt'],
  ['userunknown', 'RCPT', '550 5.7.1 Mailbox klein@kunde.test unavailable'],
  ['filtered', 'DATA', '554 account klein does not exist here'],
  ['filtered', 'RCPT', '553 User refused to receive this mail.'],
  ['filtered', 'RCPT', '550 5.7.1 You were refused by the recipient'],
  ['filtered', 'DATA', "550 Your message was rejected by the recipient's filter rules"],
  ['filtered', 'RCPT', '550 Recipient only accepts mail from senders it knows'],
  ['suspend', 'RCPT', '550 5.2.1 <klein@kunde.test>... User is inactive'],
  ['suspend', 'RCPT', '550 <klein@kunde.test>: Recipient address rejected: Account closed due to inactivity.'],
  ['suspend', 'RCPT', '550 user disabled'],
  ['suspend', 'RCPT', '550 <klein@kunde.test>: User status is locked.'],
  ['suspend', 'RCPT', '554 Account is not active'],
  ['suspend', 'RCPT', '550 5.7.1 Account blocked'],
  ['suspend', 'RCPT', '550 5.2.1 The mailbox is disabled'],
  ['hasmoved', 'RCPT', '551 User not local; please try <neu@kunde.test>'],
  ['hasmoved', 'RCPT', '550 this mailbox has moved to another place'],
  ['mailboxfull', 'RCPT', '552 Requested mailbox exceeds quota.'],
  ['mailboxfull', 'RCPT', '552 recipient storage full, try again later'],
  ['mailboxfull', 'RCPT', '551 bounce as<the destination mailbox <klein@kunde.test> is full> queue as 100'],
  ['mailboxfull', 'RCPT', '550 User has exhausted allowed storage space.'],
  ['mailboxfull', 'RCPT', '550 Benutzer hat das Speichervolumen ueberschritten.'],
  ['mailboxfull', 'RCPT', 'ErrMsg=mail box space not enough, account=klein'],
  ['filtered', 'DATA', 'could not be delivered because they are not accepting mail from anna@shop.test'],
  ['userunknown', 'RCPT', "550 L'adresse de messagerie référencée ci-dessus n'existe pas"],
  ['expired', 'DATA', 'Your message was not delivered within 2 days'],
  ['policyviolation', 'DATA', 'they are not accepting mail with attachments or embedded images'],
  ['spamdetected', 'DATA', '554 we take nothing of mass mailings'],
  ['systemfull', 'MAIL', '452 Insufficient system storage'],
  ['mesgtoobig', 'MAIL', '552 Message size exceeds maximum permitted'],
  ['mesgtoobig', 'DATA', '554 your mail is larger than we allow'],
  ['hostunknown', 'RCPT', '450 4.1.2 <klein@kunde.test>: Recipient address rejected: Domain not found'],
  ['norelaying', 'RCPT', '530 5.7.1 Relaying not allowed: klein@kunde.test'],
  ['norelaying', 'RCPT', '500 Unauthorized relay msg rejected'],
  ['norelaying', 'RCPT', '550 relaying to <klein@kunde.test> prohibited by administrator'],
  ['rejected', 'MAIL', '550 Verify mailfrom failed'],
  ['rejected', 'MAIL', '553 5.7.1 Sender blocked'],
  ['rejected', 'MAIL', '550 sender blacklisted'],
  ['blocked', 'RCPT', '554 <unknown[192.0.2.1]>: Client host rejected: Access denied'],
  ['blocked', 'CONN', '550 5.7.1 Your IP address is listed in a DNS blocklist'],
  ['blocked', 'CONN', '550-Blocked by Real-time Blacklist'],
  ['blocked', 'MAIL', "550 DY-001 Unfortunately, messages from 192.0.2.1 weren't sent. We do not relay dynamically-assigned IP ranges."],
  ['blocked', 'CONN', '554 (RTR:BL) http://postmaster.test/errors/554rtrbl.html'],
  ['blocked', 'CONN', '554 No SMTP service here'],
  ['blocked', 'CONN', '554 IP=192.0.2.1 - A problem occurred. Ask your postmaster for help. (BL)'],
  ['requireptr', 'CONN', '550 rDNS missing'],
  ['requireptr', 'CONN', '550 Reverse DNS lookup failed for host 192.0.2.1'],
  ['requireptr', 'CONN', '554 Refused. Your reverse DNS entry contains your IP address and a country code.'],
  ['requireptr', 'RCPT', '450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]'],
  ['authfailure', 'MAIL', '550 <a@shop.test>: Reject due to SPF policy.'],
  ['authfailure', 'DATA', '550 DKIM verification failed'],
  [
    'authfailure',
    'RCPT',
    '550 5.7.1 <klein@kunde.test>: Recipient address rejected: Please see http://www.openspf.org/Why?s=mfrom;id=a@b.test',
  ],
  ['spamdetected', 'DATA', '554 5.7.1 Message scored too high on spam scale. For help, please quote incident ID 1.'],
  ['spamdetected', 'DATA', '554 5.7.1 Rejected as Spam see: http://rejected.test/help.html'],
  ['spamdetected', 'DATA', '550 sorry, it seems as a junk mail'],
  ['spamdetected', 'DATA', '550 Content reject. FAAAANsG60M9BmDT.1'],
  ['spamdetected', 'DATA', '552 sorry, the spam message is detected (#5.6.0)'],
  ['virusdetected', 'DATA', '554 5.7.1 virus Eicar-Test-Signature detected by ClamAV'],
  ['virusdetected', 'DATA', '550 This message contains a virus (Eicar-Test-Signature).'],
  ['virusdetected', 'DATA', '552 5.7.0 This message contains malware'],
  ['policyviolation', 'DATA', '550 5.7.1 Blocked attachment type: .exe'],
  ['policyviolation', 'DATA', '554 5.7.1 The attachment contains a prohibited file type'],
  ['policyviolation', 'RCPT', '550 5.7.1 Policy rejection on the target address'],
  ['notcompliantrfc', 'DATA', '550 Message headers fail syntax check'],
  ['notcompliantrfc', 'DATA', '550 5.7.1 Your mail has no Date: header'],
  ['toomanyconn', 'CONN', '421 4.7.0 Too many concurrent connections from this client'],
  ['toomanyconn', 'CONN', '421 4.3.2 Connection limit reached'],
  ['speeding', 'MAIL', '421 Rate limit reached. Please try again later'],
  ['speeding', 'RCPT', '450 4.7.1 Error: too much mail from 192.0.2.1'],
  ['speeding', 'RCPT', '421 4.7.28 Message rate limit exceeded'],
  ['securityerror', 'MAIL', '530 SMTP authentication is required.'],
  ['securityerror', 'MAIL', '523 TLS encryption is mandatory here'],
  ['systemerror', 'RCPT', '451 System(u) busy, try again later.'],
  ['systemerror', 'DATA', '451 4.3.0 <klein@kunde.test>: Temporary lookup failure'],
  ['systemerror', 'RCPT', '451 Resources temporarily unavailable. Please try again later.'],
  ['networkerror', 'RCPT', '554 The mail goes round in a loop'],
  ['expired', 'RCPT', '450 the other server did not answer: timeout'],
  ['notaccept', 'RCPT', '550 our server does not accept mail'],
  ['authfailure', 'DATA', '550 5.7.1 Unauthenticated email is not accepted from this domain'],
  ['badreputation', 'MAIL', '554 Your mail was refused due to the poor reputation of a domain in it'],
  ['speeding', 'RCPT', '452 4.2.1 The user gets mail too quickly.'],
  ['mailboxfull', 'RCPT', '552 Mailbox has exceeded the limit'],
  ['suspend', 'RCPT', '550 Domain kunde.test has been disabled.'],
  ['rejected', 'MAIL', '550 5.1.0 Sender denied'],
  ['rejected', 'MAIL', '550 Unrouteable sender'],
  ['networkerror', 'CONN', 'lost connection while receiving the initial server greeting'],
  ['securityerror', 'CONN', 'Server certificate not verified'],
  ['securityerror', 'CONN', 'Cannot start TLS: handshake failure'],
  ['systemerror', 'RCPT', 'mail transport unavailable'],
  ['spamdetected', 'DATA', '554 mail server permanently rejected message (#5.3.0) spam'],
  ['spamdetected', 'DATA', '550 5.7.1 Nachricht abgelehnt: Spamverdacht'],
  ['virusdetected', 'DATA', '550 5.7.1 Virus/Malware erkannt'],
  // Nothing is said that a word would tell.
  ['onhold', 'DATA', '554 Message refused'],
  ['onhold', 'RCPT', '450 4.2.0 <klein@kunde.test>: Recipient address rejected: come back later'],
];

const judge = (reply: string, command: string) =>
  decide(
    newFinding({
      recipient: 'klein@kunde.test',
      diagnosis: `host mx.kunde.test[192.0.2.7] said: ${reply}`,
      command,
      remoteHost: 'mx.kunde.test',
      status: /(?<![\d.])[245]\.\d\.\d{1,3}(?![\d.])/.exec(reply)?.[0] ?? '',
      type: 'SMTP',
    }),
  );

test.each(answers)('%s after %s: "%s"', (reason, command, reply) => {
  expect(judge(reply, command).reason).toBe(reason);
});

test('every pattern has an answer that needs it', () => {
  const needed = (pattern: RegExp) => answers.some(([, , reply]) => pattern.test(spokenWords(reply.toLowerCase())));
  expect(generalPatterns.filter(([, pattern]) => !needed(pattern)).map(([reason]) => reason)).toEqual([]);
});

test('an address is not called dead because of a delay', () => {
  expect(judge('450 mailbox of that user not available', 'RCPT')).toMatchObject({ reason: 'onhold', isHard: false });
  expect(judge('450 Empfänger vorübergehend nicht gefunden', 'RCPT').isHard).toBe(false);
  expect(judge('550 mailbox of that user not available', 'RCPT')).toMatchObject({ reason: 'userunknown', isHard: true });
});

test('a code that says something is believed before the words are weighed', () => {
  expect(judge('550 5.1.1 Mailbox Locked', 'RCPT').reason).toBe('userunknown');
  expect(judge('552 5.2.2 user is not known to have room', 'RCPT').reason).toBe('mailboxfull');
});

test('whom a server does not let in for now is blocked, whatever it calls the cause', () => {
  expect(judge('450 4.7.1 Service unavailable - try again later', 'RCPT').reason).toBe('blocked');
  expect(judge('450 4.7.1 <klein@kunde.test>: Recipient address rejected: internal policy error', 'RCPT').reason).toBe('blocked');
  expect(judge('450 4.7.1 Client host rejected: cannot find your reverse hostname', 'RCPT').reason).toBe('requireptr');
  expect(judge('450 4.7.1 sender blacklisted', 'RCPT').reason).toBe('rejected');
});

test('before a recipient was named, nobody can say that it does not exist', () => {
  expect(judge('550 5.7.1 user of that name not found', 'MAIL')).toMatchObject({ isHard: false, reason: 'securityerror' });
  expect(judge('550 5.7.1 user of that name not found', 'RCPT')).toMatchObject({ isHard: true, reason: 'userunknown' });
});

test('hosts, addresses and links say nothing', () => {
  const words = spokenWords('host virus.test[192.0.2.1] said: 550 <spam@dnsbl.test> see https://spamhaus.test/x (sorry)');
  expect(words.replace(/\s+/g, ' ')).toBe(' 550 < > see (sorry)');
});

test.each<[string, string]>([
  ['one letter', 'a'.repeat(8000)],
  ['blanks', ' '.repeat(8000)],
  ['the beginnings of all patterns', 'user recipient mailbox account spf dkim reverse dns relay sender over quota '.repeat(110)],
  ['addresses', 'a@b.c '.repeat(1300)],
  ['at signs', '@'.repeat(8000)],
  ['half links', 'http://'.repeat(1100)],
  ['brackets', 'host x['.repeat(1100)],
])('%s cost little time', (_name, text) => {
  const began = performance.now();
  for (let i = 0; i < 5; i++) reasonByMeaning({ text: spokenWords(text), command: 'RCPT', isPermanent: true });
  expect((performance.now() - began) / 5).toBeLessThan(200);
});
