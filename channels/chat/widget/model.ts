import type { ShownMessage, ShownState, Wait } from '../protocol.ts';
import type { Kept, Pending } from './memory.ts';

export type Stage = 'sending' | 'sent' | 'read' | 'refused';

/** A line of the log as it is drawn. */
export interface Row extends ShownMessage {
  stage: Stage | null;
}

/** What is on its way, and what the server has confirmed but not shown yet. */
export interface Outbox {
  pending: readonly Pending[];
  /** Confirmed by the server, by id: safe there, and soon in the state. */
  confirmed: ReadonlySet<string>;
  refused: ReadonlyMap<string, string>;
}

/** The log: what the server shows, then what it does not show yet, each message once by its id. */
export function rowsOf(state: ShownState | null, outbox: Outbox): Row[] {
  const shown = state?.messages ?? [];
  const known = new Set(shown.map(({ id }) => id));
  const rows: Row[] = shown.map((message) => ({ ...message, stage: message.isMine ? (message.isRead ? 'read' : 'sent') : null }));
  for (const one of outbox.pending) {
    if (known.has(one.id)) continue;
    const stage = outbox.refused.has(one.id) ? 'refused' : outbox.confirmed.has(one.id) ? 'sent' : 'sending';
    rows.push({ id: one.id, isMine: true, text: one.text, author: '', at: one.at, files: [], isRead: false, stage });
  }
  return rows;
}

/** What is still to be sent when the server has shown this state. */
export const stillPending = (pending: readonly Pending[], state: ShownState): Pending[] => {
  const shown = new Set(state.messages.map(({ id }) => id));
  return pending.filter(({ id }) => !shown.has(id));
};

export type Told = { say: 'unknown' | 'range' | 'longer' | 'over'; from: number; to: number };

/**
 * What is said of the wait. It may rise once; before it rises again it is said why. Whoever waits longer than was told hears so, and no new number. Changes
 * `kept.told`.
 */
export function tellWait(wait: Wait, waitingMinutes: number, kept: Pick<Kept, 'told'>): Told {
  const { told } = kept;
  if (told && waitingMinutes > told.to) return { say: 'over', from: told.from, to: told.to };
  if (wait === 'unknown' && !told) return { say: 'unknown', from: 0, to: 0 };
  // What was told stands until there is something better to tell.
  if (wait === 'unknown') return asTold(told);
  if (!told || wait.to < told.to) kept.told = { ...pair(wait), rises: 0 };
  else if (wait.to > told.to) kept.told = { ...pair(wait), rises: told.rises + 1 };
  return asTold(kept.told);
}

const asTold = (told: Kept['told']): Told => ({
  say: (told?.rises ?? 0) >= 2 ? 'longer' : 'range',
  from: told?.from ?? 0,
  to: told?.to ?? 0,
});

const pair = ({ from, to }: { from: number; to: number }): { from: number; to: number } => ({ from, to });

/** Pauses between attempts: quick at first, then calm, and never all pages at once. */
export const pauseAfter = (failures: number, chance = Math.random()): number =>
  Math.min(30_000, 1_000 * 2 ** Math.min(failures, 5)) * (0.5 + chance / 2);

/** Silence after which the line is asked whether it lives, and after which it is taken for dead. */
const askAfterMilliseconds = 20_000;
const deadAfterMilliseconds = 30_000;

/** What to do about a line from which nothing was heard for so long. After sleep, or on another network, one looks open although the other side has long gone. */
export function afterSilence(milliseconds: number): 'trust' | 'ask' | 'renew' {
  if (milliseconds > deadAfterMilliseconds) return 'renew';
  return milliseconds > askAfterMilliseconds ? 'ask' : 'trust';
}
