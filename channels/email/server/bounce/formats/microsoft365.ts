import { findStatus } from '../decision/codes.ts';
import type { Letter } from '../letter.ts';
import type { BounceReason } from '../reasons.ts';
import type { Format } from './collector.ts';
import { exchange2007 } from './exchange.ts';
import { standard } from './standard.ts';

const headers = [
  'x-ms-exchange-message-is-ndr',
  'x-microsoft-antispam-prvs',
  'x-exchange-antispam-report-test',
  'x-exchange-antispam-report-cfa-test',
  'x-ms-exchange-crosstenant-originalarrivaltime',
  'x-ms-exchange-crosstenant-fromentityheader',
  'x-ms-exchange-transport-crosstenantheadersstamped',
];
// "Undeliverable:" in the languages of Outlook.
const subjects =
  /Undeliverable ?:|Unzustellbar ?:|Non remis ?:|No se puede entregar ?:|No entregado ?:|Non recapitabile ?:|Onbestelbaar ?:|N.{1,2}o[ _]entregue ?:|Niedostarczon[aey] ?:|Kan ikke leveres ?:|Går inte att leverera ?:|Teslim edilemedi ?:|Не доставлено ?:|配信不能 ?:/;
const servers = /.\.(?:outbound\.protection|prod)\.outlook\.com\b/;

// What the service's own codes stand for, single or from–to, whatever is written beside them
// (https://learn.microsoft.com/exchange/mail-flow/non-delivery-reports-and-bounce-messages).
const codes: [BounceReason, string][] = [
  ['blocked', '4.7.500-699 4.7.850-899 5.7.23 5.7.506-507 5.7.606-649'],
  ['contenterror', '5.0.350 5.6.11'],
  ['expired', '4.4.7 4.4.316 5.4.316'],
  ['filtered', '5.7.504-505'],
  ['networkerror', '4.4.312 5.4.6 5.4.312 5.7.25'],
  ['norelaying', '5.4.1'],
  ['notaccept', '5.7.510'],
  ['rejected', '5.7.1 5.7.12-13 5.7.124 5.7.133-136 5.7.511'],
  ['securityerror', '4.7.26 5.7.57 5.7.509 5.7.512'],
  ['spamdetected', '5.7.501-503'],
  ['toomanyconn', '5.7.508 5.7.700-749'],
  ['userunknown', '5.1.10'],
];

const ranges = codes.flatMap(([reason, list]) =>
  list.split(' ').map((range) => {
    const [class_ = '', subject = '', detail = ''] = range.split('.');
    const [from = '', to = from] = detail.split('-');
    return { reason, family: `${class_}.${subject}.`, from: Number(from), to: Number(to) };
  }),
);

export function reasonAt365(status: string): BounceReason | '' {
  const detail = Number(status.slice(4));
  return ranges.find((range) => status.startsWith(range.family) && detail >= range.from && detail <= range.to)?.reason ?? '';
}

export const microsoft365: Format = {
  name: 'Microsoft 365',
  isFrom(letter) {
    const clues = [
      subjects.test(letter.subject),
      ...headers.map(letter.has),
      letter.received.some((field) => servers.test(field)),
      servers.test(letter.header('message-id')),
    ];
    return clues.filter(Boolean).length >= 2;
  },
  read(letter) {
    const findings = readEither(letter);
    for (const finding of findings) {
      if (finding.status === '' || finding.status.endsWith('.0.0')) finding.status = findStatus(finding.diagnosis);
      if (/unknown recipient or mailbox unavailable ->.+@.+\.[a-z]/i.test(finding.diagnosis)) finding.command = 'RCPT';
      // Directory-based edge blocking: the domain is there, the address is not.
      if (finding.status === '5.4.1' && /recipient address rejected: access denied/i.test(finding.diagnosis))
        finding.reason = 'userunknown';
      else finding.reason = reasonAt365(finding.status) || finding.reason;
    }
    return findings;
  },
};

function readEither(letter: Letter) {
  const inner = exchange2007.isFrom(letter) ? exchange2007.read(letter) : [];
  return inner.length > 0 || !standard.isFrom(letter) ? inner : standard.read(letter);
}
