import { type MailHeader, readHeaderBlock } from '../mime/header-block.ts';
import { listParts, type MimePart, partBytes, partText } from '../mime/part.ts';

/** What a report says about one recipient, before it is judged. */
export interface RecipientReport {
  address: string;
  action: string | null;
  status: string | null;
  diagnosis: string;
  /** "smtp", "x-unix" …, lower case; null if the report does not say. */
  diagnosisType: string | null;
  remoteHost: string | null;
  /** PowerMTA's own category (X-PowerMTA-BounceCategory), lower case. */
  category?: string;
  /** Command at which this system is known to fail where its reports do not say. */
  assumedCommand?: string;
}

/** Reads the per-recipient groups of the delivery-status parts (RFC 3464, 2.3). */
export function readDeliveryStatus(root: MimePart): RecipientReport[] {
  const out: RecipientReport[] = [];
  for (const part of listParts(root)) {
    if (!/^message\/(?:global-)?delivery-status$/.test(part.mediaType)) continue;
    out.push(...readGroups(partBytes(part)));
  }
  return out;
}

/** The same fields inside a text, as some systems send them without a part of their own. */
export function readLooseGroups(text: string): RecipientReport[] {
  const start = text.search(/^(?:Reporting-MTA|Final-Recipient|Original-Recipient|Action):/im);
  return start < 0 ? [] : readGroups(Buffer.from(text.slice(start)));
}

function readGroups(bytes: Buffer): RecipientReport[] {
  const out: RecipientReport[] = [];
  let pos = 0;
  for (let rounds = 0; pos < bytes.length && rounds < 10_000; rounds++) {
    const block = readHeaderBlock(bytes, pos, bytes.length);
    const next = Math.max(block.bodyStart, pos + 1);
    pos = next;
    for (const headers of splitGroup(block.headers)) readGroup(headers, out);
  }
  return out;
}

/** Groups that were written without the blank line between them: every further Final-Recipient begins one. */
function splitGroup(headers: MailHeader[]): MailHeader[][] {
  const groups: MailHeader[][] = [[]];
  for (const header of headers) {
    const current = groups.at(-1) as MailHeader[];
    if (header.key === 'final-recipient' && current.some((h) => h.key === 'final-recipient')) groups.push([header]);
    else current.push(header);
  }
  return groups;
}

function readGroup(headers: MailHeader[], out: RecipientReport[]): void {
  const field = (key: string) => headers.find((h) => h.key === key)?.value ?? null;
  const address = typed(field('final-recipient')) ?? typed(field('original-recipient'));
  const original = typed(field('original-recipient'));
  const action = field('action')?.trim().toLowerCase().split(/[\s;]/)[0] ?? null;
  if (address === null && action === null && field('status') === null) return;
  const rawDiagnosis = headers
    .filter((h) => h.key === 'diagnostic-code')
    .map((h) => h.value)
    .join(' ');
  const diagnosis = /^\s*([\w-]+)\s*;\s*([\s\S]*)$/.exec(rawDiagnosis);
  const last = out.at(-1);
  // A group torn by a blank line goes on without a recipient of its own.
  if (address === null && last && last.status === null) {
    last.status = field('status');
    return;
  }
  out.push({
    address: address !== null && address.includes('@') ? address : (original ?? address ?? ''),
    action,
    status: /[245]\.\d{1,3}\.\d{1,3}/.exec(field('status') ?? '')?.[0] ?? null,
    diagnosis: (diagnosis ? (diagnosis[2] ?? '') : rawDiagnosis).trim(),
    diagnosisType: diagnosis?.[1]?.toLowerCase() ?? null,
    remoteHost: typed(field('remote-mta')),
    ...(field('x-powermta-bouncecategory') ? { category: field('x-powermta-bouncecategory')?.toLowerCase().trim() ?? '' } : {}),
  });
}

function typed(value: string | null): string | null {
  if (value === null) return null;
  const text = value
    .replace(/^[\w-]+\s*;/, '')
    .replace(/[<>]/g, '')
    .trim();
  return text === '' ? null : text;
}

/** Text for people in a report: what stands before the original mail begins. */
export function reportText(root: MimePart, fallback: string): string {
  const parts = listParts(root).filter((part) => part.mediaType === 'text/plain' && part.disposition !== 'attachment');
  const text = parts.length === 0 ? fallback : parts.map(partText).join('\n');
  const cut = originalMark.exec(text);
  return cut && cut.index > 0 ? text.slice(0, cut.index) : text;
}

const originalMark =
  /^(?:[-=*_| \t]{0,100}(?:this is a copy of (?:the|your) message|below this line is a copy|enclosed is a copy|included is a copy|original message(?: follows| headers|$)|unsent message|the (?:header|body) of the original message|message headers? follow|message header follows|returned message|returned mail|original mail|original (?:text|headers)|copy of the message|the following is a copy|your (?:original )?message (?:follows|header)|undelivered message|message text follows|ursprüngliche nachricht)|[- ]{0,80}-{3} ?original (?:message|mail)|-{3,}[ \t]*(?:message header|header|message)[^\n]*|Received: ?(?:from|by|\()|Additional Information\s*\n=+|[A-Z]+: \d+ \w+ - original mail)/im;
