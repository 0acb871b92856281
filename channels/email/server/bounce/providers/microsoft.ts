import type { BounceReason } from '../reasons.ts';
import type { Provider } from './types.ts';

// Exchange's and Exchange Online's documented answers: a status code or a range of them ("5.7.606-649"), and a piece of the
// wording (https://learn.microsoft.com/exchange/mail-flow/non-delivery-reports-and-bounce-messages).
export const microsoftAnswers: [BounceReason, [string, string][]][] = [
  [
    'authfailure',
    [
      ['4.7.26', 'must pass either spf or dkim validation, this message is not signed'],
      ['5.7.23', 'the message was rejected because of sender policy framework violation'],
      ['5.7.509', 'does not pass dmarc verification'],
    ],
  ],
  ['badreputation', [['4.7.650', 'has been temporarily rate limited due to ip reputation']]],
  [
    'blocked',
    [
      ['4.4.2', 'connection dropped'],
      ['4.7.850-899', 'access denied, please try again later'],
      ['5.7.25', 'must have a reverse dns record'],
      ['5.7.506', 'access denied, bad helo'],
      ['5.7.507', 'access denied, rejected by recipient'],
      ['5.7.510', 'does not accept email over ipv6'],
      ['5.7.511', 'access denied, banned sender'],
      ['5.7.513', 'using customer block list'],
      ['5.7.606-649', 'access denied, banned sending ip '],
      ['4.7.500-699', 'access denied, please try again later'],
      ['5.5.4', 'invalid domain name'],
      ['5.7.1', 'part of their network is on our block list (s3150)'],
    ],
  ],
  [
    'contenterror',
    [
      ['5.3.0', 'too many related errors'],
      ['5.6.11', 'invalid characters'],
      ['5.4.11', 'agent generated message depth exceeded'],
      ['5.5.6', 'invalid message content'],
    ],
  ],
  ['exceedlimit', [['5.2.3', 'resolver.rst.recipsizelimit; message too large for this recipient']]],
  [
    'expired',
    [
      ['4.4.1', 'connection timed out'],
      ['4.4.7', 'message delayed'],
      ['4.4.7', 'queue expired; message expired'],
      ['4.4.7', 'message expired'],
      ['5.4.300', 'message expired'],
      ['5.4.316', 'message expired'],
    ],
  ],
  [
    'securityerror',
    [
      ['4.4.8', ' failed mta-sts validation'],
      ['5.4.8', ' failed mta-sts validation'],
      ['4.4.317', 'starttls is required to send mail'],
      ['5.4.317', 'starttls is required to send mail'],
      ['4.7.5', 'remote certificate failed mta-sts validation'],
      ['5.7.5', 'remote certificate failed mta-sts validation'],
      ['5.7.51', 'restrictdomainstoipaddresses or restrictdomainstocertificate'],
      ['4.7.321', 'starttls-not-supported: destination mail server must support tls to receive mail'],
      ['5.7.321', 'starttls-not-supported: destination mail server must support tls to receive mail'],
      ['5.7.322', "certificate-expired: destination mail server's certificate is expired"],
      ['4.7.323', 'tlsa-invalid: the domain failed dane validation'],
      ['5.7.323', 'tlsa-invalid: the domain failed dane validation'],
      ['4.7.324', 'dnssec-invalid: destination domain returned invalid dnssec records'],
      ['5.7.324', 'dnssec-invalid: destination domain returned invalid dnssec records'],
      ['4.7.325', 'certificate-host-mismatch: remote certificate must have a common name'],
      ['5.7.325', 'certificate-host-mismatch: remote certificate must have a common name'],
    ],
  ],
  ['mailboxfull', [['5.2.2', 'mailbox full']]],
  [
    'mesgtoobig',
    [
      ['5.3.4', 'message size exceeds fixed maximum message size'],
      ['5.3.4', 'message too big for system'],
    ],
  ],
  [
    'networkerror',
    [
      ['5.4.4', 'smtpsend.dns.nonexistentdomain; nonexistent domain'],
      ['5.4.6', 'hop count exceeded - possible mail loop'],
      ['4.4.312', 'dns query failed'],
      ['5.4.312', 'dns query failed'],
      ['4.4.316', 'connection refused'],
      ['5.4.316', 'connection refused'],
      ['5.4.4', 'invalid arguments'],
      ['5.4.6', 'routing loop detected'],
      ['5.4.14', 'routing loop detected'],
    ],
  ],
  [
    'norelaying',
    [
      ['5.7.1', 'unable to relay'],
      ['5.7.1', 'client was not authenticated'],
      ['5.4.1', 'relay access denied'],
      ['5.7.64', 'tenantattribution; relay access denied'],
      ['5.4.310', 'does not exist'],
    ],
  ],
  [
    'notaccept',
    [
      ['4.3.2', 'system not accepting network messages'],
      ['4.4.4', 'hosted tenant which has no mail-enabled subscriptions'],
      ['5.3.2', 'storedrv.deliver: missing or bad storedriver mdb properties'],
    ],
  ],
  [
    'policyviolation',
    [
      ['5.0.350', 'x-dg-ref header is too long'],
      ['5.0.350', 'requested action not taken: policy violation detected (as345)'],
      ['5.7.900-999', 'delivery not authorized, message refused'],
    ],
  ],
  [
    'rejected',
    [
      ['5.1.7', 'invalid address'],
      ['5.1.7', 'unknown sender address'],
      ['5.1.0', 'sender denied'],
      ['5.1.8', 'access denied, bad outbound sender'],
      ['5.7.1', 'delivery not authorized'],
      ['5.7.12', 'sender was not authenticated by organization'],
      ['5.7.124', 'sender not in allowed-senders list'],
      ['5.7.133', 'sender not authenticated for group'],
      ['5.7.134', 'sender was not authenticated for mailbox'],
      ['5.7.13', 'sender was not authenticated for public folder'],
      ['5.7.135', 'sender was not authenticated for public folder'],
      ['5.7.136', 'sender was not authenticated'],
      ['5.7.501-503', 'access denied, spam abuse detected'],
      ['5.7.512', 'access denied, message must be rfc 5322 section 3.6.2 compliant'],
      ['5.7.750', 'service unavailable. client blocked from sending from unregistered domains'],
      ['5.7.501-503', 'access denied, banned sender'],
    ],
  ],
  [
    'securityerror',
    [
      ['5.7.3', 'cannot achieve exchange server authentication'],
      ['5.7.3', 'not authorized'],
      ['5.7.57', 'client was not authenticated to send anonymous mail during mail from'],
    ],
  ],
  ['spamdetected', [['5.2.1', 'content filter agent quarantined this message']]],
  [
    'speeding',
    [
      ['4.3.2', 'storedrv.deliver; recipient thread limit exceeded'],
      ['5.1.90', "your message can't be sent because you've reached your daily limit for message recipients"],
      ['5.2.2', 'submission quota exceeded'],
      ['5.2.121', "recipient's per hour message receive limit from specific sender exceeded"],
      ['5.2.122', "recipient's per hour message receive limit exceeded"],
      ['5.7.508', 'has exceeded permitted limits within'],
      ['5.7.700-749', 'access denied, tenant has exceeded threshold'],
      ['5.7.700-749', 'access denied, traffic not accepted from this ip'],
    ],
  ],
  [
    'suspend',
    [
      ['5.7.504', 'recipient address rejected: access denied'],
      ['5.7.505', 'access denied, banned recipient'],
      ['5.2.1', 'mailbox cannot be accessed'],
    ],
  ],
  [
    'syntaxerror',
    [
      ['5.3.3', 'unrecognized command'],
      ['5.5.2', 'send hello first'],
    ],
  ],
  [
    'systemerror',
    [
      ['4.3.2', 'service not available'],
      ['4.3.2', 'service not active'],
      ['5.3.5', 'system incorrectly configured'],
      ['5.3.190', 'journaling on-premises messages to microsoft 365 or office 365 not supported'],
      ['5.0.0', 'helo / ehlo requires domain address'],
      ['5.1.4', 'destination mailbox address ambiguous'],
      ['5.2.4', 'mailing list expansion problem'],
      ['5.2.14', 'misconfigured forwarding address'],
      ['4.4.3', 'temporary server error. please try again later attr18'],
      ['4.7.0', 'temporary server error. please try again later. prx4 nexthop:'],
      ['4.4.24', 'message failed to be replicated: insufficient system resource:'],
      ['4.4.25', 'message failed to be replicated: no healthy secondary server available'],
      ['4.4.28', 'message failed to be replicated: the operation was canceled'],
      ['4.4.318', '(suspiciousremoteservererror)'],
      ['5.4.318', '(suspiciousremoteservererror)'],
      ['4.7.500', 'server busy. please try again later from '],
      ['4.7.700', 'pfa agent busy, please try again.'],
    ],
  ],
  ['systemfull', [['4.3.1', 'insufficient system resources']]],
  [
    'toomanyconn',
    [
      ['5.5.3', 'too many recipients'],
      ['4.5.3', 'too many recipients'],
      ['5.2.122', 'the recipient has exceeded their limit for'],
    ],
  ],
  [
    'userunknown',
    [
      ['5.1.1', 'resolver.adr.exrecipnotfound; not found'],
      ['5.1.1', 'resolver.adr.recipnotfound'],
      ['5.1.1', 'resolver.adr.recipientnotfound'],
      ['5.1.10', 'resolver.adr.recipientnotfound'],
      ['5.1.10', 'resolver.adr.recipnotfound'],
      ['5.1.1', 'user unknown'],
      ['5.1.3', 'storedrv.submit; invalid recipient address'],
      ['5.1.4-5', 'recipient address reserved by rfc 2606'],
      ['5.1.6', 'recipient addresses in single label domains not accepted'],
      ['5.1.1', 'bad destination mailbox address'],
      ['5.1.10', 'recipient not found'],
      ['5.4.1', 'recipient address rejected: access denied'],
      ['5.5.0', 'requested action not taken: mailbox unavailable'],
      ['5.1.2', 'invalid x.400 address'],
      ['5.1.351', 'remote server returned unknown recipient or mailbox unavailable'],
    ],
  ],
];

function covers(range: string, status: string): boolean {
  const m = /^(\d\.\d\.)(\d+)-(\d+)$/.exec(range);
  if (!m) return range === status;
  const detail = Number(status.slice(4));
  return status.startsWith(m[1] ?? '-') && detail >= Number(m[2]) && detail <= Number(m[3]);
}

export const microsoft: Provider = {
  name: 'Microsoft',
  hosts: ['.prod.outlook.com', '.protection.outlook.com', '.onmicrosoft.com', '.exchangelabs.com'],
  reasonOf({ status, text }) {
    for (const [reason, list] of microsoftAnswers)
      if (list.some(([range, words]) => covers(range, status) && text.includes(words))) return reason;
    return '';
  },
};

export const outlook: Provider = {
  name: 'Outlook.com',
  hosts: ['.hotmail.com'],
  reasonOf({ diagnosis }) {
    if (diagnosis.includes('because the domain is not reachable')) return 'hostunknown';
    return diagnosis.includes('Requested action not taken: mailbox unavailable') ? 'userunknown' : '';
  },
};
