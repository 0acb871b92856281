import { readDialogue } from './dialogue.ts';
import type { RecipientReport } from './report.ts';

const addressPattern = /[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/;

/** Finds recipients and what is said about each in a report written for people (qmail, Exim, old Sendmail, Gmail, Yahoo …). */
export function readFreeText(text: string): RecipientReport[] {
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
  const out: RecipientReport[] = [];
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
    out.push({ address, action: null, status: null, diagnosis, diagnosisType: null, remoteHost: null });
  }
  const dialogue = readDialogue(text);
  for (const entry of out) {
    // An address broken over two lines is whole in the session.
    const whole = dialogue.has(entry.address) ? undefined : [...dialogue.keys()].find((address) => address.startsWith(entry.address));
    if (whole !== undefined && out.length === 1) entry.address = whole;
    const lines = dialogue.get(entry.address.toLowerCase());
    if (lines) entry.diagnosis = `${lines.command ? `(in reply to ${lines.command} command) ` : ''}${lines.reply}`;
  }
  for (const [address, { command, reply }] of dialogue) {
    if (!entries.has(address))
      out.push({
        address,
        action: null,
        status: null,
        diagnosis: `(in reply to ${command} command) ${reply}`,
        diagnosisType: null,
        remoteHost: null,
      });
  }
  // An address torn at a line end leaves its beginning behind.
  return out.filter(
    (entry) =>
      !out.some((other) => other !== entry && other.address.length > entry.address.length && other.address.startsWith(entry.address)),
  );
}

/** The part of a report's text that speaks about one address, to eke out a meagre Diagnostic-Code. */
export function textAbout(text: string, address: string): string {
  const dialogue = readDialogue(text).get(address.toLowerCase());
  if (dialogue) return `(in reply to ${dialogue.command} command) ${dialogue.reply}`;
  const own = readFreeText(text).find((entry) => entry.address === address.toLowerCase());
  return own?.diagnosis ?? '';
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
