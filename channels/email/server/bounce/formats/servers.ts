import { findCommand } from '../decision/codes.ts';
import { originalMarks, splitAt } from '../letter.ts';
import type { BounceReason, Finding } from '../reasons.ts';
import { addressIn, isAddress, reasonIn, tidy } from '../words.ts';
import { Collector, type Format, linesFrom } from './collector.ts';
import { readFields } from './fields-reader.ts';

type Sayings = Partial<Record<BounceReason, readonly string[]>>;

const smtpdSayings: Sayings = {
  expired: ['Envelope expired'],
  securityerror: ['Could not retrieve credentials'],
  hostunknown: ['Invalid domain name', 'Domain does not exist'],
  networkerror: [
    'Address family mismatch on destination MXs',
    'All routes to destination blocked',
    'bad DNS lookup error code',
    'Could not retrieve source address',
    'Loop detected',
    'Network error on destination MXs',
    'No valid route to remote MX',
    'No valid route to destination',
    'Temporary failure in MX lookup',
  ],
  notaccept: ['Destination seem to reject all mails', 'No MX found for domain', 'No MX found for destination'],
};

export const openSmtpd: Format = {
  name: 'OpenSMTPD',
  isFrom: (letter) =>
    letter.subject.includes('Delivery status notification') ||
    letter.from.includes('Mailer Daemon <') ||
    letter.received.some((field) => field.includes(' (OpenSMTPD) with ')),
  read(letter) {
    const [report] = splitAt(letter.body, ['    Below is a copy of the original message:', 'Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('    This is the MAILER-DAEMON, please DO NOT REPLY to this'))) {
      const named = /^(\S+@\S+?): *(.*)$/.exec(line);
      if (named) to.recipient(addressIn(named[1] ?? '')).diagnosis = named[2] ?? '';
    }
    return to.result((finding) => {
      finding.reason = reasonIn(finding.diagnosis, smtpdSayings);
    });
  },
};

const courierSayings: Sayings = {
  hostunknown: ['No such domain.'],
  systemerror: ["This domain's DNS violates RFC 1035."],
  networkerror: ['DNS lookup failed.'],
};

export const courier: Format = {
  name: 'Courier',
  isFrom: (letter) =>
    letter.from.includes('Courier mail server at ') ||
    /NOTICE: mail delivery status\.|WARNING: delayed mail\./.test(letter.subject) ||
    letter.header('message-id').startsWith('<courier.'),
  read(letter) {
    const [report] = splitAt(letter.body, originalMarks);
    const to = new Collector();
    let command = '';
    readFields(
      linesFrom(report, (l) => /DELAYS IN DELIVERING YOUR MESSAGE|UNDELIVERABLE MAIL/.test(l)),
      to,
      (line) => {
        if (line.startsWith('>>> ')) command = findCommand(line);
      },
    );
    return to.result((finding) => {
      finding.reason = reasonIn(finding.diagnosis, courierSayings);
      finding.command = command;
    });
  },
};

export const dragonFly: Format = {
  name: 'DragonFly Mail Agent',
  isFrom: (letter) =>
    letter.subject.includes('Mail delivery failed') && letter.received.some((field) => field.includes(' (DragonFly Mail Agent')),
  read(letter) {
    const [report] = splitAt(letter.body, ['Original message follows.', 'Message headers follow']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('This is the DragonFly Mail Agent '))) {
      if (line.startsWith('There was an error delivering your mail to <')) to.recipient(addressIn(line));
      else {
        to.say(line);
        if (!line.includes(' did not like our ') || to.current.remoteHost !== '') continue;
        const [first = '', second = ''] = line.split(' ');
        to.current.remoteHost = first.includes('.') ? first : second;
        to.current.command = findCommand(line);
      }
    }
    return to.result((finding) => {
      finding.reason = reasonIn<BounceReason>(finding.diagnosis, {
        expired: ['Could not deliver for the last '],
        hostunknown: ['DNS lookup failure: host '],
      });
    });
  },
};

export const james: Format = {
  name: 'Apache James',
  isFrom: (letter) =>
    letter.subject === '[BOUNCE]' ||
    letter.header('message-id').includes('.JavaMail.') ||
    letter.received.some((field) => field.includes('JAMES SMTP Server')),
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const at = report.search(/^Message details:/m);
    if (at < 0) return [];
    const to = new Collector();
    for (const named of report.slice(at).matchAll(/^ {2}RCPT TO: (.+)$/gm))
      to.recipient(addressIn(named[1] ?? '')).diagnosis = report.slice(0, at);
    return to.result();
  },
};

export const messagingServer: Format = {
  name: 'Oracle Messaging Server',
  isFrom: (letter) => letter.header('content-type').includes('Boundary_(ID_') || letter.subject.startsWith('Delivery Notification: '),
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822', '\nReturn-Path: ']);
    const to = new Collector();
    const others = new Map<Finding, string>();
    // Both addresses of one recipient stand together; we wrote to the original one.
    let pair = '';
    for (const line of linesFrom(report, (l) =>
      l.startsWith('This report relates to a message you sent with the following header fields:'),
    )) {
      const [, kind = '', written = ''] = /^ {2}(Recipient|Original) address: (.*@.*\..*)$/.exec(line) ?? [];
      const address = addressIn(written);
      if (isAddress(address)) {
        const isSecond = pair !== '' && pair !== kind;
        if (!isSecond && address !== to.current.recipient) to.recipient(address);
        else if (kind === 'Original') to.current.recipient = address;
        pair = isSecond ? '' : kind;
        continue;
      }
      pair = '';
      if (line.startsWith('  Reason: ')) to.current.diagnosis = line.slice(10);
      else if (line.startsWith('  Diagnostic code: ')) {
        const code = /^ {2}Diagnostic code: *(?:([\w-]+) *; *)?(.*)$/.exec(line);
        to.current.type = (code?.[1] ?? 'SMTP').toUpperCase();
        to.current.diagnosis += ` ${code?.[2] ?? ''}`;
      } else if (line.startsWith('  Remote system: ')) to.current.remoteHost ||= /;([^\s(]+)/.exec(line)?.[1] ?? '';
      else if (/^Status: /i.test(line)) {
        to.current.status ||= /[245]\.\d+\.\d+/.exec(line)?.[0] ?? '';
        to.current.diagnosis ||= /\(.*$/.exec(line)?.[0] ?? '';
      } else if (to.count > 0 && !/^\s*(?:[\w-]+:|--|$)/.test(line))
        others.set(to.current, `${others.get(to.current) ?? ''} ${line.trim()}`);
    }
    return to.result((finding) => {
      finding.diagnosis ||= tidy(others.get(finding) ?? '');
      if (finding.diagnosis.includes('Illegal host/domain name found')) finding.reason = 'hostunknown';
    });
  },
};
