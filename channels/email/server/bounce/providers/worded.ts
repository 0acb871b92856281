import type { BounceReason } from '../reasons.ts';
import { reasonIn } from '../words.ts';
import type { Provider } from './types.ts';

// Providers known by their wording.

type Words = Partial<Record<BounceReason, readonly string[]>>;
const byWords = (name: string, hosts: string[], words: Words): Provider => ({ name, hosts, reasonOf: ({ text }) => reasonIn(text, words) });

export const aol = byWords('AOL', ['.mail.aol.com', '.mx.aol.com'], {
  hostunknown: ['host or domain name not found'],
  notaccept: ['type=mx: malformed or unexpected name server reply'],
});

export const apple = byWords('Apple', ['.mail.icloud.com', '.apple.com', '.me.com'], {
  authfailure: ['s dmarc policy', 'blocked for failing both spf and dkim'],
  blocked: [
    'rejected due to having a domain present in the spamhaus',
    'rejected due to listing in spamhaus',
    'blocked - see https://support.proofpoint.com/dnsbl-lookup',
    'not accepting connections',
  ],
  hasmoved: ['recipient no longer on server'],
  mailboxfull: ['user is over quota'],
  norelaying: ['relay access denied'],
  notaccept: ['host/domain does not accept mail'],
  policyviolation: ['due to local policy'],
  rejected: ['sender address rejected'],
  speeding: ['due to excessive volume'],
  userunknown: ['inactive email address', 'user does not exist', 'unknown or illegal alias'],
});

export const kddi = byWords('KDDI', ['.ezweb.ne.jp', 'msmx.au.com'], {
  filtered: ['550 : user unknown'],
  userunknown: ['>: user unknown'],
});

export const messageLabs = byWords('MessageLabs', ['.messagelabs.com'], {
  securityerror: ['please turn on smtp authentication in your mail client'],
  userunknown: ['542 * rejected', 'no such user'],
});

export const tencent = byWords('Tencent', ['.qq.com'], {
  authfailure: ['spf check failed', 'dmarc check failed'],
  blocked: ['suspected bounce attacks', 'suspected spam ip', 'connection denied'],
  mesgtoobig: ['message too large'],
  rejected: ['suspected spam', 'mail is rejected by recipients'],
  spamdetected: ['spam is embedded in the email', 'mail content denied'],
  speeding: ['mailbox unavailable or access denined'],
  suspend: ['is a deactivated mailbox'],
  syntaxerror: ['bad address syntax'],
  toomanyconn: ['ip frequency limited', 'domain frequency limited', 'sender frequency limited', 'connection frequency limited'],
  userunknown: ['mailbox not found'],
});

// https://senders.yahooinc.com/smtp-error-codes
export const yahoo = byWords('Yahoo', ['.yahoodns.net'], {
  authfailure: ['yahoo requires all senders to authenticate with either spf or dkim'],
  blocked: [" because the ip is in spamhaus's list;", 'not accepted from ip addresses on spamhaus xbl'],
  norelaying: ['relaying denied for '],
  notcompliantrfc: ['headers are not rfc compliant'],
  policyviolation: ['not accepted for policy reasons'],
  rejected: [
    'temporarily deferred due to unexpected volume or user complaints',
    'due to unresolvable rfc.5321 domain',
    ' will be permanently deferred',
  ],
  speeding: ['user is receiving mail too quickly'],
  suspend: [' is no longer valid.', 'this mailbox is disabled'],
  syntaxerror: ['syntax error in parameters or arguments'],
  toomanyconn: ['max message per connection reached'],
  userunknown: ["dd this user doesn't have a ", 'mailbox not found'],
});

// NTT Docomo answers "Unknown user" to RCPT for what it says, but to DATA where the customer's filter refuses the sender.
export const docomo: Provider = {
  name: 'NTT Docomo',
  hosts: ['mfsmax.docomo.ne.jp'],
  reasonOf({ status, command, text }) {
    if (status === '5.1.1' || status === '5.0.911') return 'userunknown';
    if (status === '5.2.0') return 'filtered';
    const told = reasonIn<BounceReason>(text, {
      mailboxfull: ['552 too much mail data'],
      toomanyconn: ['552 too many recipients'],
      syntaxerror: ['503 bad sequence of commands', '504 command parameter not implemented'],
    });
    if (told !== '') return told;
    if (status !== '5.0.0') return '';
    return command === 'RCPT' ? 'userunknown' : command === 'DATA' ? 'rejected' : '';
  },
};

// GMX, Web.de, mail.com and IONOS (https://postmaster.gmx.net/en/error-messages): several lines, no enhanced codes.
export const unitedInternet = byWords(
  'United Internet',
  ['.gmx.net', '.gmx.de', '.gmx.com', '.web.de', '.mail.com', '.kundenserver.de', '.ionos.com', '.ionos.de', '.1and1.com', '.perfora.net'],
  {
    authfailure: ['reject due to spf policy', 'reject due to dkim policy', 'reject due to dmarc policy'],
    requireptr: ['bad dns ptr resource record'],
    rejected: ['invalid dns mx or a/aaaa resource record', 'invalid dns a/aaaa resource record'],
    blocked: ['ip address is block listed', 'ip address is black listed', 'dynamic ip address'],
    speeding: ['rate limit reached'],
    policyviolation: ['reject due to policy restrictions', 'reject due to policy violations'],
    virusdetected: ['message contains virus', 'reject due to virus'],
    mailboxfull: ['exceeded storage allocation'],
    mesgtoobig: ['message size exceeds'],
    systemerror: ['local error in processing'],
  },
);
