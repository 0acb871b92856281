import type { SolutionClock } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Event, readLog } from '../../../platform/events/event.ts';
import { loadCase } from '../../cases/index.ts';
import { always } from '../../workspace/index.ts';
import { levelFor, versionFor } from '../service-levels/levels.ts';
import { type Beat, readClock } from './clock.ts';
import { routingRules } from '../rules.ts';

const minute = 60_000;
/** A case that opens again within so long goes on with its old clock (specification 4.3.1). */
const goesOnFor = 7 * 86_400_000;

/** Conversations in which nobody of us has to do anything for the solution just now. */
const restful = new Set(['waiting_customer', 'resolved', 'closed', 'spam', 'merged']);

type Told = Pick<Event, 'type' | 'at' | 'data'>;
const types = ['cases.opened', 'cases.state_changed', 'conversations.state_changed'] as const;

/**
 * The clock of a case's solution, from the events told of it alone: it runs from the first message on, rests while in every conversation that is open the customer has to answer, and stops
 * when the case is solved. Whoever waits for an expert, a carrier or a maker waits for us.
 */
export function solutionBeats(log: readonly Told[]): Beat[] {
  let beats: Beat[] = [];
  const states = new Map<string, string>();
  let isDone = false;
  for (const { type, at, data } of log) {
    const { conversationId, toState } = data as { conversationId?: string; toState?: string };
    if (type === 'cases.opened' && conversationId) states.set(conversationId, 'queued');
    else if (type === 'cases.state_changed') isDone = toState === 'resolved' || toState === 'closed' || toState === 'merged';
    else if (conversationId && toState) states.set(conversationId, toState);
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

export async function solutionClock(ctx: Ctx, { id }: { id: string }): Promise<{ clock: SolutionClock | null }> {
  const { kase, conversations } = await loadCase(ctx, id);
  const beats = solutionBeats(await readLog(ctx.db, kase.id, types));
  const [first] = conversations;
  const begun = beats[0];
  if (!first || !begun) return { clock: null };
  const { versions, usual, calendars } = await routingRules(ctx);
  const since = new Date(begun.at);
  const level = levelFor(versionFor(versions, since, ctx.now)?.levels ?? usual, first);
  if (!level?.solutionMinutes) return { clock: null };
  const calendar = level.hours === 'always' ? always : calendars.of(first.teamId, since);
  const time = level.solutionMinutes * minute;
  const read = readClock(beats, { calendar, time }, ctx.now.getTime());
  if (!read) return { clock: null };
  const { state, startedAt, stoppedAt, elapsed, dueAt } = read;
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    clock: {
      state,
      startedAt: new Date(startedAt).toISOString(),
      stoppedAt: instant(stoppedAt),
      dueAt: instant(dueAt),
      isLate: elapsed > time || (state === 'running' && dueAt !== null && dueAt <= ctx.now.getTime()),
      elapsedMinutes: Math.floor(elapsed / minute),
      minutes: level.solutionMinutes,
      level: level.name,
      hours: level.hours,
    },
  };
}
