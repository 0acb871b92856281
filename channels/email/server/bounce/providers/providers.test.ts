import { describe, expect, test } from 'vitest';
import { reasonAt365 } from '../formats/microsoft365.ts';
import type { BounceReason } from '../reasons.ts';
import { googleAnswers } from './google.ts';
import { reasonOfProvider } from './index.ts';
import { microsoftAnswers } from './microsoft.ts';
import { mimecastAnswers } from './mimecast.ts';
import { coxCodes, facebookCodes, godaddyCodes, iuaCodes, orangeCodes, spectrumCodes } from './numbered.ts';

function ask(remote: string, diagnosis: string, codes: { status?: string; replyCode?: string; command?: string } = {}, domain = '') {
  return reasonOfProvider(
    { diagnosis, text: diagnosis.toLowerCase(), status: '', replyCode: '', command: '', ...codes },
    { domain, remote, local: '' },
  );
}

type Answers = readonly [BounceReason, readonly (readonly [string, string])[]][];
const flat = (answers: Answers) => answers.flatMap(([reason, list]) => list.map(([code, words]) => [code, words, reason] as const));

test.each(flat(googleAnswers))('Google %s "%s": %s', (codes, words, reason) => {
  const [replyCode = '', status = ''] = codes.split(' ');
  expect(ask('gmail-smtp-in.l.google.com', `${codes} sorry, ${words} x`, { replyCode, status })).toBe(reason);
  // Temporary and permanent alike.
  const other = replyCode.startsWith('4') ? '5' : '4';
  expect(
    ask('gmail-smtp-in.l.google.com', `${codes} sorry, ${words} x`, {
      replyCode: `${other}${replyCode.slice(1)}`,
      status: `${other}${status.slice(1)}`,
    }),
  ).toBe(reason);
});

test.each(flat(microsoftAnswers))('Microsoft %s "%s": %s', (range, words, reason) => {
  const status = range.replace(/-\d+$/, '');
  expect(ask('mx.protection.outlook.com', `550 ${status} sorry, ${words} x`, { status })).toBe(reason);
});

test.each(flat(mimecastAnswers))('Mimecast %s "%s": %s', (replyCode, words, reason) => {
  expect(ask('us-smtp-1.mimecast.com', `${replyCode} sorry, ${words} x`, { replyCode })).toBe(reason);
});

describe('codes in the answer', () => {
  test.each(Object.entries(coxCodes))('Cox %s: %s', (code, reason) => {
    expect(ask('mx.cox.net', `554 IMP refused. See AUP#${code} for details`)).toBe(reason);
  });
  test.each(Object.entries(facebookCodes))('Facebook %s: %s', (code, reason) => {
    expect(ask('smtpin.mx.facebook.com', `554 5.7.1 ${code} https://postmaster.example/${code} sorry`)).toBe(reason);
  });
  test.each(Object.entries(orangeCodes))('Orange %s: %s', (code, reason) => {
    for (const label of [`OFR_${code}`, `LPN105_${code}`, `OFR006_${code}`])
      expect(ask('smtp-in.orange.fr', `550 sorry ${label}`)).toBe(reason);
  });
  test.each(Object.entries(godaddyCodes))('GoDaddy %s: %s', (code, reason) => {
    expect(ask('smtp.secureserver.net', `554 refused. ${code} please see our help`)).toBe(reason);
  });
  test.each(spectrumCodes)('Spectrum %s to %s: %s', (from, to, reason) => {
    for (const code of [from, to]) expect(ask('mx.charter.net', `550 AUP#E-${code} sorry`)).toBe(reason);
  });
  test.each(iuaCodes.map((reason, i) => [i + 1, reason] as const))('i.ua %s: %s', (number, reason) => {
    expect(ask('mx.email.ua', `550 see http://mail.i.ua/err/${number}/`)).toBe(reason);
  });
});

test.each<[string, string, string, BounceReason | '']>([
  ['a server that is nobody', 'mx.kunde.test', '550 5.1.1 the email account that you tried to reach does not exist', ''],
  ['Apple', 'mx01.mail.icloud.com', '552 5.2.2 user is over quota', 'mailboxfull'],
  ['Tencent', 'mx3.qq.com', '550 Domain frequency limited', 'toomanyconn'],
  ['Yahoo', 'mta5.am0.yahoodns.net', "554 delivery error: dd This user doesn't have a yahoo account", 'userunknown'],
  ['KDDI', 'lsean.ezweb.ne.jp', '550 <a@ezweb.ne.jp>: User unknown', 'userunknown'],
  ['KDDI, filter', 'lsean.ezweb.ne.jp', '550 : User unknown', 'filtered'],
  ['Outlook.com', 'mx1.hotmail.com', '550 Requested action not taken: mailbox unavailable', 'userunknown'],
  ['MessageLabs', 'cluster5.eu.messagelabs.com', '542 <a@kunde.test> Rejected', 'userunknown'],
  ['Orange in words', 'smtp-in.wanadoo.fr', '550 la configuration SPF/DNS de votre nom de domaine', 'authfailure'],
  ['GMX', 'mx00.gmx.net', '550 <a@shop.test>: Reject due to SPF policy.', 'authfailure'],
  [
    'GMX',
    'mx01.emig.gmx.net',
    '554 gmx.net Nemesis ESMTP Service not available No SMTP service Bad DNS PTR resource record.',
    'requireptr',
  ],
  ['Web.de', 'mx-ha03.web.de', '554 Transaction failed Reject due to policy restrictions.', 'policyviolation'],
  ['IONOS', 'mx00.kundenserver.de', '552 Requested mail action aborted: exceeded storage allocation', 'mailboxfull'],
  ['mail.com', 'mx00.mail.com', '421 Rate limit reached. Please try again later', 'speeding'],
  ['Cox in words', 'mx.cox.net', '421 esmtp server temporarily not available', 'systemerror'],
])('%s', (_name, remote, answer, reason) => {
  expect(ask(remote, answer)).toBe(reason);
});

const askDocomo = (command: string) => ask('mfsmax.docomo.ne.jp', '550 Unknown user a@docomo.ne.jp', { status: '5.0.0', command });

test('NTT Docomo: the command tells the user from the filter', () => {
  expect(askDocomo('RCPT')).toBe('userunknown');
  expect(askDocomo('DATA')).toBe('rejected');
});

test.each<[string, BounceReason | '']>([
  ['4.4.7', 'expired'],
  ['4.7.500', 'blocked'],
  ['4.7.899', 'blocked'],
  ['5.0.350', 'contenterror'],
  ['5.1.10', 'userunknown'],
  ['5.4.1', 'norelaying'],
  ['5.4.6', 'networkerror'],
  ['5.4.312', 'networkerror'],
  ['5.4.316', 'expired'],
  ['5.7.1', 'rejected'],
  ['5.7.12', 'rejected'],
  ['5.7.134', 'rejected'],
  ['5.7.23', 'blocked'],
  ['5.7.57', 'securityerror'],
  ['5.7.501', 'spamdetected'],
  ['5.7.505', 'filtered'],
  ['5.7.508', 'toomanyconn'],
  ['5.7.510', 'notaccept'],
  ['5.7.606', 'blocked'],
  ['5.7.749', 'toomanyconn'],
  ['5.7.100', ''],
])('Microsoft 365 %s: "%s"', (status, reason) => {
  expect(reasonAt365(status)).toBe(reason);
});
