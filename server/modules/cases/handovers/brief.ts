import type { Brief, BriefProposal as Proposal } from '../../../../contract/cases.ts';
import { bodyOf, lineOf } from './letter.ts';

export interface BriefMaterial {
  customer: { displayName: string; number: string | null };
  messages: readonly { kind: string; direction: string; automatic: string | null; authorName: string; text: string; at: Date }[];
  statements: readonly { id: string; kind: string; state: string; text: string; dueTo: Date | null; saidAt: Date }[];
  facts: readonly { label: string; value: string }[];
  wish: string | null;
  /** Of the last hand-over: what somebody wrote down once is not asked again. */
  before: Brief | null;
}

/** Fills a brief from what is known; in the customer's and our own words only, dates and names between, so that it needs no language of its own. */
export function proposeBrief({ customer, messages, statements, facts, wish, before }: BriefMaterial): Proposal {
  const inOrder = messages.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const fromCustomer = inOrder.filter((m) => m.direction === 'in' && m.kind === 'message' && m.automatic === null);
  const answers = inOrder.filter((m) => m.direction === 'out' && m.kind === 'message');
  const told = statements.filter((s) => s.kind !== 'commitment' && s.state !== 'superseded');
  const owed = statements.filter((s) => s.kind === 'commitment' && (s.state === 'open' || s.state === 'broken'));
  const done = [
    ...answers.map((m) => ({ at: m.at, text: `${m.authorName}: ${shorten(lineOf(m.text), 200)}` })),
    ...told.map((s) => ({ at: s.saidAt, text: s.text })),
    ...statements.filter((s) => s.state === 'kept' || s.state === 'made_good').map((s) => ({ at: s.saidAt, text: `✓ ${s.text}` })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return {
    brief: {
      who: customer.number ? `${customer.displayName} (${customer.number})` : customer.displayName,
      concern: before?.concern || shorten(bodyOf(fromCustomer[0]?.text ?? '', customer.displayName), 1_500),
      facts: facts.map(({ label, value }) => ({ label, value })),
      done: goOn(before?.done ?? '', lines(done.map((d) => `${instantText(d.at)} · ${d.text}`))),
      promised: lines(owed.map((s) => `→ ${s.dueTo ? instantText(s.dueTo) : '?'} · ${s.text}`)),
      openQuestion: openQuestion(fromCustomer.at(-1), answers.at(-1)),
      wish: wish ?? before?.wish ?? '',
    },
    systemLines: inOrder.filter((m) => m.kind === 'system').flatMap(readSystemLine),
    commitmentIds: owed.map((s) => s.id),
  };
}

/** What stood there, then what it does not name yet. */
const goOn = (before: string, now: string): string => {
  const named = before.split('\n').filter(Boolean);
  return lines([...named, ...now.split('\n').filter((line) => line && !named.includes(line))]);
};

/** What the customer asked last and nobody has answered since. */
function openQuestion(asked: { text: string; at: Date } | undefined, answered: { at: Date } | undefined): string {
  if (!asked || (answered && answered.at >= asked.at)) return '';
  return (asked.text.match(/[^.!?\n]+\?/g) ?? []).map((q) => q.trim()).join(' ');
}

function readSystemLine(line: { text: string; at: Date }): Proposal['systemLines'] {
  try {
    const { code, data } = JSON.parse(line.text) as { code?: unknown; data?: Record<string, string> };
    return typeof code === 'string' ? [{ code, data: data ?? {}, at: line.at.toISOString() }] : [];
  } catch {
    return [];
  }
}

const shorten = (text: string, most: number): string => {
  const clean = text.replace(/[ \t]+/g, ' ').trim();
  return clean.length <= most ? clean : `${clean.slice(0, most - 1).trimEnd()}…`;
};

const lines = (items: readonly string[]): string => items.slice(-40).join('\n').slice(-8_000);

const berlin = new Intl.DateTimeFormat('de-DE', {
  timeZone: 'Europe/Berlin',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const instantText = (at: Date): string => berlin.format(at).replace(', ', ' ');
