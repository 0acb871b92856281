import { findCommand, findReply, findStatus } from '../decision/codes.ts';
import { type Letter, originalField, originalMarks, splitAt } from '../letter.ts';
import type { Finding } from '../reasons.ts';
import { addressIn, tidy } from '../words.ts';
import { Collector, type Format, linesFrom } from './collector.ts';
import { readFields } from './fields-reader.ts';

// Postfix, bounce(5): "This is the mail system at host …", "The Postfix program", and what admins make of it.
const opening = /The .*(?:Postfix |mail system|program)|This is the.*(?:Postfix|mail system)/;

export const postfix: Format = {
  name: 'Postfix',
  isFrom: (letter) =>
    letter.header('x-aol-ip') === '' &&
    (letter.subject === 'Undelivered Mail Returned to Sender' || letter.subject.includes(' SMTP server: errors from ')),
  read: (letter) => (letter.subject.includes(' SMTP server: errors from ') ? readSession(letter) : readBounceMail(letter)),
};

interface Told {
  recipient: string;
  diagnosis: string;
  commands: string[];
  hasNoReport: boolean;
}

function readBounceMail(letter: Letter): Finding[] {
  const [report, original] = splitAt(letter.body, originalMarks);
  const to = new Collector();
  const told: Told = { recipient: '', diagnosis: '', commands: [], hasNoReport: false };
  readFields(
    linesFrom(report, (line) => opening.test(line)),
    to,
    (line) => listen(line, told),
  );
  if (to.count === 0) {
    const named = told.recipient || (told.hasNoReport ? addressIn(originalField(original, 'To')) : '');
    if (named !== '') to.recipient(named);
  }
  const text = tidy(told.diagnosis);
  return to.result((finding) => {
    if (finding.type === 'X-POSTFIX') finding.type = 'SMTP';
    complete(finding, text);
    finding.command = told.commands[0] ?? findCommand(finding.diagnosis);
    if (finding.command === '' && finding.diagnosis.includes('refused to talk to me:')) finding.command = 'HELO';
    // local(8) where no code came with it.
    if (finding.command === '' && finding.status === '' && finding.diagnosis.startsWith('unknown user: "')) finding.reason = 'userunknown';
    if (finding.type === '' && /host .* said:/.test(finding.diagnosis)) finding.type = 'SMTP';
  });
}

/** The part for people: "<a@b>: host … said: 550 … (in reply to RCPT TO command)". */
function listen(line: string, told: Told): void {
  const named = /^<([^<>]+@[^<>]+)>(?: \(expanded from <[^>]*>\))?:(.*)$/.exec(line);
  if (line.includes('(in reply to ') || line.includes('command)')) {
    const command = findCommand(line);
    if (command !== '') told.commands.push(command);
    if (told.diagnosis !== '') told.diagnosis += ` ${line.trim()}`;
  } else if (named) {
    told.recipient = named[1] ?? '';
    told.diagnosis = (named[2] ?? '').trim();
  } else if (/--- delivery report unavailable ---/i.test(line)) told.hasNoReport = true;
  else if (told.diagnosis !== '' && line.startsWith('    ')) told.diagnosis += ` ${line.trim()}`;
}

/** The text says more where the fields say nothing, only a number, or a piece of the same sentence. */
function complete(finding: Finding, text: string): void {
  if (text === '') return;
  if (finding.diagnosis === '' || /^\d+$/.test(finding.diagnosis)) {
    finding.diagnosis = text;
    return;
  }
  let hasMore = false;
  if (finding.status === '' || finding.status.endsWith('.0.0')) {
    const status = findStatus(text);
    if (status !== '') hasMore = true;
    if (status !== '' && !status.endsWith('.0.0')) finding.status = status;
  }
  const reply = findReply(text);
  if (reply !== '') hasMore = true;
  if (finding.replyCode === '' && reply !== '' && !reply.endsWith('00')) finding.replyCode = reply;
  if (hasMore && text.length >= finding.diagnosis.length && text.includes(finding.diagnosis)) finding.diagnosis = text;
}

/** smtpd's note to the postmaster: a session, line by line, as "In:" and "Out:". */
function readSession(letter: Letter): Finding[] {
  const to = new Collector();
  let command = '';
  let refused = '';
  for (const line of unfolded(letter.body)) {
    const sent = /^\s*In: +(\S+)(.*)$/.exec(line);
    if (sent) {
      command = (sent[1] ?? '').toUpperCase();
      const address = addressIn(sent[2] ?? '');
      if (command === 'RCPT' && address !== '') to.recipient(address);
      continue;
    }
    const answer = /^\s*Out: +([45]\d\d)[ -](.*)$/.exec(line);
    if (!answer || to.count === 0) continue;
    refused ||= command;
    if (to.current.diagnosis === '') {
      to.current.diagnosis = `${answer[1]} ${answer[2]}`;
      to.current.replyCode = answer[1] ?? '';
      to.current.status = findStatus(to.current.diagnosis);
    }
  }
  return to.result((finding) => {
    finding.command = refused || findCommand(finding.diagnosis);
  });
}

function unfolded(text: string): string[] {
  const out: string[] = [];
  for (const line of text.split('\n')) {
    if (/^\s*(?:In|Out):/.test(line) || out.length === 0 || line.trim() === '') out.push(line);
    else out[out.length - 1] += ` ${line.trim()}`;
  }
  return out;
}
