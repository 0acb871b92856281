import { findCommand, findStatus } from '../decision/codes.ts';
import { splitAt } from '../letter.ts';
import { addressIn, isAddress } from '../words.ts';
import { Collector, type Format, linesFrom } from './collector.ts';

const opening = (line: string) => line.startsWith('This message was created automatically by mail delivery software');

export const gmx: Format = {
  name: 'GMX and Web.de',
  isFrom: (letter) => letter.header('x-gmx-antispam') !== '' || /mailer-daemon@(?:gmx|web)\.(?:de|net|at|ch)/i.test(letter.from),
  read(letter) {
    const [report] = splitAt(letter.body, ['--- The header of the original message is following. ---']);
    const to = new Collector();
    for (const line of linesFrom(report, opening)) {
      if ((line.startsWith('"') && line.indexOf('@') > 1) || line.startsWith('<')) {
        const said = to.count === 0 ? to.current.diagnosis : '';
        to.recipient(addressIn(line.replaceAll('"', ' '))).diagnosis = said;
      } else if (line.startsWith('SMTP error ')) to.current.command = findCommand(line);
      else if (line.startsWith('host: ')) to.current.remoteHost = line.slice(6);
      else to.say(line);
    }
    return to.result((finding) => {
      if (finding.diagnosis.includes('delivery retry timeout exceeded')) finding.reason = 'expired';
    });
  },
};

export const einsUndEins: Format = {
  name: '1&1',
  isFrom: (letter) =>
    /^"?Mail Delivery System"?/.test(letter.from) && letter.subject === 'Mail delivery failed: returning message to sender',
  read(letter) {
    const [report] = splitAt(letter.body, ['--- The header of the original message is following. ---']);
    const to = new Collector();
    let other = '';
    let isReason = false;
    for (const line of linesFrom(report, opening)) {
      const address = /^\s*\S+@\S+\.\S+:?$/.test(line) ? addressIn(line.replace(/:$/, '')) : '';
      if (isAddress(address)) {
        to.recipient(address);
        isReason = false;
      } else if (line.startsWith('For the following reason:')) isReason = true;
      else if (isReason) to.say(line);
      else other += ` ${line}`;
    }
    return to.result((finding) => {
      finding.diagnosis ||= other.trim();
      finding.command = findCommand(finding.diagnosis);
      const host = /host: (\S+)[\s\S]* reason:/.exec(finding.diagnosis);
      if (host) {
        finding.remoteHost = host[1] ?? '';
        finding.status = findStatus(finding.diagnosis);
        if (finding.diagnosis.includes('for TEXT command')) finding.command = 'DATA';
        if (finding.diagnosis.includes('SMTP error')) finding.type = 'SMTP';
      }
      if (finding.diagnosis.includes('Mail size limit exceeded')) finding.reason = 'mesgtoobig';
    });
  },
};

const failedAddresses = '|------------------------- Failed addresses follow: ---------------------|';

// T-Online's system descends from Smail 3 and reports as that did. Its verdicts stand for RCPT.
export const tOnline: Format = {
  name: 'T-Online',
  isFrom: (letter) => letter.body.includes(failedAddresses),
  read(letter) {
    const [report] = splitAt(letter.body, [
      '|------------------------- Message header follows:',
      '|------------------------- Message text follows:',
    ]);
    const at = report.indexOf(failedAddresses);
    const log = report.slice(0, at).replace(/^\|-.*$/gm, '');
    const to = new Collector();
    for (const line of report
      .slice(at + failedAddresses.length)
      .split('\n')
      .filter((l) => l.trim() !== '')) {
      const named = /^ <?([^\s<>]+@[^\s<>]+)>?(?: \.\.\. (.*))?$/.exec(line.trimEnd());
      if (named) to.recipient(named[1] ?? '').diagnosis = named[2] ? `${log} ${named[2]}` : '';
      else to.current.diagnosis = line;
    }
    return to.result((finding) => {
      finding.command = 'RCPT';
    });
  },
};
