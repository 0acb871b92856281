import type { PresenceState } from '../../../../contract/workspace.ts';

interface Own {
  state: PresenceState;
  since: string | null;
  history: { state: PresenceState; since: string }[];
}

/** What the server will answer once it knows of a change; the same again is no change. */
export function withState(before: Own, state: PresenceState, at: string): Own {
  if (before.state === state && before.since !== null) return before;
  return { state, since: at, history: [{ state, since: at }, ...before.history] };
}

export interface Span {
  state: PresenceState;
  from: string;
  /** Null while it lasts. */
  to: string | null;
}

/** A history, newest first, as spans by day; the day is the one a span began on. */
export function byDay(history: Own['history'], dayOf: (at: string) => string): { day: string; spans: Span[] }[] {
  const days: { day: string; spans: Span[] }[] = [];
  for (const [n, { state, since }] of history.entries()) {
    const day = dayOf(since);
    const span = { state, from: since, to: history[n - 1]?.since ?? null };
    const last = days.at(-1);
    if (last?.day === day) last.spans.push(span);
    else days.push({ day, spans: [span] });
  }
  return days;
}
