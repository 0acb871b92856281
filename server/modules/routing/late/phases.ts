import type { LateCause, LatePhase } from '../../../../contract/routing.ts';
import type { Event } from '../../../platform/events/event.ts';
import { type Calendar, openBetween } from '../../workspace/index.ts';

type Told = Pick<Event, 'type' | 'at' | 'data'>;

/** What is read of a conversation's log; nothing in it says who. */
export const phaseTypes = [
  'conversations.claimed',
  'conversations.released',
  'conversations.lease_expired',
  'conversations.state_changed',
  'conversations.assigned',
] as const;

const ofState: Record<string, LatePhase> = {
  in_progress: 'in_hand',
  waiting_internal: 'expert',
  waiting_third_party: 'third_party',
  handover: 'handover',
};

export interface LateWait {
  since: Date;
  dueAt: Date;
  /** When it had reached us; the message may be older, after a time in which nothing could be fetched. */
  hereAt: Date;
}

/**
 * What the time from a customer's message until its answer was due was spent on, in milliseconds that count (of the calendar): a pure function of what was told
 * of the conversation, oldest first. The parts add up to the whole. Whatever was before it came to the team that has it now was spent elsewhere.
 */
export function phasesOf(log: readonly Told[], { since, dueAt, hereAt }: LateWait, calendar: Calendar): Map<LatePhase, number> {
  const from = since.getTime();
  const until = dueAt.getTime();
  const cameAt = log
    .findLast(({ type, at, data }) => type === 'conversations.assigned' && at.getTime() <= until && isMove(data))
    ?.at.getTime();
  const spent = new Map<LatePhase, number>();
  let phase: LatePhase = 'in_queue';
  let isAssigned = false;
  let at = from;
  const spend = (to: number): void => {
    const end = Math.min(to, until);
    if (end <= at) return;
    const here = Math.min(Math.max(hereAt.getTime(), at), end);
    const came = Math.min(Math.max(cameAt ?? here, here), end);
    add('not_here', at, here);
    add('elsewhere', here, came);
    add(phase === 'in_queue' && isAssigned ? 'assigned' : phase, came, end);
    at = end;
  };
  const add = (what: LatePhase, begin: number, end: number): void => {
    const open = end > begin ? openBetween(calendar, begin, end) : 0;
    if (open > 0) spent.set(what, (spent.get(what) ?? 0) + open);
  };
  for (const { type, at: when, data } of log) {
    if (when.getTime() > until) break;
    spend(when.getTime());
    if (type === 'conversations.claimed') phase = 'in_hand';
    else if (type === 'conversations.assigned') isAssigned = (data as { assigneeId: string | null }).assigneeId !== null;
    else if (type === 'conversations.state_changed') phase = ofState[(data as { toState: string }).toState] ?? 'in_queue';
    else phase = 'in_queue';
  }
  spend(until);
  return spent;
}

const isMove = (data: unknown): boolean => {
  const { teamId, fromTeamId } = data as { teamId: string | null; fromTeamId: string | null };
  return fromTeamId !== null && teamId !== fromTeamId;
};

/** What most of the time went into; of what lay in the queue, whether anybody was there. */
export function causeOf(phases: ReadonlyMap<LatePhase, number>, peopleThere: number | null): LateCause {
  let most: LatePhase = 'in_queue';
  for (const [phase, spent] of phases) if (spent > (phases.get(most) ?? 0)) most = phase;
  if (most !== 'in_queue') return most;
  return peopleThere === 0 ? 'nobody_there' : 'not_taken';
}
