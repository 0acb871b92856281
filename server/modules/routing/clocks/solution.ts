import type { ServiceLevel, SolutionClock } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';
import { loadCase } from '../../cases/index.ts';
import { always } from '../../workspace/index.ts';
import { levelFor, versionFor } from '../service-levels/levels.ts';
import { readCaseLogs } from './log/case-log.ts';
import { type Beat, type ClockReading, readClock } from './clock.ts';
import type { DueRules } from './dues.ts';
import type { Work } from '../matching.ts';
import { routingRules } from '../rules.ts';

const minute = 60_000;
/** A case that opens again within so long goes on with its old clock (specification 4.3.1). */
export const goesOnFor = 7 * 86_400_000;

/** Conversations in which nobody of us has to do anything for the solution just now. */
const restful = new Set(['waiting_customer', 'answered', 'resolved', 'closed', 'spam', 'merged']);

/** The state an event tells of. Only who was asked something has to answer; else it is `answered`, and what is not solved still waits for us. */
export const stateTold = ({ toState, asks }: { toState: string; asks?: boolean | undefined }): string =>
  toState === 'waiting_customer' && asks === false ? 'answered' : toState;

type Told = Pick<Event, 'type' | 'at' | 'data'>;
/** What is told of a case that its clock goes by. */
export const solutionTypes = ['cases.opened', 'cases.state_changed', 'conversations.state_changed'] as const;

/**
 * The clock of a case's solution, from the events told of it alone: it runs from the first message on, rests while in every conversation that is open the customer has to answer what they were
 * asked, and stops when the case is solved. Whoever waits for an expert, a carrier or a maker waits for us.
 */
export function solutionBeats(log: readonly Told[]): Beat[] {
  let beats: Beat[] = [];
  const states = new Map<string, string>();
  let isDone = false;
  for (const { type, at, data } of log) {
    const { conversationId, toState, asks } = data as { conversationId?: string; toState?: string; asks?: boolean };
    if (type === 'cases.opened' && conversationId) states.set(conversationId, 'queued');
    else if (type === 'cases.state_changed') isDone = toState === 'resolved' || toState === 'closed' || toState === 'merged';
    else if (conversationId && toState) states.set(conversationId, stateTold({ toState, asks }));
    const all = [...states.values()];
    const isResting = all.every((state) => restful.has(state)) && all.includes('waiting_customer');
    const what = isDone ? 'stop' : isResting ? 'rest' : 'run';
    const last = beats.at(-1);
    if (last?.what === what) continue;
    // Long after it was solved it is asked for anew.
    if (last?.what === 'stop' && at.getTime() - last.at > goesOnFor) beats = [];
    beats.push({ at: at.getTime(), what });
  }
  return beats;
}

/** The clock of a solution now, with the service level it goes by. */
export interface Solution {
  level: ServiceLevel;
  minutes: number;
  clock: ClockReading;
  /** When so much of its time had passed, or will have, that it counts as near due. */
  nearAt: number | null;
}

/** Reads it from what was told of the case and from the conversation it began with; null where no service level says how long a solution may take. */
export function solutionOf({ versions, usual, calendars }: DueRules, first: Work, beats: readonly Beat[], now: Date): Solution | null {
  const [begun] = beats;
  if (!begun) return null;
  const since = new Date(begun.at);
  const level = levelFor(versionFor(versions, since, now)?.levels ?? usual, first);
  if (!level?.solutionMinutes) return null;
  const calendar = level.hours === 'always' ? always : calendars.of(first.teamId, since);
  const time = level.solutionMinutes * minute;
  const read = (part: number) => readClock(beats, { calendar, time: part }, now.getTime());
  const clock = read(time);
  return clock && { level, minutes: level.solutionMinutes, clock, nearAt: read((time * level.warnPercent) / 100)?.dueAt ?? null };
}

export async function solutionClock(ctx: Ctx, { id }: { id: string }): Promise<{ clock: SolutionClock | null }> {
  const { kase, conversations } = await loadCase(ctx, id);
  const [first] = conversations;
  const logs = await readCaseLogs(ctx.db, [kase.id], solutionTypes, () => conversations);
  const beats = solutionBeats(logs.get(kase.id) ?? []);
  const solution = first ? solutionOf(await routingRules(ctx), first, beats, ctx.now) : null;
  if (!solution) return { clock: null };
  const { level, minutes } = solution;
  const { state, startedAt, stoppedAt, elapsed, dueAt } = solution.clock;
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    clock: {
      state,
      startedAt: new Date(startedAt).toISOString(),
      stoppedAt: instant(stoppedAt),
      dueAt: instant(dueAt),
      isLate: elapsed > minutes * minute || (state === 'running' && dueAt !== null && dueAt <= ctx.now.getTime()),
      elapsedMinutes: Math.floor(elapsed / minute),
      minutes,
      level: level.name,
      hours: level.hours,
    },
  };
}
