import { afterOpen, type Calendar, openBetween } from '../../workspace/index.ts';

/** What happens to a clock: it runs from the first `run` on, rests in between, and stops; milliseconds since 1970, in order. */
export interface Beat {
  at: number;
  what: 'run' | 'rest' | 'stop';
}

export interface ClockReading {
  state: 'running' | 'resting' | 'stopped';
  startedAt: number;
  stoppedAt: number | null;
  /** Open milliseconds in which it ran. */
  elapsed: number;
  /** When so much has elapsed as there is time for; of a running clock as it will be if it runs on, of one that rests or has stopped before only when it was. */
  dueAt: number | null;
}

/** Reads a clock at an instant: a pure function of what happened, of the calendar it runs by, and of how much time (open milliseconds) there is. Null before its start. */
export function readClock(
  beats: readonly Beat[],
  { calendar, time }: { calendar: Calendar; time: number },
  now: number,
): ClockReading | null {
  let startedAt: number | null = null;
  let stoppedAt: number | null = null;
  let runsSince: number | null = null;
  let elapsed = 0;
  let dueAt: number | null = null;
  const spend = (until: number): void => {
    if (runsSince === null) return;
    const open = openBetween(calendar, runsSince, until);
    if (dueAt === null && elapsed + open >= time) dueAt = afterOpen(calendar, runsSince, time - elapsed);
    elapsed += open;
    runsSince = null;
  };
  for (const { at, what } of beats) {
    if (at > now) break;
    if (what === 'run') {
      startedAt ??= at;
      runsSince ??= at;
    } else spend(at);
    stoppedAt = what === 'stop' ? at : null;
  }
  if (startedAt === null) return null;
  const state = runsSince !== null ? 'running' : stoppedAt === null ? 'resting' : 'stopped';
  const ahead = runsSince !== null ? afterOpen(calendar, runsSince, time - elapsed) : null;
  spend(now);
  return { state, startedAt, stoppedAt, elapsed, dueAt: dueAt ?? ahead };
}
