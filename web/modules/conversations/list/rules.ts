import type { Conversation, ConversationState, View, ViewFilter } from '../../../../contract/conversations.ts';
import type { ListRule } from '../../../platform/store/window.ts';

type Sort = View['sort'];

const openStates: readonly ConversationState[] = [
  'new',
  'queued',
  'in_progress',
  'waiting_customer',
  'waiting_internal',
  'waiting_third_party',
  'handover',
];
const ours: readonly ConversationState[] = ['new', 'queued', 'in_progress', 'handover'];

/** What the built-in views show; the server has the same rules, here they only keep the list true between two reads. */
export const builtInFilters: Record<string, { filter: ViewFilter; sort: Sort }> = {
  mine: { filter: { states: [...openStates], assignee: 'me', snoozed: false }, sort: 'waiting_longest' },
  unassigned: { filter: { states: [...ours], assignee: 'nobody', snoozed: false }, sort: 'waiting_longest' },
  open: { filter: { states: [...openStates], snoozed: false }, sort: 'waiting_longest' },
  waiting: { filter: { states: ['waiting_customer', 'waiting_internal', 'waiting_third_party'] }, sort: 'newest' },
  snoozed: { filter: { snoozed: true }, sort: 'newest' },
  resolved: { filter: { states: ['resolved', 'closed'] }, sort: 'newest' },
  spam: { filter: { states: ['spam'] }, sort: 'newest' },
};

export function belongsTo(filter: ViewFilter, me: string, now: number, conversation: Conversation): boolean {
  const { states, assignee, teamIds, channels, tags, priorities, snoozed, claimed } = filter;
  if (conversation.mergedInto !== null) return false;
  if (states && !states.includes(conversation.state)) return false;
  if (assignee === 'me' && conversation.assigneeId !== me) return false;
  if (assignee === 'nobody' && conversation.assigneeId !== null) return false;
  if (assignee === 'anybody' && conversation.assigneeId === null) return false;
  if (teamIds && !(conversation.teamId !== null && teamIds.includes(conversation.teamId))) return false;
  if (channels && !channels.includes(conversation.channel)) return false;
  if (tags && !tags.every((tag) => conversation.tags.includes(tag))) return false;
  if (priorities && !priorities.includes(conversation.priority)) return false;
  if (claimed !== undefined && claimed !== (conversation.claim !== null)) return false;
  if (snoozed !== undefined && snoozed !== (conversation.snoozedUntil !== null && Date.parse(conversation.snoozedUntil) > now))
    return false;
  return true;
}

const weight = { urgent: 0, high: 1, normal: 2, low: 3 } as const;
/** Whoever does not wait for us comes last. */
const waiting = (conversation: Conversation): string => conversation.waitingSince ?? '9999';

const orders: Record<Sort, (a: Conversation, b: Conversation) => number> = {
  waiting_longest: (a, b) => waiting(a).localeCompare(waiting(b)) || b.lastMessageAt.localeCompare(a.lastMessageAt),
  newest: (a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt),
  oldest: (a, b) => a.lastMessageAt.localeCompare(b.lastMessageAt),
  priority: (a, b) => weight[a.priority] - weight[b.priority] || waiting(a).localeCompare(waiting(b)),
};

export const ruleOf = (filter: ViewFilter, sort: Sort, me: string): ListRule<Conversation> => ({
  belongs: (conversation) => belongsTo(filter, me, Date.now(), conversation),
  compare: (a, b) => orders[sort](a, b) || a.id.localeCompare(b.id),
});
