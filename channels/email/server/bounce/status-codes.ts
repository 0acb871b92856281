import type { BounceReason } from './phrases.ts';

// Enhanced status codes (RFC 3463, 5248, 6710, 6752, 7293, 7372, 7505, and the IANA registry) without their class digit, and
// those of Exchange Online (5.1.351, 5.4.1, 5.7.5xx … as Microsoft documents them).
const reasons: Record<string, BounceReason> = {
  '1.0': 'userunknown',
  '1.1': 'userunknown',
  '1.2': 'hostunknown',
  '1.3': 'userunknown',
  '1.4': 'filtered',
  '1.6': 'hasmoved',
  '1.7': 'rejected',
  '1.8': 'rejected',
  '1.9': 'systemerror',
  '1.10': 'notaccept',
  '2.0': 'filtered',
  '2.1': 'filtered',
  '2.2': 'mailboxfull',
  '2.3': 'exceedlimit',
  '2.4': 'filtered',
  '3.0': 'systemerror',
  '3.1': 'systemfull',
  '3.2': 'notaccept',
  '3.3': 'systemerror',
  '3.4': 'mesgtoobig',
  '3.5': 'systemerror',
  '4.0': 'networkerror',
  '4.1': 'expired',
  '4.2': 'networkerror',
  '4.3': 'systemerror',
  '4.4': 'hostunknown',
  '4.5': 'systemerror',
  '4.6': 'networkerror',
  '4.7': 'expired',
  '4.8': 'networkerror',
  '4.14': 'networkerror',
  '4.316': 'expired',
  '4.312': 'hostunknown',
  '4.310': 'hostunknown',
  '4.317': 'securityerror',
  '5.2': 'syntaxerror',
  '5.3': 'toomanyconn',
  '5.4': 'systemerror',
  '5.5': 'systemerror',
  '5.6': 'syntaxerror',
  '6.0': 'contenterror',
  '6.1': 'contenterror',
  '6.2': 'contenterror',
  '6.3': 'contenterror',
  '6.5': 'contenterror',
  '6.6': 'contenterror',
  '6.7': 'contenterror',
  '6.8': 'contenterror',
  '6.9': 'contenterror',
  '6.10': 'contenterror',
  '7.0': 'securityerror',
  '7.1': 'securityerror',
  '7.2': 'securityerror',
  '7.3': 'securityerror',
  '7.4': 'securityerror',
  '7.5': 'securityerror',
  '7.6': 'securityerror',
  '7.7': 'securityerror',
  '7.8': 'securityerror',
  '7.9': 'securityerror',
  '7.10': 'securityerror',
  '7.11': 'securityerror',
  '7.12': 'securityerror',
  '7.13': 'suspend',
  '7.14': 'securityerror',
  '7.15': 'securityerror',
  '7.16': 'securityerror',
  '7.17': 'hasmoved',
  '7.18': 'hasmoved',
  '7.19': 'securityerror',
  '7.20': 'authfailure',
  '7.21': 'authfailure',
  '7.22': 'authfailure',
  '7.23': 'authfailure',
  '7.24': 'authfailure',
  '7.25': 'requireptr',
  '7.26': 'authfailure',
  '7.27': 'rejected',
  '7.28': 'speeding',
  '7.29': 'authfailure',
  '7.30': 'securityerror',
  '7.40': 'authfailure',
  '7.501': 'spamdetected',
  '7.502': 'spamdetected',
  '7.503': 'spamdetected',
  '7.504': 'blocked',
  '7.505': 'blocked',
  '7.506': 'blocked',
  '7.507': 'rejected',
  '7.508': 'toomanyconn',
  '7.509': 'authfailure',
  '7.510': 'policyviolation',
  '7.511': 'blocked',
  '7.512': 'notcompliantrfc',
  '7.513': 'blocked',
  '7.515': 'authfailure',
  '7.57': 'securityerror',
  '7.58': 'securityerror',
  '7.60': 'rejected',
  '7.606': 'blocked',
  '7.607': 'blocked',
  '7.608': 'blocked',
  '7.609': 'blocked',
  '7.64': 'norelaying',
  '7.700': 'rejected',
  '7.703': 'securityerror',
  '7.705': 'rejected',
  '7.708': 'blocked',
  '7.750': 'rejected',
};

/** Reason an enhanced status code stands for by itself; null for x.0.0 and codes nobody assigned. */
export function reasonOfStatus(status: string): BounceReason | null {
  const detail = /^[245]\.(\d{1,3}\.\d{1,3})$/.exec(status)?.[1];
  // A temporary "other system status" is what a server says that will not say why.
  if (status === '4.3.0') return null;
  return detail === undefined ? null : (reasons[detail] ?? null);
}

/** Whether the address is dead for good: no such user, no such host, moved, or a host that takes no mail at all. */
export function isHardBounce(reason: BounceReason, status: string, replyCode: string): boolean {
  if (reason === 'userunknown' || reason === 'hostunknown' || reason === 'hasmoved') return true;
  return reason === 'notaccept' && !status.startsWith('4') && !replyCode.startsWith('4');
}

/** Enhanced status codes in a text, in order; IP addresses, versions and dates are none. */
export function findStatusCodes(text: string): string[] {
  return [...text.matchAll(/(?<![\w.:/@-])([245]\.\d{1,3}\.\d{1,3})(?![\w]|\.\d|:\d)/g)]
    .map((m) => m[1] ?? '')
    .filter((code) => /^[245]\.(?:[0-7]|9)\.\d{1,3}$/.test(code));
}

/** SMTP reply codes in a text (RFC 5321, 4.2), those that begin a line or follow "said:" and the like first. */
export function findReplyCodes(text: string): string[] {
  const firm = [...text.matchAll(/(?:^|said: ?|;\s*|:\s+|<<<\s*|'|"|->\s*)([45][0-5]\d)(?=[ -]\s?\S)/gm)].map((m) => m[1] ?? '');
  const loose = [...text.matchAll(/(?<![\w.[-])([45][0-5]\d)(?=[ -](?:[45]\.\d|[<#A-Za-z]))/g)].map((m) => m[1] ?? '');
  return [...firm, ...loose];
}
