import { headerValue } from '../mime/header-block.ts';
import type { ParsedMail } from '../parse.ts';
import { readSubject } from './subject.ts';

/** What a mail says about where it belongs. Make it with `threadSignals`. Addresses are compared folded, see `foldAddress`. */
export interface ThreadSignals {
  messageId: string | null;
  inReplyTo: string[];
  /** Oldest first. */
  references: string[];
  /** First 22 bytes of Outlook's Thread-Index (header byte, time, conversation GUID) as hex, or null. */
  threadIndexRoot: string | null;
  /** Case number found in the subject. */
  caseNumber: string | null;
  /** Who wrote: From, else Sender. */
  from: string[];
  /** Every text a signed token may stand in: recipients' addresses, our header, Message-IDs. */
  tokenPlaces: string[];
}

/** A message already known, by its Message-ID. */
export interface KnownMessage {
  conversationId: string;
  /** Sender's address as stored, null if unknown. */
  from: string | null;
}

/** What is known already, loaded beforehand by the keys of `lookupKeys`; nothing here does I/O. */
export interface ThreadLookup {
  /** Conversation of a valid signed token inside the text, else null (`findReplyToken`). */
  token(text: string): string | null;
  message(messageId: string): KnownMessage | null;
  /** Conversations whose mails carry this Thread-Index root. */
  threadIndex(root: string): string[];
  caseNumber(number: string): string[];
  /** Every address in From, To, Cc or Reply-To of earlier messages of the conversation. */
  participants(conversationId: string): Iterable<string>;
}

export type ThreadSignalName = 'token' | 'in_reply_to' | 'references' | 'thread_index' | 'case_number';

export type ThreadDecision =
  /** The very same mail again: keep the first. */
  | { kind: 'duplicate'; conversationId: string; reason: 'message_id_seen'; evidence: string[] }
  /** Belongs to the conversation. `isStranger`: let in by the token alone; show it, the sender is new here. */
  | {
      kind: 'reply';
      conversationId: string;
      reason: ThreadSignalName;
      parent: string | null;
      isStranger: boolean;
      alsoRelated: string[];
      evidence: string[];
    }
  /** Opens a conversation of its own; `relatedTo` is offered to the agent for merging and never shown to the sender. */
  | { kind: 'new'; relatedTo: string | null; reason: 'no_signal' | 'stranger'; signal: ThreadSignalName | null; evidence: string[] };

/** Reads the threading signals of a parsed mail. */
export function threadSignals(mail: ParsedMail): ThreadSignals {
  const addresses = [mail.to, mail.cc, mail.replyTo].flat().flatMap((a) => (a.address === null ? [] : [a.address]));
  // Forwarding and alias delivery keep the real recipient only in these.
  const envelope = [
    'delivered-to',
    'x-original-to',
    'envelope-to',
    'x-envelope-to',
    'x-forwarded-to',
    'x-forwarded-for',
    'x-nahbar-reply',
  ].flatMap((key) => mail.headers.filter((h) => h.key === key).map((h) => h.value));
  const author = mail.from.length > 0 ? mail.from : mail.sender;
  return {
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    threadIndexRoot: threadIndexRoot(mail.threadIndex),
    caseNumber: readSubject(mail.subject).caseNumber,
    // Groups and lists rewrite From; the person is then in X-Original-Sender (Google) or X-Original-From.
    from: [
      ...author.flatMap((a) => (a.address === null ? [] : [a.address])),
      headerValue(mail.headers, 'x-original-sender') ?? '',
      headerValue(mail.headers, 'x-original-from') ?? '',
    ]
      .map(bareAddress)
      .filter((a) => a !== ''),
    tokenPlaces: [...addresses, ...envelope, ...mail.inReplyTo, ...mail.references.toReversed()],
  };
}

/** The keys a caller must load before it can decide: one query each. */
export function lookupKeys(signals: ThreadSignals): { messageIds: string[]; threadIndexRoots: string[]; caseNumbers: string[] } {
  const own = signals.messageId === null ? [] : [signals.messageId];
  return {
    messageIds: [...new Set([...own, ...signals.inReplyTo, ...signals.references])],
    threadIndexRoots: signals.threadIndexRoot === null ? [] : [signals.threadIndexRoot],
    caseNumbers: signals.caseNumber === null ? [] : [signals.caseNumber],
  };
}

/**
 * Decides where a mail belongs. Signals in order of strength: signed token, In-Reply-To, References (nearest first),
 * Thread-Index, case number. All but the token count only for a participant of that conversation: a Message-ID or number can
 * be learnt from a forwarded mail or guessed, and a stranger's mail in a customer's case is a breach of privacy.
 */
export function decideThread(mail: ThreadSignals, known: ThreadLookup): ThreadDecision {
  const evidence: string[] = [];
  const again = mail.messageId === null ? null : known.message(mail.messageId);
  if (again) {
    // A reused id with another sender is no duplicate: else anybody could suppress a mail whose id he can foresee.
    if (again.from === null || mail.from.some((address) => isSamePerson(address, again.from as string))) {
      return {
        kind: 'duplicate',
        conversationId: again.conversationId,
        reason: 'message_id_seen',
        evidence: [`message-id ${mail.messageId} is known`],
      };
    }
    evidence.push('message-id is known, but from another sender');
  }
  const candidates = collect(mail, known);
  for (const candidate of candidates) evidence.push(`${candidate.reason}: ${candidate.clue} → ${candidate.conversationId}`);
  const others = (chosen: string) => [...new Set(candidates.map((c) => c.conversationId))].filter((id) => id !== chosen);
  for (const { reason, conversationId, parent } of candidates) {
    const isStranger = !isParticipant(mail.from, known.participants(conversationId));
    if (isStranger && reason !== 'token') {
      evidence.push(`the sender is no participant of ${conversationId}`);
      continue;
    }
    return {
      kind: 'reply',
      conversationId,
      reason,
      parent: parent ?? parentWithin(mail, known, conversationId),
      isStranger,
      alsoRelated: others(conversationId),
      evidence,
    };
  }
  const first = candidates[0];
  if (first) return { kind: 'new', relatedTo: first.conversationId, reason: 'stranger', signal: first.reason, evidence };
  return { kind: 'new', relatedTo: null, reason: 'no_signal', signal: null, evidence };
}

interface Candidate {
  reason: ThreadSignalName;
  conversationId: string;
  clue: string;
  parent: string | null;
}

function collect(mail: ThreadSignals, known: ThreadLookup): Candidate[] {
  const out: Candidate[] = [];
  for (const place of mail.tokenPlaces) {
    const conversationId = known.token(place);
    if (conversationId !== null) out.push({ reason: 'token', conversationId, clue: 'signed token', parent: null });
  }
  const byId = (id: string, reason: 'in_reply_to' | 'references') => {
    const message = id === mail.messageId ? null : known.message(id);
    if (message) out.push({ reason, conversationId: message.conversationId, clue: id, parent: id });
  };
  for (const id of mail.inReplyTo) byId(id, 'in_reply_to');
  for (const id of mail.references.toReversed()) byId(id, 'references');
  if (mail.threadIndexRoot !== null) {
    for (const conversationId of known.threadIndex(mail.threadIndexRoot))
      out.push({ reason: 'thread_index', conversationId, clue: mail.threadIndexRoot, parent: null });
  }
  if (mail.caseNumber !== null) {
    for (const conversationId of known.caseNumber(mail.caseNumber))
      out.push({ reason: 'case_number', conversationId, clue: mail.caseNumber, parent: null });
  }
  return out;
}

function parentWithin(mail: ThreadSignals, known: ThreadLookup, conversationId: string): string | null {
  for (const id of [...mail.inReplyTo, ...mail.references.toReversed()]) {
    if (id !== mail.messageId && known.message(id)?.conversationId === conversationId) return id;
  }
  return null;
}

function isParticipant(from: string[], participants: Iterable<string>): boolean {
  const folded = new Set<string>();
  for (const address of participants) folded.add(foldAddress(address));
  return from.some((address) => folded.has(foldAddress(address)));
}

function isSamePerson(a: string, b: string): boolean {
  return foldAddress(a) === foldAddress(b);
}

function bareAddress(text: string): string {
  return (/<([^<>\s@]+@[^<>\s@]+)>/.exec(text)?.[1] ?? text).trim();
}

/** Form in which two addresses of one mailbox are equal: case, "+tag" and Google's dots and second domain do not count. */
export function foldAddress(address: string): string {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  if (at < 1) return lower;
  const tag = lower.indexOf('+', 1);
  let local = lower.slice(0, tag > 0 && tag < at ? tag : at);
  let domain = lower.slice(at + 1).replace(/\.$/, '');
  if (domain === 'googlemail.com') domain = 'gmail.com';
  if (domain === 'gmail.com') local = local.replaceAll('.', '');
  return `${local}@${domain}`;
}

/** Root of an Outlook Thread-Index: 22 bytes, to which every reply adds five more (MS-OXOMSG 2.2.1.3). */
export function threadIndexRoot(threadIndex: string | null): string | null {
  if (threadIndex === null) return null;
  const bytes = Buffer.from(threadIndex, 'base64');
  // Only whole indexes count; a root of zeros comes from gateways that make them up.
  if (bytes.length < 22 || (bytes.length - 22) % 5 !== 0 || bytes.subarray(6, 22).every((b) => b === 0)) return null;
  return bytes.subarray(0, 22).toString('hex');
}
