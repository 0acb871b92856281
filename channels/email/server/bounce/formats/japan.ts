import { findCommand } from '../decision/codes.ts';
import { readField } from '../fields.ts';
import { splitAt } from '../letter.ts';
import type { BounceReason } from '../reasons.ts';
import { addressIn, isAddress, reasonIn } from '../words.ts';
import { Collector, type Format, linesFrom, startsWithAny } from './collector.ts';

// Carriers, providers and gateways of Japan.

export const ezweb: Format = {
  name: 'au EZweb',
  isFrom(letter) {
    const id = letter.header('message-id');
    const clues = [
      letter.from.includes('Postmaster@ezweb.ne.jp'),
      letter.from.includes('Postmaster@au.com'),
      letter.subject === 'Mail System Error - Returned Mail',
      letter.received.some((field) => /ezweb\.ne\.jp \(EZweb Mail\) with|\.au\.com \(/.test(field)),
      id.includes('.ezweb.ne.jp>'),
      id.includes('.au.com>'),
    ];
    return clues.filter(Boolean).length >= 2;
  },
  read(letter) {
    const [report] = splitAt(letter.body, ['--------------------------------------------------', 'Content-Type: message/rfc822']);
    const openings = ['The user(s) ', 'Your message ', 'Each of the following', '<'];
    const to = new Collector();
    for (const line of linesFrom(report, (l) => startsWithAny(l, openings), true)) {
      if (/<[^<>]*@[^<>]*>/.test(line) && (/^.+Recipient: </.test(line) || line.startsWith('<'))) {
        const said = to.count === 0 ? to.current.diagnosis : '';
        if (to.count === 0) Object.assign(to.current, { recipient: addressIn(line), diagnosis: said });
        else to.recipient(addressIn(line));
        to.count = to.findings.length;
        to.say(line);
        continue;
      }
      const field = readField(line);
      if (field) {
        if (field.kind === 'status') to.current.status = field.value;
        if (field.name === 'remote-mta') to.current.remoteHost = field.value;
        continue;
      }
      if (/[^\x20-\x7e]/.test(line)) continue;
      if (line.includes(' >>> ')) to.current.command = findCommand(line);
      to.say(line);
    }
    return to.result((finding) => {
      finding.command ||= findCommand(finding.diagnosis);
      finding.reason =
        letter.header('x-spasign') === 'NG'
          ? 'filtered'
          : reasonIn<BounceReason>(finding.diagnosis, {
              mailboxfull: ['The user(s) account is temporarily over quota'],
              suspend: ['The user(s) account is disabled.', 'The user(s) account is temporarily limited.'],
              expired: ['Your message was not delivered within '],
              onhold: ['Each of the following recipients was rejected by a remote mail server'],
            });
      if (finding.reason === '' && !/@(?:ezweb\.ne\.jp|au\.com)$/.test(finding.recipient) && finding.diagnosis.startsWith('<'))
        finding.reason = 'userunknown';
    });
  },
};

export const kddiReport: Format = {
  name: 'au by KDDI',
  isFrom: (letter) =>
    /no-reply@\.|\.dion\.ne\.jp/.test(letter.from) ||
    letter.header('reply-to').includes('no-reply@app.auone-net.jp') ||
    letter.received.some((field) => /ezweb\.ne\.jp \(|\.au\.com \(/.test(field)),
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of linesFrom(
      report,
      (l) => startsWithAny(l, ['Your mail sent on:', 'Your mail attempted to be delivered on:']),
      true,
    )) {
      if (line.includes(' Could not be delivered to: <')) to.recipient(addressIn(line));
      else if (line.startsWith(' ')) to.say(line);
    }
    return to.result((finding) => {
      finding.command = findCommand(finding.diagnosis);
      if (letter.header('x-spasign') === 'NG') finding.reason = 'filtered';
      else if (finding.command === 'RCPT') finding.reason = 'userunknown';
      else
        finding.reason = reasonIn<BounceReason>(finding.diagnosis, {
          mailboxfull: ['As their mailbox is full'],
          norelaying: ['Due to the following SMTP relay error'],
          hostunknown: ['As the remote domain doesnt exist'],
        });
    });
  },
};

export const biglobe: Format = {
  name: 'Biglobe',
  isFrom: (letter) => /postmaster@(?:biglobe|inacatv|tmtv|ttv)\.ne\.jp/.test(letter.from) && letter.subject.startsWith('Returned mail:'),
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('   ----- The following addresses had delivery problems -----'))) {
      if (/^\S+@\S+$/.test(line)) to.recipient(addressIn(line));
      else if (!line.includes('--')) to.say(line);
    }
    return to.result((finding) => {
      finding.reason = reasonIn<BounceReason>(finding.diagnosis, {
        filtered: ['Mail Delivery Failed... User unknown'],
        mailboxfull: ["The number of messages in recipient's mailbox exceeded the local limit."],
      });
    });
  },
};

export const mFilter: Format = {
  name: 'm-FILTER',
  isFrom: (letter) => letter.header('x-mailer') === 'm-FILTER' && letter.subject === 'failure notice',
  read(letter) {
    const [report] = splitAt(letter.body, ['-------original message', '-------original mail info']);
    const to = new Collector();
    let next: 'diagnosis' | 'command' | '' = '';
    for (const line of linesFrom(report, (l) => isAddress(l), true)) {
      if (isAddress(line)) to.recipient(line);
      else if (line === '-------server message') next = 'diagnosis';
      else if (line === '-------SMTP command') next = 'command';
      else if (next === 'diagnosis' && to.current.diagnosis === '') {
        to.current.diagnosis = line;
        next = '';
      } else if (next === 'command') {
        to.current.command = findCommand(line) || line.trim().slice(0, 4).toUpperCase();
        next = '';
      }
    }
    return to.result();
  },
};

export const activeHunter: Format = {
  name: 'Active!hunter',
  isFrom: (letter) => letter.header('x-ahmailid') !== '',
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of linesFrom(report, (l) => l.startsWith('  ----- The following addresses had permanent fatal errors -----'))) {
      if (line.startsWith('>>> ') && line.includes('@')) to.recipient(addressIn(line.slice(4)));
      else if (/^[0-z]/.test(line)) to.current.diagnosis ||= line;
    }
    return to.result();
  },
};

export const interScan: Format = {
  name: 'Trend Micro InterScan',
  isFrom: (letter) =>
    letter.from.startsWith('"InterScan') ||
    letter.from.startsWith('InterScan') ||
    letter.header('content-type').includes('InterScan') ||
    /Mail could not be delivered|メッセージを配信できません。|メール配信に失敗しました/.test(letter.subject),
  read(letter) {
    const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
    const to = new Collector();
    for (const line of report.split('\n').map((l) => l.trimEnd())) {
      const isTold = line.includes('Unable to deliver ');
      if (/^.+@.*|^.* </.test(line) && line.includes('<') && line.includes('@') && (/ <<< | >>> /.test(line) || isTold)) {
        const address = addressIn(line.slice(Math.max(line.lastIndexOf('<'), 0)));
        if (isAddress(address)) {
          if (to.current.recipient !== '' && !address.includes(to.current.recipient)) to.recipient(address);
          else to.current.recipient = address;
          to.count = to.findings.length;
          if (isTold) to.current.diagnosis = line;
        }
      }
      if (line.startsWith('Sent <<< ')) to.current.command = findCommand(line);
      else if (line.startsWith('Received >>> ')) to.current.diagnosis = line.slice(13);
      else if (line.includes(' >>> ')) to.current.command = findCommand(line);
      else if (line.includes(' <<< ')) to.current.diagnosis = line.slice(line.indexOf(' <<< ') + 5);
    }
    return to.result((finding) => {
      if (finding.diagnosis.includes('Unable to deliver')) finding.reason = 'userunknown';
    });
  },
};
