import type { BounceReason } from '../reasons.ts';
import { findReply, findStatus } from './codes.ts';

// Enhanced status codes (RFC 3463, 5248, 6710, 7293, 7372, 7505 and the IANA registry). A code that stands for nearly
// everything in practice (4.3.0, 4.4.0, 4.5.0, 4.7.0, 5.4.1, 5.5.0 …) is left out.
const codes: [BounceReason, string][] = [
  ['hasmoved', '4.1.6 5.1.6 5.7.17 5.7.18'],
  ['rejected', '4.1.7 4.1.8 5.1.7 5.1.8'],
  ['systemerror', '4.1.9 4.3.3 4.3.5 4.4.3 4.5.3 4.5.5 5.1.9 5.3.0 5.3.3 5.3.5 5.4.3 5.5.4 5.5.5'],
  ['blocked', '4.2.1 4.7.1 4.7.2'],
  ['mailboxfull', '4.2.2 5.2.2'],
  ['exceedlimit', '4.2.3 5.2.3'],
  ['filtered', '4.2.4 5.1.4 5.2.0 5.2.1 5.2.4'],
  ['systemfull', '4.3.1 4.4.5 5.3.1'],
  ['notaccept', '4.3.2 5.1.10 5.3.2 5.7.27'],
  ['expired', '4.4.1 4.4.7'],
  ['networkerror', '4.4.2 4.4.4 4.4.6 4.4.8 5.4.0'],
  ['contenterror', '4.6.0 4.6.2 4.6.5 5.6.0 5.6.1 5.6.2 5.6.3 5.6.5 5.6.6 5.6.7 5.6.8 5.6.9'],
  ['mesgtoobig', '4.7.16 5.3.4 5.7.16'],
  ['authfailure', '4.7.24 4.7.26 5.7.20 5.7.21 5.7.22 5.7.23 5.7.24 5.7.26 5.7.29'],
  ['requireptr', '4.7.25 5.7.25'],
  ['userunknown', '5.1.0 5.1.1 5.1.3'],
  ['hostunknown', '5.1.2 5.4.4'],
  ['syntaxerror', '5.5.2 5.5.6'],
  ['toomanyconn', '5.5.3'],
  ['suspend', '5.7.13'],
  ['spamdetected', '5.7.28'],
  [
    'securityerror',
    '4.7.5 4.7.6 4.7.7 4.7.12 4.7.15 5.7.0 5.7.1 5.7.2 5.7.3 5.7.4 5.7.5 5.7.6 5.7.7 5.7.8 5.7.9 5.7.10 5.7.11 5.7.14 5.7.15 5.7.19 5.7.30',
  ],
];
const byCode = new Map(codes.flatMap(([reason, list]) => list.split(' ').map((code) => [code, reason] as const)));

/** Reason an enhanced status code stands for by itself; '' for codes that say nothing and codes nobody assigned. */
export function reasonOfStatus(status: string): BounceReason | '' {
  return byCode.get(status) ?? '';
}

/** Whether the address is dead for good: no such user, no such host, moved, or a host that takes no mail at all. */
export function isHardBounce(reason: BounceReason, status: string, diagnosis: string): boolean {
  if (reason === 'userunknown' || reason === 'hostunknown' || reason === 'hasmoved') return true;
  if (reason !== 'notaccept') return false;
  const said = `${status} ${diagnosis}`;
  const code = findStatus(said) || findReply(said);
  return code.startsWith('5') || !(code.startsWith('4') || / temporar| persistent/i.test(said));
}

export { byCode as statusTable };
