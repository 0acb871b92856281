import { refusedCommand } from './dialogue.ts';
import { type BounceReason, speaksOf } from './phrases.ts';
import { reasonOfProvider } from './provider-codes.ts';
import { findReplyCodes, findStatusCodes, reasonOfStatus } from './status-codes.ts';

export interface Judgement {
  reason: BounceReason;
  status: string;
  replyCode: string;
}

/**
 * Finds the reason of a failed delivery. What the server wrote counts more than the code it chose: 5.7.1 and 550 stand
 * for nearly everything. The order of questions is that of sisimai, whose vocabulary this is.
 */
export function judge(facts: {
  diagnosis: string;
  diagnosisType: string | null;
  status: string | null;
  action: string | null;
  assumedCommand?: string;
}): Judgement {
  // What matters stands at the beginning; a whole mail as diagnosis must not keep the patterns busy.
  const text = facts.diagnosis.slice(0, 4000).toLowerCase().replace(/\s+/g, ' ').trim();
  const status = bestStatus(facts.status, findStatusCodes(facts.diagnosis.slice(0, 4000)));
  const replyCode = bestReply(findReplyCodes(facts.diagnosis.slice(0, 4000)), status);
  const command = refusedCommand(facts.diagnosis.slice(0, 4000).replace(/\s+/g, ' ')) || (facts.assumedCommand ?? '');
  const isSmtp = facts.diagnosisType === null || facts.diagnosisType === 'smtp';
  const byStatus = reasonOfStatus(status);
  const reason = firstLook(text, byStatus, command, isSmtp) ?? secondLook(text, byStatus, command, isSmtp, facts, replyCode, status);
  return { reason, status, replyCode };
}

const saysMailboxFull = (text: string, byStatus: BounceReason | null) => byStatus === 'mailboxfull' || speaksOf('mailboxfull', text);

function firstLook(text: string, byStatus: BounceReason | null, command: string, isSmtp: boolean): BounceReason | null {
  if (!isSmtp) return null;
  const told = reasonOfProvider(text);
  if (told) return told;
  if (/client host blocked|ip source bloqu/.test(text)) return 'blocked';
  if (/resolver\.rst\.recipsizelimit/.test(text)) return 'mesgtoobig';
  if (saysMailboxFull(text, byStatus)) return 'mailboxfull';
  if (byStatus === 'mesgtoobig' || (byStatus !== 'exceedlimit' && speaksOf('mesgtoobig', text))) return 'mesgtoobig';
  if (byStatus === 'exceedlimit' || speaksOf('exceedlimit', text)) return 'exceedlimit';
  if (byStatus === 'suspend' || speaksOf('suspend', text)) return 'suspend';
  if (byStatus === 'hasmoved' || speaksOf('hasmoved', text)) return 'hasmoved';
  if (speaksOf('norelaying', text)) return 'norelaying';
  if (byStatus === 'authfailure' || speaksOf('authfailure', text)) return 'authfailure';
  if (speaksOf('notcompliantrfc', text)) return 'notcompliantrfc';
  if (byStatus === 'requireptr' || speaksOf('requireptr', text)) return 'requireptr';
  if (speaksOf('badreputation', text)) return 'badreputation';
  const unknownUser = speaksOf('userunknown', text);
  if (
    byStatus === 'userunknown' &&
    !speaksOf('blocked', text) &&
    !speaksOf('notaccept', text) &&
    (unknownUser || !speaksOf('rejected', text))
  )
    return 'userunknown';
  if (/host does not accept mail/.test(text)) return 'notaccept';
  if (
    byStatus === 'rejected' ||
    /sending to\/from an address that has been blacklisted|recipient addresses rejected : access denied/.test(text)
  )
    return 'rejected';
  if (speaksOf('syntaxerror', text) && byStatus === null && command === '') return 'syntaxerror';
  if (speaksOf('unknownforsure', text)) return 'userunknown';
  // KDDI and Yahoo say this after the content, whoever asks.
  if (/550:? : user unknown|user doesn.t have an? .{0,60} account .{0,80}\[0\]/.test(text)) return 'filtered';
  if (command === 'RCPT' && unknownUser) return 'userunknown';
  if (byStatus === 'filtered' && (unknownUser || speaksOf('filtered', text))) return 'filtered';
  // Refused after the content was seen: the mailbox exists, it does not want this mail. So says 5.7.1 in other words.
  if ((command === 'DATA' || (command === '' && byStatus === 'securityerror')) && unknownUser && !speaksOf('hostunknown', text))
    return 'filtered';
  if (command === '' && unknownUser && !speaksOf('hostunknown', text)) return 'userunknown';
  const isVague = byStatus === null || byStatus === 'securityerror' || byStatus === 'systemerror';
  if (
    (command === 'MAIL' || command === 'DATA' || isVague) &&
    speaksOf('rejected', text) &&
    !speaksOf('blocked', text) &&
    !/recipient address rejected/.test(text)
  )
    return 'rejected';
  const isGreeting = command === 'CONN' || command === 'EHLO' || command === 'HELO';
  if (
    isGreeting &&
    (byStatus === null || vague.has(byStatus)) &&
    (speaksOf('blocked', text) || /blocked|denied|refused|invalid domain|rejected/.test(text)) &&
    !/timed out/.test(text)
  )
    return 'blocked';
  // Yahoo's delay for a sender whose mails people complain about is about the sender, not the address it comes from.
  if (/due to unexpected volume or user complaints/.test(text)) return 'rejected';
  if (command === 'MAIL' && /access denied/.test(text)) return 'rejected';
  if (
    (byStatus === 'hostunknown' && !speaksOf('networkerror', text) && !speaksOf('notaccept', text)) ||
    (speaksOf('hostunknown', text) && !/dns error/.test(text))
  )
    return 'hostunknown';
  if (byStatus === 'contenterror') return 'contenterror';
  if (!['CONN', 'EHLO', 'HELO', 'MAIL', 'RCPT'].includes(command) && speaksOf('spamdetected', text)) return 'spamdetected';
  if (byStatus === 'speeding' || speaksOf('speeding', text)) return 'speeding';
  if (byStatus === 'toomanyconn' || speaksOf('toomanyconn', text)) return 'toomanyconn';
  if (byStatus === 'blocked' || speaksOf('blocked', text)) return 'blocked';
  return null;
}

// Codes that say too little to be believed before the words are asked.
const vague = new Set<BounceReason>([
  'onhold',
  'systemerror',
  'securityerror',
  'expired',
  'suspend',
  'networkerror',
  'hostunknown',
  'userunknown',
]);

function secondLook(
  text: string,
  byStatus: BounceReason | null,
  command: string,
  isSmtp: boolean,
  facts: { diagnosisType: string | null; action: string | null },
  replyCode: string,
  status: string,
): BounceReason {
  if (/(?:operation|connection) timed out/.test(text) && byStatus !== 'networkerror') return 'expired';
  if (/able to establish an smtp connection/.test(text)) return 'networkerror';
  if (byStatus !== null && speaksOf(byStatus, text)) return byStatus;
  if (byStatus === null || vague.has(byStatus) || !isSmtp) {
    const words: BounceReason[] = [
      'mailboxfull',
      'spamdetected',
      'policyviolation',
      'virusdetected',
      'norelaying',
      'authfailure',
      'badreputation',
      'securityerror',
      'notaccept',
      'systemerror',
      'networkerror',
      'speeding',
      'suspend',
      'expired',
      'contenterror',
      'systemfull',
      'hostunknown',
      'mailererror',
    ];
    for (const reason of words) if (speaksOf(reason, text)) return reason;
    if (!isSmtp && speaksOf('userunknown', text)) return 'userunknown';
  }
  if (facts.action === 'delayed' && (byStatus === null || byStatus === 'networkerror')) return 'expired';
  if (byStatus !== null) return byStatus;
  if (/^[45]\.6\./.test(status)) return 'contenterror';
  if (/^[45]\.7\./.test(status)) return 'securityerror';
  if (facts.diagnosisType === 'x-unix' || facts.diagnosisType === 'x-postfix') return 'mailererror';
  if (/^50[0-4]$/.test(replyCode)) return 'syntaxerror';
  if (/^(?:521|556)$/.test(replyCode)) return 'notaccept';
  if (facts.action === 'delayed' || facts.action === 'expired') return 'expired';
  if (command === 'CONN' || command === 'EHLO' || command === 'HELO') return 'blocked';
  return text === '' ? 'undefined' : 'onhold';
}

/** The server's own code in the diagnosis beats a general one in the Status field (x.0.0, or 4.4.7 once the queue gave up). */
function bestStatus(declared: string | null, found: string[]): string {
  const specific = found.filter((code) => !/^[245]\.0\.0$/.test(code));
  if (declared === null) return specific.at(-1) ?? found[0] ?? '';
  if (/^[245]\.0\.0$/.test(declared) || declared === '4.4.7' || declared === '5.5.0' || declared === '5.1.1')
    return specific.at(-1) ?? declared;
  return declared;
}

function bestReply(codes: string[], status: string): string {
  const fitting = codes.find((code) => status === '' || code[0] === status[0]);
  return fitting ?? codes[0] ?? '';
}
