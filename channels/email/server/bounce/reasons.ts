import type { bounceReasons } from '../../problems.ts';

/** Why a mail bounced. What each means for an address: `isHardBounce` in status-codes.ts. */
export type BounceReason = (typeof bounceReasons)[number];

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
