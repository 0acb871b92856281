/**
 * Reasons a mail bounces, in the vocabulary of sisimai (https://libsisimai.org/en/reason/), which bounce tools share.
 * What each means for an address: `isHardBounce` in status-codes.ts.
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

/** What a report says about one recipient, before it is judged. Strings are '' where it says nothing. */
export interface Finding {
  recipient: string;
  action: string;
  status: string;
  replyCode: string;
  /** SMTP command that was refused: CONN, HELO, EHLO, MAIL, RCPT, DATA … */
  command: string;
  diagnosis: string;
  /** Type of Diagnostic-Code, upper case: SMTP, X-UNIX … */
  type: string;
  remoteHost: string;
  localHost: string;
  /** What the format itself tells; vague ones (see decide.ts) are looked at again. */
  reason: BounceReason | '';
}

export function newFinding(part: Partial<Finding> = {}): Finding {
  return {
    recipient: '',
    action: '',
    status: '',
    replyCode: '',
    command: '',
    diagnosis: '',
    type: '',
    remoteHost: '',
    localHost: '',
    reason: '',
    ...part,
  };
}
