import { findCommand } from '../decision/codes.ts';
import { noteField, readField } from '../fields.ts';
import { hostIn } from '../hosts.ts';
import { originalField, splitAt } from '../letter.ts';
import type { BounceReason } from '../reasons.ts';
import { addressIn, between, isAddress, reasonIn } from '../words.ts';
import { Collector, type Format, linesFrom } from './collector.ts';

// Filters, mailing lists and providers.

export const mailFoundry: Format = {
  name: 'MailFoundry',
  isFrom: (letter) =>
    letter.subject === 'Message delivery has failed' && letter.received.some((field) => field.includes('(MAILFOUNDRY) id')),
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('Unable to deliver message to:'), true)) {
      if (/^Unable to deliver message to: <.*@/.test(line)) to.recipient(addressIn(line));
      else if (line === 'Delivery failed for the following reason:') to.current.diagnosis = line;
      else if (to.current.diagnosis !== '' && !line.startsWith('-')) to.say(line);
    }
    return to.result();
  },
};

export const mailMarshal: Format = {
  name: 'MailMarshal (Trustwave)',
  isFrom: (letter) => letter.subject.startsWith('Undeliverable Mail: "'),
  read(letter) {
    const [report] = splitAt(letter.body, ['+++++++++++++++++++++++++++++++++++++++++++++++', 'Content-Type: message/rfc822']);
    const to = new Collector();
    let diagnosis = '';
    let state: 'before' | 'reason' | 'after' = 'before';
    for (const line of linesFrom(report, (l) => l.startsWith('Your message:'), true)) {
      if (line.startsWith('Could not be delivered because of')) state = 'reason';
      else if (line.startsWith('The following recipients were affected:')) state = 'after';
      else if (state === 'reason') diagnosis += ` ${line}`;
      else if (state === 'after' && /^ {4}\s*\S+@\S+$/.test(line)) to.recipient(addressIn(line));
      else if (line.startsWith('Reporting-MTA: ')) to.current.remoteHost = between(line, '<', '>');
    }
    for (const finding of to.findings) finding.diagnosis = diagnosis;
    return to.result();
  },
};

export const surfControl: Format = {
  name: 'SurfControl',
  isFrom: (letter) => letter.header('x-sef-processed') !== '' || letter.header('x-mailer') === 'SurfControl E-mail Filter',
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('Your message could not be sent.'))) {
      const named = /^Addressed To: *(\S+@\S+)$/.exec(line);
      const answer = /^\S+@\S+: *\[([\d.]+)\], *(.+)$/.exec(line);
      const field = readField(line);
      if (named) to.recipient(addressIn(named[1] ?? ''));
      else if (answer) {
        to.current.remoteHost = answer[1] ?? '';
        to.current.diagnosis = answer[2] ?? '';
      } else if (field?.kind === 'code') to.current.diagnosis ||= field.value;
      else if (field?.kind === 'status') to.current.status = field.value;
      else if (field?.kind === 'action') to.current.action = field.value;
    }
    return to.result();
  },
};

export const iMail: Format = {
  name: 'IMail',
  isFrom: (letter) => letter.subject.startsWith('Undeliverable Mail ') || letter.header('x-mailer').startsWith('<SMTP32 v'),
  read(letter) {
    const [report] = splitAt(letter.body, ['Original message follows.']);
    const to = new Collector();
    let answer = '';
    for (const line of report.split('\n').map((l) => l.trimEnd())) {
      if ((line.indexOf(': ') > 8 && /: .*@/.test(line)) || line.startsWith('undeliverable '))
        to.recipient(addressIn(line)).diagnosis = line;
      else if (line.includes('Body of message generated response:')) answer = line;
      else if (answer !== '') answer += ` ${line}`;
    }
    return to.result((finding) => {
      finding.diagnosis = `${answer} ${finding.diagnosis}`.trim();
      finding.command = findCommand(finding.diagnosis);
      finding.reason = reasonIn<BounceReason>(finding.diagnosis, {
        hostunknown: ['Unknown host'],
        userunknown: ['Unknown user', 'Invalid final delivery userid'],
        mailboxfull: ['User mailbox exceeds allowed size'],
        virusdetected: ['Requested action not taken: virus detected'],
        spamdetected: ['Blacklisted URL in message'],
        expired: ['Delivery failed '],
      });
    });
  },
};

export const verizon: Format = {
  name: 'Verizon',
  isFrom: (letter) => /post_master@vtext\.com|sysadmin@.*\.vzwpix\.com/.test(letter.from),
  read(letter) {
    const [report, original] = splitAt(letter.body, ['Original Message:', 'Message details:']);
    const address = addressIn(originalField(original, 'To') || originalField(original, 'RCPT TO'));
    if (address === '') return [];
    const to = new Collector();
    to.recipient(address).diagnosis = linesFrom(report, (l) => l.startsWith('Error: '), true).join(' ');
    return to.result((finding) => {
      if (/550 - Requested action not taken: no such user here|No valid recipients/.test(finding.diagnosis)) finding.reason = 'userunknown';
    });
  },
};

export const zoho: Format = {
  name: 'Zoho',
  isFrom: (letter) => letter.header('x-zohomail') !== '',
  read(letter) {
    const [report] = splitAt(letter.body, ['\n\nReceived:']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('This message was created automatically by mail delivery'))) {
      if (/@.* .*ERROR_CODE :/.test(line) || line.startsWith('[Status: ')) {
        const said = to.count === 0 ? to.current.diagnosis : '';
        to.recipient(addressIn(line)).diagnosis = `${said} ${line}`;
      } else if (!line.startsWith('-----')) to.say(line);
    }
    return to.result((finding) => {
      if (finding.diagnosis.includes('Host not reachable')) finding.reason = 'expired';
    });
  },
};

export const fml: Format = {
  name: 'fml',
  isFrom: (letter) => letter.header('x-mlserver') !== '' && letter.from.includes('-admin@') && letter.header('message-id').includes('.FML'),
  read(letter) {
    const [report] = splitAt(letter.body, ['Original mail as follows:']);
    const to = new Collector();
    for (const line of report.split('\n').map((l) => l.trimEnd())) {
      const named = between(line, '<', '>');
      if (named.includes('@')) to.recipient(named).diagnosis = line;
      else if (line !== '') to.say(line);
    }
    return to.result((finding) => {
      finding.reason =
        reasonIn<BounceReason>(finding.diagnosis, {
          rejected: [
            ' header may cause mail loop',
            'NOT MEMBER article from ',
            'reject mail from ',
            'reject spammers:',
            'You are not a member of this mailing list',
          ],
          systemerror: [' has detected a loop condition so that', 'Duplicated Message-ID', 'Loop Back Warning:'],
          securityerror: ['Security alert:'],
        }) ||
        reasonIn<BounceReason>(letter.subject, {
          rejected: [' are not member', 'NOT MEMBER article from ', 'reject mail ', 'Spam mail from a spammer is rejected'],
          systemerror: ['fml system error message', 'Loop Alert: ', 'Loop Back Warning: ', 'WARNING: UNIX FROM Loop'],
          securityerror: ['Security Alert'],
        });
    });
  },
};

export const mimecast: Format = {
  name: 'Mimecast',
  isFrom: (letter) => letter.subject.includes('Email Delivery Failure') || letter.header('message-id').includes('.mimecast.lan>'),
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('-- '), true)) {
      const said = line.startsWith('-- ') ? line.slice(3).trim() : '';
      const field = readField(line);
      if (said.includes(' ')) to.say(said);
      else if (said.includes('@')) to.recipient(addressIn(said));
      else if (field?.kind === 'code') {
        to.current.type = field.type;
        to.current.diagnosis = field.value;
      } else if (field) noteField(to.current, field);
    }
    return to.result();
  },
};

// Systems nobody has put a name to.

export const unnamed1: Format = {
  name: '"Mail Deliver System"',
  isFrom: (letter) => letter.subject.startsWith('Returned Mail: ') && /^"?Mail Deliver System"? /.test(letter.from),
  read(letter) {
    const [report] = splitAt(letter.body, ['Received: from ']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('The original message was received at '), true)) {
      const named = /^(\S+@\S+) \[.*\]/.exec(line);
      if (named) {
        const said = to.count === 0 ? to.current.diagnosis : '';
        to.recipient(addressIn(named[1] ?? '')).diagnosis = `${said} ${line}`;
      } else to.say(line.replace(/^---(.*)---$/, '. $1:'));
    }
    return to.result();
  },
};

export const unnamed2: Format = {
  name: '"Unable to deliver message to the following address(es)"',
  isFrom: (letter) =>
    letter.from.includes('MAILER-DAEMON@') || /^(?:Delivery failure|failure delivery|failed delivery)/.test(letter.subject),
  read(letter) {
    const [report] = splitAt(letter.body, ['--- Original message follows.']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('Unable to deliver message to the following address'))) {
      if (/^<[^<>]*@[^<>]*>:/.test(line)) to.recipient(addressIn(line));
      else to.say(line);
    }
    return to.result();
  },
};

export const unnamed3: Format = {
  name: '"Technical details"',
  isFrom: (letter) => letter.from.startsWith('Mail Delivery System') && letter.subject.startsWith('Delivery status notification'),
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => /^ +This is an automatically generated Delivery Status Notification\./.test(l))) {
      const named = /^ +\* (\S+@\S+)$/.exec(line);
      const field = readField(line);
      if (named) to.recipient(addressIn(named[1] ?? ''));
      else if (line.startsWith('SMTP:')) {
        to.current.command = findCommand(line.slice(5, 9));
        to.current.type = 'SMTP';
        to.say(line);
      } else if (line.startsWith('Routing: ')) to.say(line);
      else if (field?.name === 'final-recipient') {
        const address = addressIn(field.value);
        if (isAddress(address) && address !== to.current.recipient) to.recipient(address);
      } else if (field?.kind === 'code') {
        to.current.type = field.type;
        to.say(field.value);
      } else if (field?.kind === 'status') to.current.status = field.value;
      else if (field?.kind === 'action') to.current.action = field.value;
    }
    return to.result();
  },
};

export const unnamed6: Format = {
  name: '"We had trouble delivering your message"',
  isFrom: (letter) => letter.subject.startsWith('There was an error sending your mail'),
  read(letter) {
    const [report] = splitAt(letter.body, ['The attachment contains the original mail headers']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('We had trouble delivering your message. Full details follow:'))) {
      const isServer = line.startsWith('SMTP Server <');
      if (!isServer && !line.startsWith('The following recipients returned permanent errors: ')) continue;
      const address = addressIn(isServer ? line.slice(line.lastIndexOf(' <')) : line.slice(line.indexOf(': ')));
      if (isAddress(address)) to.recipient(address).diagnosis = line;
    }
    return to.result((finding) => {
      finding.command = findCommand(finding.diagnosis);
      finding.remoteHost = hostIn(finding.diagnosis);
    });
  },
};
