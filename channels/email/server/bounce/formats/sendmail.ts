import { findCommand, findReply, findStatus } from '../decision/codes.ts';
import { hostIn, isHost } from '../hosts.ts';
import { type Letter, originalField, originalMarks, splitAt } from '../letter.ts';
import type { Finding } from '../reasons.ts';
import { addressIn, isAddress } from '../words.ts';
import { Collector, type Format, linesFrom } from './collector.ts';
import { readFields } from './fields-reader.ts';

export const sendmail: Format = {
  name: 'Sendmail',
  isFrom: (letter) =>
    letter.header('x-aol-ip') === '' && (letter.subject.startsWith('Warning: ') || letter.subject.endsWith('see transcript for details')),
  read: readSendmail,
};

function readSendmail(letter: Letter): Finding[] {
  const [report] = splitAt(letter.body, originalMarks);
  const to = new Collector();
  const replies: string[] = [];
  let command = '';
  let hasSession = false;
  let verdict = '';
  let verdictStatus = '';
  const listen = (line: string) => {
    if (line.startsWith('>>> ')) command ||= findCommand(line);
    else if (line.startsWith('<<< ')) {
      if (!replies.some((reply) => reply.includes(line.slice(4)))) replies.push(line.slice(4));
    } else if (hasSession || line.startsWith(' ')) return;
    else if (line.startsWith('... while talking to ')) hasSession = true;
    else if (/^<[^<>]*@[^<>]*>\.+ /.test(line)) verdict = line.slice(line.indexOf(' ') + 1);
    else {
      const status = findStatus(line);
      if (`${findReply(line)}${status}`.length > 7) {
        verdictStatus = status;
        verdict += ` ${line}`;
      } else if (/^(?:Message|Warning): /.test(line)) verdict += ` ${line}`;
    }
  };
  readFields(
    linesFrom(report, (line) => line.startsWith('   ----- Transcript of session follows -----')),
    to,
    listen,
    (value) => value.replace(/[<>]/g, '').trim(),
  );
  return to.result((finding) => {
    if (finding.diagnosis === '' || /^\d+$/.test(finding.diagnosis)) finding.diagnosis = verdict.trim() || finding.diagnosis;
    if (replies.length > 0 && to.count === 1) finding.diagnosis = `${replies.join(' ')} ${finding.diagnosis}`;
    finding.command ||= command || findCommand(finding.diagnosis) || (replies.length > 0 ? 'EHLO' : '');
    finding.status ||= verdictStatus;
    if (finding.recipient.startsWith('@')) finding.recipient = addressIn(finding.diagnosis) || finding.recipient;
    if (!isAddress(finding.recipient)) finding.recipient = addressIn(finding.recipient) || finding.recipient;
  });
}

export const sendmail5: Format = {
  name: 'Sendmail 5',
  isFrom: (letter) => letter.subject.startsWith('Returned mail: '),
  read: readSendmail5,
};

/** Version 5 had no fields: the session and a line of verdict for each recipient. */
function readSendmail5(letter: Letter): Finding[] {
  const [report, original] = splitAt(letter.body, ['   ----- Unsent message follows -----', '  ----- No message was collected -----']);
  if (original === '' && !letter.body.includes('----- No message was collected -----')) return [];
  const to = new Collector();
  const others: string[] = [];
  const verdicts: string[] = [];
  let host = '';
  let command = '';
  const aside = (line: string) => {
    others[to.count] = `${others[to.count] ?? ''} ${line}`;
  };
  for (const line of linesFrom(report, (l) => l.includes('----- Transcript of session follows -----'))) {
    if (line.startsWith('>>> ')) command = findCommand(line.toUpperCase());
    const isAbout = / <[^<>]*@[^<>]*>\.\.\./.test(line) || /^>>> RCPT TO:/i.test(line);
    if (isAbout && host === '') {
      aside(line);
      if (/^[45]\d\d <[^<>]*@[^<>]*>\.\.\./.test(line)) verdicts.push(line);
    } else if (isAbout) {
      const address = addressIn(line);
      if (address === to.current.recipient || (command === 'MAIL' && line.startsWith('<<< '))) {
        to.say(line);
        command = '';
      } else {
        const finding = to.recipient(address);
        finding.remoteHost = host;
        to.say(line);
        finding.command ||= command;
      }
    } else if (line.includes('While talking to ')) {
      const found = hostIn(line);
      if (isHost(found)) host = found;
    } else if (line.startsWith('>>> ') || line.startsWith('<<< ')) to.say(line);
    else aside(line);
  }
  if (to.count === 0) {
    // Without a session there is a line of verdict for each: "554 <a@b.example>... 550 Host unknown".
    for (const verdict of verdicts) to.recipient(addressIn(verdict)).diagnosis = verdict;
    const named = others.map(addressIn).find((address) => address !== '') ?? addressIn(originalField(original, 'To'));
    if (to.count === 0 && named) to.recipient(named);
  }
  return to.result((finding, i) => {
    finding.diagnosis ||= others[i] ?? '';
    finding.command ||= findCommand(finding.diagnosis);
    finding.replyCode = findReply(finding.diagnosis);
    if (!isAddress(finding.recipient)) finding.recipient = addressIn(finding.diagnosis) || finding.recipient;
  });
}
