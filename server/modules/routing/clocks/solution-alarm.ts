import type { ClockReading } from './clock.ts';

/** What is kept of a solution's clock: when it is near due and due if it runs on, and how much of that was told. */
export interface KeptClock {
  caseId: string;
  /** Null before anybody has looked. */
  startedAt: Date | null;
  nearAt: Date | null;
  dueAt: Date | null;
  /** When somebody is to be told next. */
  alarmAt: Date | null;
  stoppedAt: Date | null;
  /** 0: nothing was told, 1: that it is near due, 2: that it is overdue. */
  rung: number;
}

/** A clock as it is read now; without times where no service level says. */
export interface SolutionReading {
  caseId: string;
  state: ClockReading['state'];
  startedAt: Date;
  stoppedAt: Date | null;
  nearAt: Date | null;
  dueAt: Date | null;
}

/** Somebody is to be told that a solution is near due, or overdue; `at` is when that came true. */
export interface SolutionAlarm {
  isOverdue: boolean;
  at: Date;
}

/**
 * What is to be kept of a clock as it is now, and what rings of it: everything that came true up to `ringsUntil` and was not told, while it runs. One that rests or has stopped is
 * silent; what came true in the moment before is told when it goes on. What was told is not told again unless the clock begins anew, or its time has moved so far that it is not true any more.
 */
export function followClock(
  before: KeptClock | undefined,
  { caseId, state, startedAt, stoppedAt, nearAt, dueAt }: SolutionReading,
  { now, ringsUntil }: { now: Date; ringsUntil: Date | null },
): { kept: KeptClock; alarms: SolutionAlarm[] } {
  const times = [nearAt, dueAt];
  const isTrue = times.filter((at) => at !== null && at <= now).length;
  const isFirstLook = before !== undefined && before.startedAt === null;
  const isSame = before?.startedAt?.getTime() === startedAt.getTime();
  let rung = isFirstLook ? isTrue : Math.min(isSame ? before.rung : 0, isTrue);
  const alarms: SolutionAlarm[] = [];
  const next = () => (state === 'running' ? (times[rung] ?? null) : null);
  for (let at = next(); at !== null && ringsUntil !== null && at <= ringsUntil; at = next()) {
    alarms.push({ isOverdue: rung === 1, at });
    rung += 1;
  }
  return { kept: { caseId, startedAt, nearAt, dueAt, alarmAt: next(), stoppedAt, rung }, alarms };
}
