import { listParts, type MimePart, partText } from '../mime/part.ts';
import type { ParsedMail } from '../parse.ts';
import { readDialogue, refusedCommand } from './dialogue.ts';
import type { Letter } from './letter.ts';
import { type Finding, newFinding } from './reasons.ts';

const addressPattern = /[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/;

/** A report of a system that writes for people only, and in no form known by name. */
export function readUnknown(mail: ParsedMail, letter: Letter): Finding[] {
  const text = reportText(mail.root, mail.text).slice(0, 100_000);
  if (!looksLikeBounce(mail, text)) return [];
  let findings = readFreeText(text);
  if (findings.length === 0) {
    const named = letter.header('x-failed-recipients').match(/[^\s<>",;]+@[^\s<>",;]+/g) ?? (isFromSystem(mail) ? [''] : []);
    findings = named.map((recipient) => newFinding({ recipient }));
  }
  for (const finding of findings) {
    finding.diagnosis ||= text.slice(0, 4000);
    if (/delayed|has not yet been delivered|warning message only/i.test(finding.diagnosis)) finding.action = 'delayed';
    // Nobody says more about a person's address than that it does not exist: believed as if RCPT had been refused.
    finding.command = refusedCommand(finding.diagnosis.slice(0, 4000).replace(/\s+/g, ' ')) || 'RCPT';
  }
  return findings;
}

const isFromSystem = (mail: ParsedMail) =>
  /daemon|postmaster|delivery|system/i.test(`${mail.from[0]?.address ?? ''} ${mail.from[0]?.name ?? ''}`);

/** People write about failed deliveries too: of them both subject and text must speak of one. */
function looksLikeBounce(mail: ParsedMail, text: string): boolean {
  return isFromSystem(mail) ? said.test(`${mail.subject} ${text}`) : said.test(mail.subject) && said.test(text);
}

const said =
  /(?:undeliver|delayed mail|still being retried|delivery status notification|not (?:be )?deliver|delivery (?:has )?fail|failure notice|returned mail|unable to deliver|did not reach|could not be (?:sent|delivered)|メールエラー|送信できません|не доставлено|nicht zugestellt|unzustellbar)/i;

/** Finds recipients and what is said about each in a report written for people (qmail, Exim, old Sendmail, Gmail, Yahoo …). */
function readFreeText(text: string): Finding[] {
  const entries = new Map<string, string[]>();
  const shared: string[] = [];
  let current: string[] | null = null;
  let previous = '';
  let isSessionLine = false;
  const isTranscript = /While talking to|Transcript of session/.test(text);
  for (const line of text.split('\n')) {
    const found = /(?:sent by|message from|sender|from)\s*:?$/i.test(previous) ? null : recipientOf(line);
    if (line.trim() !== '') previous = line.trim();
    if (found !== null) {
      const key = found.address.toLowerCase();
      current = entries.get(key) ?? [];
      entries.set(key, current);
      if (found.rest !== '') current.push(found.rest);
      // A verdict of Sendmail's transcript is one line; what follows is about another recipient.
      isSessionLine = isTranscript && /^\d{3} /.test(line);
      continue;
    }
    if (line.trim() === '') continue;
    if (current && !(isSessionLine && /^\S/.test(line))) current.push(line.trim());
    else shared.push(line.trim());
  }
  const out: Finding[] = [];
  const list = [...entries];
  for (const [i, [address, lines]] of list.entries()) {
    let diagnosis = lines.join('\n');
    // A list of names above one common text: the text stands with the last of them.
    if (diagnosis === '')
      diagnosis =
        list
          .slice(i + 1)
          .find(([, later]) => later.length > 0)?.[1]
          .join('\n') ?? shared.join('\n');
    out.push(newFinding({ recipient: address, diagnosis }));
  }
  const dialogue = readDialogue(text);
  for (const entry of out) {
    // An address broken over two lines is whole in the session.
    const whole = dialogue.has(entry.recipient) ? undefined : [...dialogue.keys()].find((address) => address.startsWith(entry.recipient));
    if (whole !== undefined && out.length === 1) entry.recipient = whole;
    const lines = dialogue.get(entry.recipient.toLowerCase());
    if (lines) entry.diagnosis = `${lines.command ? `(in reply to ${lines.command} command) ` : ''}${lines.reply}`;
  }
  for (const [address, { command, reply }] of dialogue) {
    if (!entries.has(address)) out.push(newFinding({ recipient: address, diagnosis: `(in reply to ${command} command) ${reply}` }));
  }
  // An address torn at a line end leaves its beginning behind.
  return out.filter(
    (entry) =>
      !out.some(
        (other) => other !== entry && other.recipient.length > entry.recipient.length && other.recipient.startsWith(entry.recipient),
      ),
  );
}

function recipientOf(line: string): { address: string; rest: string } | null {
  if (line.length > 1000 || !line.includes('@')) return null;
  const patterns: RegExp[] = [
    // GMX: the address in quotes
    /^\s*"([^"\s]+@[^"\s]+)":?\s*(.*)$/,
    // "<a@b>: text", "<a@b>" alone
    /^\s*<([^<>\s]+@[^<>\s]+)>[:,]?\s*(.*)$/,
    // Exim, Gmail, Amazon: the address alone on an indented or own line
    /^\s*\*?\s*([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+)(?:<mailto:[^>]*>)?:?\s*()$/,
    /^\s*\*?\s*([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+):\s+(.*)$/,
    // Zoho: "a@b Invalid Address, ERROR_CODE :550, …"
    /^\s*([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+) ((?:invalid|error|temporary|relaying|[a-z ]{0,40}error_code).*)$/i,
    // Sendmail: "550 <a@b>... User unknown", "550 5.1.1 a@b... text"
    /^()\d{3}[ -](?:\d\.\d\.\d )?<?([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+?)>?\.\.\.\s*(.*)$/,
    /^\s*(?:final[- ])?recipient(?: address)?:\s*<?([^\s<>]+@[^\s<>]+?)>?\s*(.*)$/i,
    // Activehunter ">>> a@b <a@b>"; Exchange "a@b on Thu, 29 Apr"
    /^>>> ([^\s<>]+@[^\s<>]+) <[^<>]*>\s*()$/,
    /^\s*([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+) on (?:mon|tue|wed|thu|fri|sat|sun|\d).*()$/i,
    /(?:unable to deliver (?:message|mail)|could not (?:deliver|be delivered)|error delivering your mail|delivering? .{0,30}message|invalid final delivery userid|delivery .{0,40}failed|cannot be delivered|not delivered|deliver mail) ?(?:to)?:? ?<?([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+[^\s<>"'(),:;.[\]])>?(.*)$/i,
  ];
  if (/^\s*(?:From|To|Cc|Sender|Reply-To|Message-Id|Return-Path|>>> |<<< )/i.test(line) && !/^>>> \S+@/.test(line)) return null;
  for (const pattern of patterns) {
    const m = pattern.exec(line);
    if (!m) continue;
    const sendmail = m.length === 4;
    const address = (sendmail ? m[2] : m[1]) ?? '';
    if (!addressPattern.test(address) || /^(?:mailer-daemon|postmaster)@/i.test(address)) return null;
    return {
      address: address
        .toLowerCase()
        .replace(/^mailto:/, '')
        .replace(/[.,]+$/, ''),
      rest: sendmail ? line.trim() : (m[2] ?? '').trim(),
    };
  }
  return null;
}

/** Text for people in a report: what stands before the original mail begins. */
function reportText(root: MimePart, fallback: string): string {
  const parts = listParts(root).filter((part) => part.mediaType === 'text/plain' && part.disposition !== 'attachment');
  const text = parts.length === 0 ? fallback : parts.map(partText).join('\n');
  const cut = originalMark.exec(text);
  return cut && cut.index > 0 ? text.slice(0, cut.index) : text;
}

const originalMark =
  /^(?:[-=*_| \t]{0,100}(?:this is a copy of (?:the|your) message|below this line is a copy|enclosed is a copy|included is a copy|original message(?: follows| headers|$)|unsent message|the (?:header|body) of the original message|message headers? follow|message header follows|returned message|returned mail|original mail|original (?:text|headers)|copy of the message|the following is a copy|your (?:original )?message (?:follows|header)|undelivered message|message text follows|ursprüngliche nachricht)|[- ]{0,80}-{3} ?original (?:message|mail)|-{3,}[ \t]*(?:message header|header|message)[^\n]*|Received: ?(?:from|by|\()|Additional Information\s*\n=+|[A-Z]+: \d+ \w+ - original mail)/im;
