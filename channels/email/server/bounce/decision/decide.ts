import { reasonByMeaning, spokenWords } from '../phrases/general.ts';
import { reasonInOtherWords, speaksOf } from '../phrases/index.ts';
import { reasonOfProvider } from '../providers/index.ts';
import type { BounceReason, Finding } from '../reasons.ts';
import { tidy } from '../words.ts';
import { findReply, findStatus, preferStatus } from './codes.ts';
import { reasonOfLocalDelivery } from './local-delivery.ts';
import { isHardBounce, reasonOfStatus } from './status-codes.ts';

export interface Judgement {
  reason: BounceReason;
  isHard: boolean;
  status: string;
  replyCode: string;
  diagnosis: string;
}

// A format's own reading of these is not the last word.
const vague = new Set<BounceReason | ''>([
  '',
  'undefined',
  'onhold',
  'systemerror',
  'securityerror',
  'expired',
  'networkerror',
  'hostunknown',
  'userunknown',
]);
const maxDiagnosis = 8000;
const beforeContent = new Set(['CONN', 'EHLO', 'HELO', 'MAIL', 'RCPT']);

interface Case {
  text: string;
  diagnosis: string;
  status: string;
  replyCode: string;
  command: string;
  type: string;
  action: string;
  /** What the status code stands for. */
  coded: BounceReason | '';
  /** What the format said. */
  given: BounceReason | '';
}

/**
 * Finds the reason of a failed delivery. What the server wrote counts more than the code it chose: 5.7.1 and 550 stand
 * for nearly everything. The order of questions is the one sisimai documents in its source, whose vocabulary this is.
 */
export function decide(finding: Finding): Judgement {
  const made = prepare(finding);
  const reason = reasonOf(made, finding);
  return {
    reason,
    isHard: isHardBounce(reason, made.status, made.diagnosis),
    status: made.status,
    replyCode: made.status !== '' && made.replyCode !== '' && made.status[0] !== made.replyCode[0] ? '' : made.replyCode,
    diagnosis: made.diagnosis,
  };
}

function prepare(finding: Finding): Case {
  let diagnosis = finding.diagnosis.slice(0, maxDiagnosis);
  const writtenStatus = findStatus(diagnosis);
  const writtenReply = findReply(diagnosis, writtenStatus);
  const status = preferStatus(finding.status, writtenStatus, writtenReply);
  // "550-5.7.1 first line 550 5.7.1 second line" is one sentence.
  if (writtenReply !== '' && diagnosis.includes(`${writtenReply}-`)) {
    for (const mark of ['-', ' '])
      diagnosis = diagnosis.replaceAll(`${writtenReply}${mark}${writtenStatus}`, '').replaceAll(`${writtenReply}${mark}`, '');
    diagnosis = `${writtenReply} ${writtenStatus} ${diagnosis}`;
  }
  diagnosis = tidy(diagnosis.replace(/<html>[\s\S]*<\/html>/i, ' '));
  const type = finding.type || (finding.reason === 'mailererror' ? 'X-UNIX' : 'SMTP');
  return {
    text: diagnosis.toLowerCase(),
    diagnosis,
    status,
    replyCode: finding.replyCode || writtenReply,
    command: finding.command,
    type,
    action: finding.action,
    coded: reasonOfStatus(status),
    given: finding.reason,
  };
}

function reasonOf(made: Case, finding: Finding): BounceReason {
  if (!vague.has(made.given) && made.given !== '') return made.given;
  const local = reasonOfLocalDelivery(made.text, made.command);
  if (local !== '') return local;
  const domain = finding.recipient.slice(finding.recipient.lastIndexOf('@') + 1);
  const told = reasonOfProvider(made, { domain, remote: finding.remoteHost, local: finding.localHost });
  if (told !== '') return told;
  if (made.status.startsWith('2.')) return 'delivered';
  const found = (made.type === 'SMTP' ? firstLook(made) : null) ?? secondLook(made);
  if (found !== '' && found !== 'undefined' && found !== 'onhold') return isWeak(made, found) ? byMeaning(made, found) || found : found;
  if (made.action === 'delayed') return 'expired';
  if (speaksOf('vacation', made.text)) return 'vacation';
  const meant = byMeaning(made, '');
  if (meant !== '') return meant;
  // Whom a server does not even greet, it does not want.
  if (['CONN', 'EHLO', 'HELO'].includes(made.command)) return 'blocked';
  return made.text === '' ? made.given || 'undefined' : 'onhold';
}

// Codes that servers send for many things (RFC 3463 has 5.7.1 and 5.3.0 for "other"), and what words may say instead.
const codedLoosely: [RegExp, readonly BounceReason[] | 'anything'][] = [
  [/^(?:[45]\.(?:[035]\.0|7\.0)|5\.7\.1)$/, 'anything'],
  // "Delivery not authorised" for now is about who sends, however the server explains it: greylists say "unavailable".
  [
    /^4\.7\.1$/,
    [
      'rejected',
      'requireptr',
      'authfailure',
      'spamdetected',
      'badreputation',
      'mailboxfull',
      'mesgtoobig',
      'suspend',
      'speeding',
      'toomanyconn',
    ],
  ],
  // "Other address status": as often about the sender.
  [
    /^[45]\.1\.0$/,
    ['rejected', 'blocked', 'requireptr', 'authfailure', 'spamdetected', 'mailboxfull', 'suspend', 'speeding', 'toomanyconn'],
  ],
  [/^[45]\.2\.[01]$/, ['suspend', 'mailboxfull', 'speeding', 'filtered']],
  [/^4\.7\.2$/, ['speeding', 'toomanyconn', 'requireptr', 'authfailure']],
  [/^[45]\.3\.2$/, ['toomanyconn', 'speeding', 'systemerror']],
  [/^[45]\.6\.0$/, ['spamdetected', 'virusdetected', 'notcompliantrfc']],
];

/** Whether only such a code, or a bare reply code, stands for the reason. */
function isWeak(c: Case, found: BounceReason): boolean {
  if (c.given === found || speaksOf(found, c.text)) return false;
  if (c.coded === '') return found === 'securityerror' || found === 'contenterror' || found === 'syntaxerror';
  return found === c.coded && codedLoosely.some(([code]) => code.test(c.status));
}

function byMeaning(c: Case, found: BounceReason | ''): BounceReason | '' {
  const text = spokenWords(c.text);
  const isPermanent = !(c.status.startsWith('4') || c.replyCode.startsWith('4'));
  const abroad = reasonInOtherWords(text);
  const told =
    abroad === null || (abroad === 'userunknown' && !isPermanent) ? reasonByMeaning({ text, command: c.command, isPermanent }) : abroad;
  if (told === '' || found === '') return told || found;
  const allowed = codedLoosely.find(([code]) => code.test(c.status))?.[1] ?? 'anything';
  return allowed === 'anything' || allowed.includes(told) ? told : found;
}

type Question = (c: Case) => boolean;
const coded = (c: Case, reason: BounceReason) => c.given === reason || c.coded === reason;
const codedOrSaid =
  (reason: BounceReason): Question =>
  (c) =>
    coded(c, reason) || speaksOf(reason, c.text);
const said =
  (reason: BounceReason): Question =>
  (c) =>
    c.given === reason || speaksOf(reason, c.text);

/** Asked in this order, each with its own proof. */
const questions: [BounceReason, Question][] = [
  ['mailboxfull', codedOrSaid('mailboxfull')],
  ['mesgtoobig', (c) => coded(c, 'mesgtoobig') || (c.coded !== 'exceedlimit' && speaksOf('mesgtoobig', c.text))],
  ['exceedlimit', codedOrSaid('exceedlimit')],
  ['suspend', (c) => c.given === 'suspend' || c.replyCode === '525' || speaksOf('suspend', c.text)],
  ['hasmoved', said('hasmoved')],
  ['norelaying', isRelaying],
  ['authfailure', codedOrSaid('authfailure')],
  ['userunknown', isUnknownUser],
  ['filtered', isFiltered],
  ['requireptr', codedOrSaid('requireptr')],
  ['notcompliantrfc', said('notcompliantrfc')],
  ['badreputation', said('badreputation')],
  ['rejected', isRejected],
  ['hostunknown', isUnknownHost],
  ['spamdetected', isSpam],
  ['speeding', said('speeding')],
  ['toomanyconn', codedOrSaid('toomanyconn')],
  ['blocked', codedOrSaid('blocked')],
];

function firstLook(c: Case): BounceReason | null {
  return questions.find(([, ask]) => ask(c))?.[0] ?? null;
}

function isRelaying(c: Case): boolean {
  if (c.given === 'securityerror' || c.given === 'systemerror' || c.given === 'undefined') return false;
  return !['CONN', 'EHLO', 'HELO'].includes(c.command) && speaksOf('norelaying', c.text);
}

/** A code for an unknown user is believed unless the words say otherwise; words alone only where RCPT was refused. */
function isUnknownUser(c: Case): boolean {
  if (c.given === 'userunknown') return true;
  if (c.coded === 'suspend') return false;
  if (c.coded !== 'userunknown') return c.command === 'RCPT' && speaksOf('userunknown', c.text);
  return !(['norelaying', 'blocked', 'mailboxfull', 'hasmoved', 'rejected', 'notaccept'] as const).some((other) => speaksOf(other, c.text));
}

/** "No such user" once the content was seen: the mailbox exists, it does not want this mail. */
function isFiltered(c: Case): boolean {
  if (c.coded === 'suspend') return false;
  if (c.coded !== 'filtered' && beforeContent.has(c.command)) return false;
  return speaksOf('filtered', c.text) || speaksOf('userunknown', c.text);
}

function isRejected(c: Case): boolean {
  if (coded(c, 'rejected')) return true;
  const mayBe =
    c.command === 'MAIL' ||
    (c.command === 'DATA' ? c.coded !== 'userunknown' : c.coded === '' || c.coded === 'securityerror' || c.coded === 'systemerror');
  return mayBe && speaksOf('rejected', c.text);
}

function isUnknownHost(c: Case): boolean {
  if (c.given === 'hostunknown') return true;
  return c.coded === 'hostunknown' ? !speaksOf('networkerror', c.text) : speaksOf('hostunknown', c.text);
}

function isSpam(c: Case): boolean {
  if (c.status === '') return false;
  if (coded(c, 'spamdetected')) return true;
  return !beforeContent.has(c.command) && speaksOf('spamdetected', c.text);
}

const words: BounceReason[] = [
  'mailboxfull',
  'authfailure',
  'badreputation',
  'speeding',
  'spamdetected',
  'virusdetected',
  'policyviolation',
  'norelaying',
  'systemerror',
  'networkerror',
  'suspend',
  'contenterror',
  'systemfull',
  'notaccept',
  'expired',
  'securityerror',
  'mailererror',
];

/** Where no question was answered: any words, then the code, then type, reply code and action. */
function secondLook(c: Case): BounceReason | '' {
  if (c.given !== '' && c.given !== 'undefined' && c.given !== 'onhold') return c.given;
  if (c.coded === '' || vague.has(c.coded) || c.type !== 'SMTP') {
    const spoken = words.find((reason) => speaksOf(reason, c.text));
    if (spoken) return spoken;
  }
  if (c.coded !== '') return c.coded;
  if (/^[45]\.6\./.test(c.status)) return 'contenterror';
  if (/^[45]\.7\./.test(c.status)) return 'securityerror';
  if (c.type === 'X-UNIX' || c.type === 'X-POSTFIX') return 'mailererror';
  if (/^[45]0[1-7]$/.test(c.replyCode)) return 'syntaxerror';
  return c.action === 'delayed' || c.action === 'expired' ? 'expired' : '';
}
