import type { BounceReason } from './phrases.ts';

// Codes that single providers append to their answers and document on their postmaster pages. They mean one thing whatever
// SMTP code stands beside them. Sources: postmastery.com (Orange, La Poste), godaddy.com/help 40685, spectrum.net
// "understanding email error codes", cox.com "email error codes", Gmail's old "(state n)".

/** Orange, Wanadoo, La Poste: "OFR_506", "LPN007_426". Those without a reason only say "try later". */
const orange: Record<string, BounceReason> = {
  101: 'blocked',
  102: 'blocked',
  103: 'blocked',
  104: 'toomanyconn',
  305: 'securityerror',
  401: 'authfailure',
  402: 'securityerror',
  403: 'rejected',
  405: 'rejected',
  415: 'rejected',
  416: 'userunknown',
  417: 'mailboxfull',
  418: 'userunknown',
  420: 'suspend',
  421: 'rejected',
  426: 'suspend',
  505: 'systemerror',
  506: 'spamdetected',
  510: 'blocked',
  514: 'mesgtoobig',
  517: 'authfailure',
  630: 'policyviolation',
  999: 'blocked',
};

/** GoDaddy (secureserver.net): "IB607". */
const godaddy: Record<string, BounceReason> = {
  '007': 'toomanyconn',
  101: 'speeding',
  103: 'badreputation',
  104: 'blocked',
  105: 'blocked',
  106: 'blocked',
  108: 'requireptr',
  110: 'blocked',
  111: 'blocked',
  112: 'blocked',
  113: 'blocked',
  212: 'spamdetected',
  401: 'securityerror',
  501: 'notcompliantrfc',
  502: 'notcompliantrfc',
  504: 'speeding',
  506: 'rejected',
  508: 'authfailure',
  510: 'speeding',
  605: 'toomanyconn',
  607: 'speeding',
  705: 'virusdetected',
};

/** Charter, Spectrum: "AUP#In-1310"; upper end of the range, reason. */
const charter: [number, BounceReason][] = [
  [1000, 'blocked'],
  [1080, 'rejected'],
  [1090, 'systemerror'],
  [1150, 'requireptr'],
  [1190, 'policyviolation'],
  [1250, 'blocked'],
  [1260, 'networkerror'],
  [1340, 'toomanyconn'],
  [1490, 'speeding'],
  [1520, 'rejected'],
  [1530, 'mesgtoobig'],
  [1550, 'speeding'],
  [1560, 'policyviolation'],
  [1580, 'speeding'],
];

/** Cox: "AUP#CXSNDR". */
const cox: [RegExp, BounceReason][] = [
  [/cxdns/, 'requireptr'],
  [/cxsndr/, 'authfailure'],
  [/cxsmtp/, 'rejected'],
  [/cxcnct|cxmxrt/, 'toomanyconn'],
  [/cxthrt|cxmj/, 'securityerror'],
  [/urlbl/, 'spamdetected'],
  [/cxbl|cdrbl|ipbl/, 'blocked'],
];

/** Gmail's "(state 18)": where in the session the other server refused. 14 is RCPT and left to the words. */
const gmailState: Record<string, BounceReason> = { 6: 'systemerror', 8: 'systemerror', 9: 'systemerror', 12: 'norelaying', 13: 'blocked' };

/** Facebook: "RCP-P2". */
const facebook: Record<string, BounceReason> = {
  'rcp-p1': 'userunknown',
  'int-p1': 'userunknown',
  'int-p3': 'userunknown',
  'int-p4': 'userunknown',
  'rcp-p2': 'filtered',
  'rcp-p3': 'rejected',
  'msg-p1': 'mesgtoobig',
  'int-p2': 'mesgtoobig',
  'msg-p2': 'contenterror',
  'pol-p1': 'securityerror',
  'pol-p2': 'securityerror',
  'pol-p3': 'notaccept',
  'pol-p5': 'securityerror',
  'pol-p6': 'securityerror',
  'pol-p7': 'securityerror',
  'dns-p1': 'rejected',
  'dns-p2': 'rejected',
  'int-t1': 'systemerror',
  'int-t2': 'systemerror',
};

/** Words that mean one thing with one provider or program. */
const words: [RegExp, BounceReason][] = [
  [/using the .send mail as. feature/, 'rejected'], // Gmail
  [/sent to too many recipients/, 'speeding'], // GoDaddy
  [/spf\/dns de votre nom de domaine/, 'authfailure'], // Orange
  [/(?:ip|domain|sender|connection) frequency limited|frequency of receiving messages is limited/, 'toomanyconn'], // Tencent
  [/an mx or srv record indicated no smtp service|no host found for existing smtp connection/, 'notaccept'], // Exim
  [/all host address lookups failed permanently|all relevant mx records point to non-existent hosts/, 'hostunknown'], // Exim
  [/angle-brackets nested too deep|expected word or .<.|domain missing in source-routed address|malformed address:/, 'syntaxerror'], // Exim
  [/delivery to (?:file|pipe) forbidden/, 'systemerror'], // Exim
  [/mailaddress is administrati?ve?le?y disabled/, 'suspend'], // qmail-ldap
  [/exee?ded the maximum size the user accepts/, 'exceedlimit'], // qmail-ldap
  [/listed as a best-preference mx or a for that host/, 'networkerror'], // qmail
  [/part of their network is on our block ?list|banned sending ip|using customer block list|access denied, bad helo/, 'blocked'], // Microsoft
  [/access denied, please try again later/, 'blocked'], // Microsoft
  [/exceeded the maximum number of hops|hop count exceeded/, 'networkerror'], // Microsoft
];

/** Reason by a provider's own code or wording in the lower-cased diagnosis, or null. `undefined` means: the provider will not say. */
export function reasonOfProvider(text: string): BounceReason | null {
  const french = /\b(?:lpn|lpnaaa|ofr|ouk)(?:\d{3})?[-_](\d{3})\b/.exec(text)?.[1];
  if (french) return orange[french] ?? 'undefined';
  const ib = /\bib(\d{3})\b/.exec(text)?.[1];
  if (ib && godaddy[ib]) return godaddy[ib];
  const aup = /aup#[-a-z]*?(\d{4})\b/.exec(text)?.[1];
  if (aup) return charter.find(([end]) => Number(aup) <= end)?.[1] ?? 'blocked';
  const coxCode = /aup#([a-z0-9]+)/.exec(text)?.[1];
  if (coxCode) return cox.find(([pattern]) => pattern.test(coxCode))?.[1] ?? 'blocked';
  const fb = /\b((?:rcp|int|msg|pol|dns)-[pt]\d)\b/.exec(text)?.[1];
  if (fb && facebook[fb]) return facebook[fb];
  const state = /\(state (\d+)\)/.exec(text)?.[1];
  if (state && gmailState[state] && !/[45]\.[1-7]\.[1-9]/.test(text)) return gmailState[state];
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
