import { listParts, type MimePart, partText } from '../../mime/part.ts';
import type { ParsedMail } from '../../parse.ts';
import { isStillTrying } from '../fate.ts';
import type { Letter } from '../letter.ts';
import { reasonByMeaning, spokenWords } from '../phrases/general.ts';
import { type Finding, newFinding } from '../reasons.ts';
import { readDialogue, refusedCommand } from './dialogue.ts';

const addressPattern = /[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/;

/** A report of a system that writes for people only, and in no form known by name. */
export function readUnknown(mail: ParsedMail, letter: Letter): Finding[] {
  const text = reportText(mail.root, mail.text).slice(0, 100_000);
  if (!looksLikeBounce(mail, letter, text)) return [];
  let findings = readFreeText(text);
  if (findings.length === 0) findings = namedElsewhere(mail, letter, text).map((recipient) => newFinding({ recipient }));
  const whole = text.replace(/[-=*_|]{3,}/g, ' ').slice(0, 4000);
  // Of one recipient all of it speaks, and where nothing is said of any: many write the reason first and the address below.
  const isSilent = findings.every((finding) => reasonByMeaning(spokenOf(finding.diagnosis)) === '');
  for (const finding of findings) {
    finding.diagnosis = finding.diagnosis.replace(/[-=*_|]{3,}/g, ' ').trim();
    if (finding.diagnosis === '' || isSilent) finding.diagnosis = whole;
    if (isStillTrying(`${mail.subject}\n${whole}`)) finding.action = 'delayed';
    // Nobody says more about a person's address than that it does not exist: believed as if RCPT had been refused.
    finding.command = refusedCommand(finding.diagnosis.slice(0, 4000).replace(/\s+/g, ' ')) || 'RCPT';
  }
  return findings;
}

const spokenOf = (text: string) => ({ text: spokenWords(text.toLowerCase().slice(0, 4000)), command: 'RCPT', isPermanent: true });

/** Recipients by a field of the header, else the one address in the text that is neither the system's nor our own. */
function namedElsewhere(mail: ParsedMail, letter: Letter, text: string): string[] {
  const header = letter.header('x-failed-recipients').match(/[^\s<>",;]+@[^\s<>",;]+/g);
  if (header) return header;
  if (!isFromSystem(mail, letter)) return listParts(mail.root).some((part) => part.message) ? [''] : [];
  const own = new Set([...mail.from, ...mail.to].map((to) => to.address?.toLowerCase() ?? ''));
  const found = (text.slice(0, 4000).match(/[^\s<>"'(),:;[\]]{1,64}@[^\s<>"'(),:;[\]]{1,255}/g) ?? [])
    .map((address) => address.toLowerCase().replace(/\.+$/, ''))
    .filter((address) => !own.has(address) && !/^(?:mailer-daemon|postmaster|abuse|support|noreply|no-reply)@/.test(address));
  const others = [...new Set(found)];
  return others.length === 1 ? others : [''];
}

const isFromSystem = (mail: ParsedMail, letter: Letter) =>
  /daemon|post_?master|delivery|system|kerio|groupwise|^<>$/i.test(letter.from.trim()) || mail.root.mediaType === 'multipart/report';

/** People write about failed deliveries too: of them both subject and text must speak of one. */
function looksLikeBounce(mail: ParsedMail, letter: Letter, text: string): boolean {
  if (!isFromSystem(mail, letter)) return said.test(mail.subject) && said.test(text);
  const all = `${mail.subject} ${text}`.replace(/\s+/g, ' ');
  if (said.test(all) || saidBySystems.test(all)) return true;
  // A daemon may say no more than "no such user here".
  return /daemon|post_?master|^<>$/i.test(letter.from.trim()) && reasonByMeaning(spokenOf(text.slice(0, 1000))) === 'userunknown';
}

const said =
  /(?:undeliver|delayed mail|non-?delivery(?: report|:)|failed recipients|still being retried|delivery status notification|not (?:yet )?(?:be(?:en)? )?deliver|delivery of .{0,80}(?:postponed|deferred|delayed)|退信|投递失败|发送失败|无法送达|无法投递|반송|전송 ?실패|delivery (?:has )?fail|failure notice|returned mail|(?:unable|not able|n't able) to deliver|did not reach|could not be (?:sent|delivered)|メールエラー|送信できません|не доставлено|nicht zugestellt|unzustellbar|nicht zustellbar|übermittlungsstatus|(?:übermittlung|zustellung) .{0,60}fehlgeschlagen|nicht erreicht|non remis|échec de (?:la )?(?:remise|distribution)|no se (?:ha podido|pudo|puede) entregar|no entregado|mancato recapito|consegna non riuscita|onbestelbaar|não entregue|teslim edilemedi)/i;

// Of a parcel or an answer people say the same.
const saidBySystems = /did not receive|permanent fatal|returned to sender|been returned because/i;

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
    /^\s*(?:(?:final|failed)[- ])?(?:recipient|address|empfänger|destinataire|destinatario)(?: address)?:\s*<?([^\s<>]+@[^\s<>]+)>?\s*(.*)$/i,
    // GroupWise "a@b (user not found)"; Messaging Server "a@b; Failed; 5.1.1 (…)"
    /^\s*([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+)\s+\((.{1,200})\)\s*$/,
    /^\s*([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+);\s*((?:failed|delayed|delivered|relayed)\b.*)$/i,
    // Activehunter ">>> a@b <a@b>"; Exchange "a@b on Thu, 29 Apr"
    /^>>> ([^\s<>]+@[^\s<>]+) <[^<>]*>\s*()$/,
    /^\s*([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+) (?:on (?:mon|tue|wed|thu|fri|sat|sun|\d)|am \d|le \d|el \d|il \d).*()$/i,
    /(?:unable to deliver (?:your |the )?(?:message|mail)|failed to deliver|could not (?:deliver|be delivered)|error delivering your mail|delivering? .{0,30}message|invalid final delivery userid|delivery .{0,40}failed|cannot be delivered|not delivered|deliver mail) ?(?:to)?:? ?[<'"]?([^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+[^\s<>"'(),:;.[\]])[>'"]?(.*)$/i,
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
        .replace(/^(?:mailto|\[?smtp):/, '')
        .replace(/[.,\]]+$/, ''),
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
