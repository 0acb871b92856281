import { findCommand } from '../decision/codes.ts';
import { type Letter, splitAt } from '../letter.ts';
import type { BounceReason, Finding } from '../reasons.ts';
import { addressIn, holds, reasonIn } from '../words.ts';
import { Collector, type Format, linesFrom } from './collector.ts';

const openings = [
  'Hi. This is the qmail',
  'He/Her is not ',
  'unable to deliver your message to the following addresses',
  'Su mensaje no pudo ser entregado',
  'Sorry, we were unable to deliver your message to the following address', // Yahoo
  'This is the machine generated message from mail service',
  'This is the mail delivery agent at',
  'Unable to deliver message to the following address',
  'Unfortunately, your mail was not delivered to the following address:',
  'Your mail message to the following address',
  'Your message to the following addresses',
  "We're sorry.",
];
const marks = [
  '--- Below this line is a copy of the message.',
  '--- Below this line is a copy of the mail header.',
  '--- Below the next line is a copy of the message.',
  '--- Mensaje original adjunto.',
  'Content-Type: message/rfc822',
  'Original message follows.',
];
// qmail-remote.c, by the command that failed.
const commands: [string, string[]][] = [
  ['CONN', [' but greeting failed.']],
  ['EHLO', [' but my name was rejected.']],
  ['MAIL', [' but sender was rejected.']],
  ['RCPT', [' does not like recipient.']],
  ['DATA', [' failed on DATA command', ' failed after I sent the message']],
];
const sayings: Partial<Record<BounceReason, readonly string[]>> = {
  userunknown: ['no mailbox here by that name'],
  mailboxfull: ['disk quota exceeded'],
  mesgtoobig: ['Message size exceeds fixed maximum message size:'],
  hostunknown: ["Sorry, I couldn't find any host "],
  notaccept: ["Sorry, I couldn't find a mail exchanger or IP address"],
  systemfull: ['Requested action not taken: mailbox unavailable (not enough free space)'],
  systemerror: ['bad interpreter: No such file or directory', 'system error', 'Unable to'],
  networkerror: [
    "Sorry, I wasn't able to establish an SMTP connection",
    "Sorry. Although I'm listed as a best-preference MX or A for that host",
  ],
};
// qmail-ldap's patch.
const ldapSayings: Partial<Record<BounceReason, readonly string[]>> = {
  exceedlimit: ['The message exeeded the maximum size the user accepts'],
  suspend: ['Mailaddress is administrativ* disabled'],
  systemerror: [
    'Automatic homedir creator crashed',
    'Illegal value in LDAP attribute',
    'LDAP attribute is not given but mandatory',
    'Timeout while performing search on LDAP server',
    'Too many results returned but needs to be unique',
    'Permanent error while executing qmail-forward',
    'Temporary error in automatic homedir creation',
    'Temporary error while executing qmail-forward',
    'Temporary failure in LDAP lookup',
    'Unable to contact LDAP server',
    'Unable to login into LDAP server, bad credentials',
  ],
};
const gaveUp = 'this message has been in the queue too long.';

export const qmail: Format = {
  name: 'qmail',
  isFrom: (letter) =>
    /^(?:failure notice|Failure Notice|Permanent Delivery Failure)/.test(letter.subject) ||
    letter.received.some((field) => /\(qmail .*invoked (?:for bounce|from .*network)\)/.test(field)),
  read,
};

function read(letter: Letter): Finding[] {
  const [report] = splitAt(letter.body, marks);
  const to = new Collector();
  const said: string[] = [];
  for (const line of linesFrom(report, (l) => openings.some((o) => l.includes(o)))) {
    const named = /^(?:To *:)?<([^<>]*@[^<>]*)>:/.exec(line);
    if (named) {
      to.recipient(addressIn(named[1] ?? ''));
      continue;
    }
    if (to.count === 0) continue;
    to.say(line);
    if (line.startsWith('Remote host said:')) said[to.findings.length - 1] = line;
    to.current.remoteHost ||= (/(?:Giving up on |Connected to |remote host )(\S+)/.exec(line)?.[1] ?? '').replace(/\.$/, '');
  }
  return to.result((finding, i) => (isYahoo(letter) ? finishYahoo(finding) : finish(finding, said[i] ?? '')));
}

const isYahoo = (letter: Letter) =>
  letter.header('x-ymailisg') !== '' || letter.body.startsWith('Sorry, we were unable to deliver your message');

/** Yahoo writes like qmail but means other things by "Unable to", and names the command: "[RCPT_TO]". */
function finishYahoo(finding: Finding): void {
  const named = /\[([A-Z]{4})[^\]]*\]/.exec(finding.diagnosis)?.[1] ?? '';
  finding.command = findCommand(named.replace('_', ' ')) || (/<\S+@\S+>/.test(finding.diagnosis) ? 'RCPT' : findCommand(finding.diagnosis));
}

function finish(finding: Finding, said: string): void {
  const { diagnosis } = finding;
  finding.command = commands.find(([, phrases]) => phrases.some((p) => diagnosis.includes(p)))?.[0] ?? '';
  if (finding.command === '' && diagnosis.includes('no SMTP connection got far enough')) finding.command = findCommand(diagnosis);
  if (finding.command === 'EHLO' || finding.command === 'HELO') finding.reason = 'blocked';
  else if (holds(diagnosis, ` does not like recipient.*${gaveUp}`)) finding.reason = 'onhold';
  else {
    for (const text of [said, diagnosis]) {
      if (finding.reason !== '' || text === '') continue;
      finding.reason = reasonIn(text, sayings) || reasonIn(text, ldapSayings) || (text.includes(gaveUp) ? 'expired' : '');
    }
  }
  finding.command ||= findCommand(diagnosis);
}
