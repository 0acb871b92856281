import type { AutomationTrigger } from '../../../../contract/automation.ts';
import type { EventType } from '../../../../contract/events.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';
import { conversationsOfCase, isOpen } from '../../conversations/index.ts';

/** Something rules look at. */
export interface Occurrence {
  event: Event;
  trigger: AutomationTrigger;
  conversationId: string;
}

/** What tells of them. */
export const heard = [
  'conversations.linked_to_case',
  'conversations.message_received',
  'conversations.state_changed',
  'conversations.changed',
  'cases.changed',
  'routing.answer_near_due',
  'routing.answer_overdue',
  'routing.solution_near_due',
  'routing.solution_overdue',
] as const satisfies readonly EventType[];

const is = <T extends EventType>(event: Event, type: T): event is Event<T> => (event.type as string) === type;
const over: readonly string[] = ['resolved', 'closed'];

/** What happened where. A conversation has begun when its case is known, since rules may ask for that; until then its first message waits, too. */
export async function occurrencesOf(ctx: Ctx, event: Event): Promise<Occurrence[]> {
  if (is(event, 'cases.changed')) {
    if (!event.data.topicChanged) return [];
    return (await conversationsOfCase(ctx.db, event.data.caseId)).map(({ id }) => ({
      event,
      trigger: 'topic_changed',
      conversationId: id,
    }));
  }
  const ofSolution = is(event, 'routing.solution_near_due')
    ? 'solution_near_due'
    : is(event, 'routing.solution_overdue')
      ? 'solution_overdue'
      : null;
  if (ofSolution) {
    const { caseId } = event.data as Event<'routing.solution_overdue'>['data'];
    const open = (await conversationsOfCase(ctx.db, caseId)).filter(({ state }) => isOpen(state));
    return open.map(({ id }) => ({ event, trigger: ofSolution, conversationId: id }));
  }
  const { conversationId } = event.data as { conversationId: string };
  return triggersOf(event).map((trigger) => ({ event, trigger, conversationId }));
}

function triggersOf(event: Event): AutomationTrigger[] {
  if (is(event, 'conversations.linked_to_case')) return event.data.fromCaseId === null ? ['opened', 'message_received'] : [];
  if (is(event, 'conversations.message_received')) {
    const { caseId, by } = event.data;
    return caseId === null || by === 'us' ? [] : ['message_received'];
  }
  if (is(event, 'conversations.state_changed')) {
    const { fromState, toState } = event.data;
    return toState === 'resolved' ? ['resolved'] : over.includes(fromState) && !over.includes(toState) ? ['reopened'] : [];
  }
  if (is(event, 'conversations.changed')) {
    const { what, tagsAdded } = event.data;
    return [...(tagsAdded ? (['tagged'] as const) : []), ...(what.split(',').includes('priority') ? (['priority_changed'] as const) : [])];
  }
  if (is(event, 'routing.answer_near_due')) return ['answer_near_due'];
  return is(event, 'routing.answer_overdue') ? ['answer_overdue'] : [];
}
