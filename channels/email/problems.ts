/** Every code by which the channel tells of a problem. Each has its sentence, `problem.<code>` in the strings files. */

/** Of connections: what the administrator must know. */
const connectionProblems = [
  'sign_in_refused',
  'oauth_ended',
  'token_address_refused',
  'token_unavailable',
  'certificate',
  'no_encryption',
  'host_unknown',
  'unreachable',
  'connection_lost',
  'refused_for_now',
] as const;

const mailboxProblems = [...connectionProblems, 'folder_missing', 'cannot_store'] as const;

const sendingProblems = [
  ...connectionProblems,
  'sign_in_required',
  'server_full',
  'recipient_unknown',
  'recipient_refused',
  'too_large',
  'refused_as_unwanted',
  'refused',
] as const;

/** Reasons a mail bounces, in the vocabulary of sisimai (https://libsisimai.org/en/reason/), which bounce tools share. */
export const bounceReasons = [
  'authfailure',
  'badreputation',
  'blocked',
  'contenterror',
  'delivered',
  'exceedlimit',
  'expired',
  'feedback',
  'filtered',
  'hasmoved',
  'hostunknown',
  'mailboxfull',
  'mailererror',
  'mesgtoobig',
  'networkerror',
  'norelaying',
  'notaccept',
  'notcompliantrfc',
  'onhold',
  'policyviolation',
  'rejected',
  'requireptr',
  'securityerror',
  'spamdetected',
  'speeding',
  'suspend',
  'syntaxerror',
  'systemerror',
  'systemfull',
  'toomanyconn',
  'undefined',
  'userunknown',
  'vacation',
  'virusdetected',
] as const;

/** Of a mail under way: whatever the reason, others go on trying to deliver it. */
const delayProblems = ['still_trying'] as const;

export type MailboxProblem = (typeof mailboxProblems)[number];
export type SendingProblem = (typeof sendingProblems)[number];
export type DelayProblem = (typeof delayProblems)[number];

export const problems: readonly string[] = [...new Set([...mailboxProblems, ...sendingProblems, ...delayProblems, ...bounceReasons])];
