import { findStatus } from '../decision/codes.ts';
import { reasonOfStatus } from '../decision/status-codes.ts';
import { hostIn } from '../hosts.ts';
import { type Letter, originalField, splitAt } from '../letter.ts';
import type { BounceReason, Finding } from '../reasons.ts';
import { addressIn, isAddress, reasonIn } from '../words.ts';
import { Collector, type Format, linesFrom } from './collector.ts';

const isGoogle = (letter: Letter) =>
  letter.from.includes('<mailer-daemon@googlemail.com>') && letter.subject.includes('Delivery Status Notification');

// "(state 14)" names the step of the session that failed.
const states: Record<string, [string, BounceReason]> = {
  '6': ['MAIL', 'systemerror'],
  '8': ['AUTH', 'systemerror'],
  '9': ['AUTH', 'systemerror'],
  '12': ['AUTH', 'norelaying'],
  '13': ['EHLO', 'blocked'],
  '14': ['RCPT', 'userunknown'],
  '15': ['DATA', 'filtered'],
  '17': ['DATA', 'filtered'],
  '18': ['DATA', 'filtered'],
};
const gmailSayings: Partial<Record<BounceReason, readonly string[]>> = {
  expired: [
    'DNS Error: Could not contact DNS servers',
    'Delivery to the following recipient has been delayed',
    'The recipient server did not accept our requests to connect',
  ],
  hostunknown: ['DNS Error: Domain name not found', 'DNS Error: DNS server returned answer with no data'],
};

export const gmail: Format = { name: 'Gmail', isFrom: isGoogle, read: readGmail };

function readGmail(letter: Letter): Finding[] {
  const [report] = splitAt(letter.body, ['----- Original message -----', '----- Message header follows -----']);
  const to = new Collector();
  for (const line of linesFrom(report, (l) => l.startsWith('Delivery to the following recipient'), true)) {
    if (!line.startsWith(' ') || line.indexOf('@') < 1) {
      to.say(line);
      continue;
    }
    const address = addressIn(line);
    if (!isAddress(address)) continue;
    const said = to.current.diagnosis;
    if (to.count === 0) {
      to.current.recipient = address;
      to.count = 1;
    } else to.recipient(address).diagnosis = said;
  }
  return to.result((finding) => {
    finding.remoteHost = hostIn(finding.diagnosis);
    const state = states[/ \(state (\d+)\)/.exec(finding.diagnosis)?.[1] ?? ''];
    if (state) [finding.command, finding.reason] = state;
    else finding.reason = reasonIn(finding.diagnosis, gmailSayings);
    if (finding.reason === '') return;
    finding.status = findStatus(finding.diagnosis);
    if (finding.status !== '' && !/\.0/.test(finding.status)) finding.reason = reasonOfStatus(finding.status);
  });
}

const workspaceSayings: Partial<Record<BounceReason, readonly string[]>> = {
  userunknown: ["because the address couldn't be found. Check for typos or unnecessary spaces and try again."],
  notaccept: ['Null MX'],
  networkerror: [' had no relevant answers.', ' responded with code NXDOMAIN'],
};

export const googleWorkspace: Format = {
  name: 'Google Workspace',
  isFrom: (letter) => isGoogle(letter) && !/^(?:Diagnostic-Code|Final-Recipient):/im.test(letter.body),
  read(letter) {
    const [report, original] = splitAt(letter.body, ['Content-Type: message/rfc822', 'Content-Type: text/rfc822-headers']);
    const lines = linesFrom(report, (l) => l.startsWith('** '), true);
    const address = addressIn(originalField(original, 'To'));
    if (lines.length === 0 || address === '') return [];
    const to = new Collector();
    to.recipient(address).diagnosis = lines.join(' ');
    return to.result((finding) => {
      finding.reason = reasonIn(finding.diagnosis, workspaceSayings);
    });
  },
};

export const googleGroups: Format = {
  name: 'Google Groups',
  isFrom: (letter) =>
    isGoogle(letter) &&
    letter.body.includes('Google Groups') &&
    letter.header('x-failed-recipients') !== '' &&
    letter.header('x-google-smtp-source') !== '',
  read(letter) {
    const [report] = splitAt(letter.body, ['----- Original message -----', 'Content-Type: message/rfc822']);
    const diagnosis = report.split('\n\n').slice(0, 4).join(' ');
    // The four things that may be wrong about a post: the group refuses it.
    const reason = (report.match(/^ ?\*/gm) ?? []).length === 4 ? 'rejected' : 'onhold';
    const to = new Collector();
    for (const address of letter.header('x-failed-recipients').split(',').map(addressIn).filter(isAddress))
      Object.assign(to.recipient(address), { diagnosis, reason });
    return to.result();
  },
};
