import { recipientPhrases } from './recipient-phrases.ts';
import { senderPhrases } from './sender-phrases.ts';

/**
 * Reasons a mail bounces, in the vocabulary of sisimai (https://libsisimai.org/en/reason/), which bounce tools share.
 * What each means for an address: `isHard` in status-codes.ts.
 */
export type BounceReason =
  | 'authfailure'
  | 'badreputation'
  | 'blocked'
  | 'contenterror'
  | 'delivered'
  | 'exceedlimit'
  | 'expired'
  | 'feedback'
  | 'filtered'
  | 'hasmoved'
  | 'hostunknown'
  | 'mailboxfull'
  | 'mailererror'
  | 'mesgtoobig'
  | 'networkerror'
  | 'norelaying'
  | 'notaccept'
  | 'notcompliantrfc'
  | 'onhold'
  | 'policyviolation'
  | 'rejected'
  | 'requireptr'
  | 'securityerror'
  | 'spamdetected'
  | 'speeding'
  | 'suspend'
  | 'syntaxerror'
  | 'systemerror'
  | 'systemfull'
  | 'toomanyconn'
  | 'undefined'
  | 'userunknown'
  | 'vacation'
  | 'virusdetected';

/** Patterns (sources of regular expressions) by reason. */
export type PhraseTable = Partial<Record<BounceReason | 'unknownforsure', string[]>>;

// Gathered from the texts of Postfix, Exim, Sendmail, qmail, Exchange, Domino, Gmail, Yahoo, Microsoft 365, GMX and 1&1, T-Online, OVH,
// Orange, mail.ru, Mimecast, Proofpoint, Barracuda and from the list of messages that sisimai documents (BSD-2-Clause; the
// wordings are facts about those servers). Matched against the lower-cased diagnosis.
const table: PhraseTable = { ...recipientPhrases, ...senderPhrases };

const compiled = new Map<string, RegExp>(
  Object.entries(table).map(([reason, patterns]) => [reason, new RegExp(patterns.map((p) => `(?:${p})`).join('|'), 'u')]),
);

/** Whether the lower-cased diagnosis speaks of this reason. */
export function speaksOf(reason: BounceReason | 'unknownforsure', diagnosis: string): boolean {
  return compiled.get(reason)?.test(diagnosis) ?? false;
}
