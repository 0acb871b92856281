import type { Finding } from './reasons.ts';

/** A field of a delivery status notification (RFC 3464) out of one line. */
export interface ReportField {
  name: string;
  kind: 'address' | 'code' | 'date' | 'host' | 'action' | 'status' | 'text';
  /** Upper case: RFC822, SMTP, DNS … */
  type: string;
  value: string;
  /** What stood in brackets behind the value. */
  comment: string;
  isPerMessage: boolean;
}

const kinds: Record<string, ReportField['kind']> = {
  'original-recipient': 'address',
  'final-recipient': 'address',
  'x-actual-recipient': 'address',
  'diagnostic-code': 'code',
  'arrival-date': 'date',
  'last-attempt-date': 'date',
  'received-from-mta': 'host',
  'remote-mta': 'host',
  'reporting-mta': 'host',
  action: 'action',
  status: 'status',
  'x-original-message-id': 'text',
};
const defaults: Record<string, string> = { address: 'RFC822', code: 'SMTP', host: 'DNS' };
const perMessage = new Set(['arrival-date', 'received-from-mta', 'reporting-mta', 'x-original-message-id']);
const corrections: Record<string, string> = { deliverable: 'delivered', expired: 'delayed', failure: 'failed' };

/** Reads a line as a field of a report; null if it is none. */
export function readField(line: string): ReportField | null {
  const m = /^([a-z-]+):[ \t]*(.*)$/i.exec(line);
  const name = m?.[1]?.toLowerCase() ?? '';
  const kind = kinds[name];
  if (!m || !kind) return null;
  let value = (m[2] ?? '').trim();
  let type = '';
  if (kind === 'address' || kind === 'code' || kind === 'host') {
    const typed = /^([\w-]+)\s*;\s*([\s\S]*)$/.exec(value);
    type = (typed ? (typed[1] ?? '') : (defaults[kind] ?? '')).toUpperCase();
    value = typed ? (typed[2] ?? '') : value;
  }
  if (kind === 'host' || kind === 'action') value = value.toLowerCase();
  let comment = '';
  const bracket = kind === 'code' ? null : /^([^(]*?)\s+\((.*)\)\s*$/.exec(value);
  if (bracket) [value, comment] = [bracket[1] ?? '', bracket[2] ?? ''];
  if (kind === 'action') {
    const word = /^[a-z]+/.exec(value)?.[0] ?? '';
    value = corrections[word] ?? (/^(?:failed|delayed|delivered|relayed|expanded)$/.test(word) ? word : '');
  }
  if (kind === 'status') value = /[245]\.\d{1,3}\.\d{1,3}/.exec(value)?.[0] ?? '';
  return { name, kind, type, value, comment, isPerMessage: perMessage.has(name) };
}

/** Puts a field other than addresses and diagnosis where it belongs. */
export function noteField(finding: Finding, field: ReportField): void {
  if (field.value === '') return;
  if (field.kind === 'action') finding.action = field.value;
  else if (field.kind === 'status') finding.status = field.value;
  else if (field.name === 'remote-mta') finding.remoteHost = field.value;
  else if (field.name === 'reporting-mta') finding.localHost = field.value;
}
