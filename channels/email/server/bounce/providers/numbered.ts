import type { BounceReason } from '../reasons.ts';
import { between, reasonIn } from '../words.ts';
import type { Provider } from './types.ts';

// Providers that write a code of their own into the answer.

export const coxCodes: Record<string, BounceReason> = {
  CXBL: 'blocked',
  CXDNS: 'requireptr',
  CXSNDR: 'authfailure',
  CXSMTP: 'rejected',
  CXCNCT: 'toomanyconn',
  CXMXRT: 'toomanyconn',
  CDRBL: 'blocked',
  CXTHRT: 'securityerror',
  CXMJ: 'securityerror',
  URLBL011: 'spamdetected',
  URLBL101: 'spamdetected',
  URLBL110: 'spamdetected',
  URLBL1001: 'spamdetected',
};

// https://www.cox.com/residential/support/email-error-codes.html
export const cox: Provider = {
  name: 'Cox',
  hosts: ['cox.net'],
  reasonOf({ diagnosis, text }) {
    const code = between(`${diagnosis} `, 'AUP#', ' ').replace(/[^A-Z\d].*$/, '');
    if (coxCodes[code]) return coxCodes[code];
    if (/^IPBL[01]{4,5}$/.test(code)) return 'blocked';
    return reasonIn<BounceReason>(text, {
      blocked: ['cox too many bad commands from', 'too many invalid recipients'],
      requireptr: ['dns check failure - try again later', 'rejected - no rdns'],
      policyviolation: ['esmtp no data before greeting', 'attachment extension is forbidden'],
      rejected: ['sender rejected'],
      systemerror: ['esmtp server temporarily not available'],
      toomanyconn: ['too many sessions from', 'requested action aborted: try again later', 'message threshold exceeded'],
      userunknown: ['recipient rejected'],
    });
  },
};

export const facebookCodes: Record<string, BounceReason> = {
  'DNS-P1': 'rejected',
  'DNS-P2': 'rejected',
  'DNS-P3': 'requireptr',
  'DNS-T1': 'rejected',
  'DNS-T2': 'requireptr',
  'CON-T1': 'toomanyconn',
  'CON-T2': 'toomanyconn',
  'CON-T3': 'toomanyconn',
  'CON-T4': 'toomanyconn',
  'INT-P1': 'userunknown',
  'INT-P2': 'mesgtoobig',
  'INT-P3': 'userunknown',
  'INT-P4': 'userunknown',
  'INT-P7': 'mailboxfull',
  'MSG-P1': 'mesgtoobig',
  'MSG-P2': 'contenterror',
  'MSG-P3': 'notcompliantrfc',
  'MSG-T1': 'toomanyconn',
  'POL-P1': 'blocked',
  'POL-P2': 'blocked',
  'POL-P3': 'blocked',
  'POL-P4': 'blocked',
  'POL-P5': 'virusdetected',
  'POL-P6': 'spamdetected',
  'POL-P7': 'authfailure',
  'POL-P8': 'policyviolation',
  'POL-T1': 'blocked',
  'POL-T2': 'blocked',
  'POL-T3': 'blocked',
  'RCP-P1': 'userunknown',
  'RCP-P2': 'filtered',
  'RCP-P3': 'filtered',
  'RCP-T1': 'systemerror',
  'RCP-T4': 'suspend',
};

// https://www.facebook.com/postmaster/response_codes
export const facebook: Provider = {
  name: 'Facebook',
  hosts: ['.facebook.com'],
  reasonOf: ({ diagnosis }) => facebookCodes[/\b[A-Z]{3}-[PT]\d\b/.exec(diagnosis)?.[0] ?? ''] ?? '',
};

export const orangeCodes: Record<string, BounceReason> = {
  '101': 'blocked',
  '102': 'blocked',
  '103': 'blocked',
  '104': 'toomanyconn',
  '105': 'undefined',
  '107': 'undefined',
  '108': 'undefined',
  '109': 'undefined',
  '201': 'undefined',
  '305': 'securityerror',
  '401': 'authfailure',
  '402': 'securityerror',
  '403': 'rejected',
  '405': 'rejected',
  '415': 'rejected',
  '416': 'userunknown',
  '417': 'mailboxfull',
  '418': 'userunknown',
  '420': 'suspend',
  '421': 'rejected',
  '423': 'undefined',
  '424': 'undefined',
  '426': 'suspend',
  '505': 'systemerror',
  '506': 'spamdetected',
  '510': 'blocked',
  '513': 'undefined',
  '514': 'mesgtoobig',
  '517': 'authfailure',
  '630': 'policyviolation',
  '999': 'blocked',
};

// La Poste, Orange and Wanadoo end their answers with LPN105_402, OFR_416 and the like
// (https://www.postmastery.com/orange-postmaster-smtp-error-codes-ofr/).
export const orange: Provider = {
  name: 'Orange',
  hosts: ['.laposte.net', '.orange.fr', '.wanadoo.fr'],
  reasonOf({ text }) {
    const label = [...text.matchAll(/\b(?:lpnaaa|lpn|ofr|ouk)[\d]*[_-]?(\d{3})(?!\d)/g)].at(-1);
    const reason = orangeCodes[label?.[1] ?? ''];
    if (reason) return reason;
    return text.includes('spf/dns de votre nom de domaine') ? 'authfailure' : '';
  },
};

export const iuaCodes: BounceReason[] = [
  'norelaying',
  'userunknown',
  'suspend',
  'mailboxfull',
  'toomanyconn',
  'norelaying',
  'blocked',
  'rejected',
  'blocked',
  'filtered',
];

// i.ua explains its answers at https://mail.i.ua/err/1/ to /err/10/.
export const iua: Provider = {
  name: 'i.ua',
  hosts: ['.email.ua'],
  reasonOf: ({ text }) => iuaCodes[Number(/\.i\.ua\/err\/(\d+)/.exec(text)?.[1] ?? 0) - 1] ?? '',
};

export const spectrumCodes: [number, number, BounceReason][] = [
  [1000, 1000, 'blocked'],
  [1010, 1010, 'rejected'],
  [1020, 1080, 'rejected'],
  [1090, 1090, 'systemerror'],
  [1100, 1150, 'requireptr'],
  [1160, 1190, 'policyviolation'],
  [1200, 1210, 'blocked'],
  [1220, 1250, 'blocked'],
  [1260, 1260, 'networkerror'],
  [1300, 1340, 'toomanyconn'],
  [1350, 1490, 'speeding'],
  [1500, 1500, 'rejected'],
  [1520, 1520, 'rejected'],
  [1530, 1530, 'mesgtoobig'],
  [1540, 1540, 'speeding'],
  [1550, 1550, 'speeding'],
  [1560, 1560, 'policyviolation'],
  [1580, 1580, 'speeding'],
];

// https://www.spectrumbusiness.net/support/internet/understanding-email-error-codes
export const spectrum: Provider = {
  name: 'Spectrum',
  hosts: ['charter.net'],
  reasonOf({ diagnosis }) {
    const code = Number(/AUP#[^\d]{0,5}(\d{4})/.exec(diagnosis)?.[1] ?? 0);
    return spectrumCodes.find(([from, to]) => code >= from && code <= to)?.[2] ?? '';
  },
};

export const godaddyCodes: Record<string, BounceReason> = {
  IB007: 'toomanyconn',
  IB101: 'speeding',
  IB103: 'badreputation',
  IB104: 'blocked',
  IB105: 'blocked',
  IB106: 'blocked',
  IB108: 'requireptr',
  IB110: 'blocked',
  IB111: 'blocked',
  IB112: 'blocked',
  IB113: 'blocked',
  IB212: 'spamdetected',
  IB401: 'securityerror',
  IB501: 'notcompliantrfc',
  IB502: 'notcompliantrfc',
  IB504: 'speeding',
  IB506: 'rejected',
  IB508: 'authfailure',
  IB510: 'speeding',
  IB605: 'toomanyconn',
  IB607: 'speeding',
  IB705: 'virusdetected',
};

// https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685
export const godaddy: Provider = {
  name: 'GoDaddy',
  hosts: ['smtp.secureserver.net', 'mailstore1.secureserver.net'],
  reasonOf({ diagnosis, text }) {
    const code = / (IB\d{3})\b/.exec(diagnosis)?.[1];
    if (code) return godaddyCodes[code] ?? '';
    return reasonIn<BounceReason>(text, {
      blocked: ['rbl reject', 'www.spamhaus.org/query/bl?ip='],
      expired: ['has been in the queue too long', 'delivery timeout'],
      mailboxfull: ['account storage limit'],
      spamdetected: ['message rejected for spam or virus content'],
      suspend: ['account disabled'],
      systemerror: ['message is looping'],
      userunknown: ['recipient not found', 'account does not exist'],
    });
  },
};
