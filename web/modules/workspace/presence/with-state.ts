import type { InputOf } from '../../../../contract/core.ts';
import type { OwnPresence } from '../../../../contract/workspace.ts';
import type { on } from '../api.ts';

type Said = InputOf<typeof on.setPresence>;
type Was = OwnPresence['history'][number];

/** What the server will answer once it knows of a change; the same again is no change. */
export function withState(before: OwnPresence, said: Said, at: string): OwnPresence {
  const { state, location = before.location } = said;
  const isSame = before.state === state && before.since !== null;
  const { note = isSame ? before.note : null, until = isSame ? before.until : null } = said;
  const history = isSame ? before.history.slice(1) : before.history;
  const since = isSame ? before.since : at;
  const entry = { state, since: since ?? at, note, location };
  return { ...before, state, since, until, note, location, usualLocation: location ?? before.usualLocation, history: [entry, ...history] };
}

export interface Span extends Omit<Was, 'since'> {
  from: string;
  /** Null while it lasts. */
  to: string | null;
}

/** A history, newest first, as spans by day; the day is the one a span began on. */
export function byDay(history: readonly Was[], dayOf: (at: string) => string): { day: string; spans: Span[] }[] {
  const days: { day: string; spans: Span[] }[] = [];
  for (const [n, { since, ...was }] of history.entries()) {
    const day = dayOf(since);
    const span = { ...was, from: since, to: history[n - 1]?.since ?? null };
    const last = days.at(-1);
    if (last?.day === day) last.spans.push(span);
    else days.push({ day, spans: [span] });
  }
  return days;
}
