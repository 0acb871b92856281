import type { BreachClock, LateCause, LatePhase } from '../../../../contract/routing.ts';
import type { Event } from '../../../platform/events/event.ts';
import { type Calendar, openBetween } from '../../workspace/index.ts';
import { stateTold } from '../clocks/solution.ts';

type Told = Pick<Event, 'type' | 'at' | 'data'>;

/** What is read of what was told of a case and its conversations; nothing in it says who. */
export const phaseTypes = [
  'cases.opened',
  'cases.state_changed',
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

/** Nobody of us has to do anything in the conversation just now. */
const ofRest: Record<string, LatePhase> = {
  waiting_customer: 'customer',
  answered: 'at_rest',
  resolved: 'at_rest',
  closed: 'at_rest',
  spam: 'at_rest',
  merged: 'at_rest',
};

/** Of several conversations of a case, what is furthest says how it stands. */
const furthest: readonly LatePhase[] = ['in_hand', 'handover', 'expert', 'third_party', 'assigned', 'in_queue', 'customer', 'at_rest'];
const caseIsOver = new Set(['resolved', 'closed', 'merged']);

export interface LateTime {
  clock: BreachClock;
  since: Date;
  dueAt: Date;
  /** When it had reached us; the message may be older, after a time in which nothing could be fetched. */
  hereAt: Date;
  /** The conversation whose team it counts for, the only one of an answer. */
  conversationId: string;
}

interface Thread {
  phase: LatePhase;
  /** Null before anything was told of it. */
  state: string | null;
  isAssigned: boolean;
}

/**
 * What the time until something was due was spent on, in milliseconds that count (of the calendar): a pure function of what was told of its case, oldest first. The parts add up to
 * the whole; of a solution to the time its clock ran, which rests while the customer has to answer and stops while the case is solved. Whatever was before it came to the
 * team that has it now was spent elsewhere.
 */
export function phasesOf(log: readonly Told[], time: LateTime, calendar: Calendar): Map<LatePhase, number> {
  const { clock, conversationId, hereAt } = time;
  const isAnswer = clock === 'first_answer' || clock === 'next_answer';
  const until = time.dueAt.getTime();
  const own = isAnswer ? log.filter(({ data }) => threadOf(data) === conversationId) : log;
  const cameAt = own
    .findLast(
      ({ type, at, data }) =>
        type === 'conversations.assigned' && at.getTime() <= until && threadOf(data) === conversationId && isMove(data),
    )
    ?.at.getTime();
  const threads = new Map<string, Thread>();
  let isOver = false;
  const spent = new Map<LatePhase, number>();
  let at = time.since.getTime();
  /** Null while it does not count. */
  const now = (): LatePhase | null => {
    const all = new Set([...threads.values()].flatMap((thread) => phaseNow(thread, isAnswer) ?? []));
    const phase = isOver ? 'at_rest' : (furthest.find((one) => all.has(one)) ?? 'in_queue');
    return clock === 'solution' && (isOver || phase === 'customer') ? null : phase;
  };
  const add = (what: LatePhase, begin: number, end: number): void => {
    const open = end > begin ? openBetween(calendar, begin, end) : 0;
    if (open > 0) spent.set(what, (spent.get(what) ?? 0) + open);
  };
  const spend = (to: number): void => {
    const end = Math.min(to, until);
    if (end <= at) return;
    const phase = now();
    const here = Math.min(Math.max(hereAt.getTime(), at), end);
    const came = Math.min(Math.max(cameAt ?? here, here), end);
    if (phase) {
      add('not_here', at, here);
      add('elsewhere', here, came);
      add(phase, came, end);
    }
    at = end;
  };
  for (const event of own) {
    if (event.at.getTime() > until) break;
    spend(event.at.getTime());
    if (event.type === 'cases.state_changed') isOver = !isAnswer && caseIsOver.has((event.data as { toState: string }).toState);
    else follow(threads, event);
  }
  spend(until);
  return spent;
}

function follow(threads: Map<string, Thread>, { type, data }: Told): void {
  const id = threadOf(data) ?? '';
  const thread: Thread = threads.get(id) ?? { phase: 'in_queue', state: null, isAssigned: false };
  threads.set(id, thread);
  if (type === 'conversations.claimed') thread.phase = 'in_hand';
  else if (type === 'conversations.assigned') thread.isAssigned = (data as { assigneeId: string | null }).assigneeId !== null;
  else if (type === 'conversations.state_changed') {
    thread.state = stateTold(data as { toState: string; asks?: boolean });
    thread.phase = ofState[thread.state] ?? 'in_queue';
  } else {
    if (type === 'cases.opened') thread.state = 'queued';
    thread.phase = 'in_queue';
  }
}

/** An answer is owed whatever the state says. */
function phaseNow({ phase, state, isAssigned }: Thread, isAnswer: boolean): LatePhase | undefined {
  if (!isAnswer && state === null) return undefined;
  const rest = isAnswer ? undefined : ofRest[state ?? ''];
  return rest ?? (phase === 'in_queue' && isAssigned ? 'assigned' : phase);
}

const threadOf = (data: unknown): string | undefined => (data as { conversationId?: string }).conversationId;

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
