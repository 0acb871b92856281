import type { Conversation, ConversationState, View, ViewFilter } from '../../../../contract/conversations.ts';
import type { ListRule } from '../../../platform/store/window.ts';

type Sort = View['sort'];
const hour = 3_600_000;
const done: readonly ConversationState[] = ['resolved', 'closed', 'spam', 'merged'];

/** Whether a conversation belongs in a list: the server's own rule (`server/modules/conversations/list/list.ts`), here only to keep a list true between two reads. */
export function belongsTo(filter: ViewFilter, me: string, now: number, conversation: Conversation): boolean {
  const { states, assignee, teamIds, queueIds, channels, tags, priorities, snoozed, claimed, waitingHours } = filter;
  if (states ? !states.includes(conversation.state) : done.includes(conversation.state)) return false;
  if (assignee === 'me' && conversation.assigneeId !== me && conversation.claim?.personId !== me) return false;
  if (assignee === 'nobody' && conversation.assigneeId !== null) return false;
  if (assignee === 'anybody' && conversation.assigneeId === null) return false;
  if (teamIds && !(conversation.teamId !== null && teamIds.includes(conversation.teamId))) return false;
  if (queueIds && !(conversation.queueId !== null && queueIds.includes(conversation.queueId))) return false;
  if (channels && !channels.includes(conversation.channel)) return false;
  if (tags && !tags.some((tag) => conversation.tags.includes(tag))) return false;
  if (priorities && !priorities.includes(conversation.priority)) return false;
  if (claimed !== undefined && claimed !== (conversation.claim !== null)) return false;
  if (snoozed !== undefined && snoozed !== (conversation.snoozedUntil !== null && Date.parse(conversation.snoozedUntil) > now))
    return false;
  if (
    waitingHours !== undefined &&
    !(conversation.waitingSince !== null && Date.parse(conversation.waitingSince) < now - waitingHours * hour)
  )
    return false;
  return true;
}

const level = { urgent: 3, high: 2, normal: 1, low: 0 } as const;
/** Where nothing is due, and where nobody waits, comes last. */
const due = (conversation: Conversation): string => conversation.due?.at ?? '9999';
const waiting = (conversation: Conversation): string => conversation.waitingSince ?? '9999';
const byId = (a: Conversation, b: Conversation): number => a.id.localeCompare(b.id);
const newest = (a: Conversation, b: Conversation): number => b.lastMessageAt.localeCompare(a.lastMessageAt) || byId(b, a);

const orders: Record<Sort, (a: Conversation, b: Conversation) => number> = {
  due: (a, b) => due(a).localeCompare(due(b)) || byId(a, b),
  waiting_longest: (a, b) => waiting(a).localeCompare(waiting(b)) || byId(a, b),
  newest,
  oldest: (a, b) => a.lastMessageAt.localeCompare(b.lastMessageAt) || byId(a, b),
  priority: (a, b) => level[b.priority] - level[a.priority] || newest(a, b),
};

export const ruleOf = (filter: ViewFilter, sort: Sort, me: string): ListRule<Conversation> => ({
  belongs: (conversation) => belongsTo(filter, me, Date.now(), conversation),
  compare: orders[sort],
});

/** For lists whose rule needs what only the server knows: nothing comes in by itself, and nothing leaves. */
export const fixedRule: ListRule<Conversation> = { belongs: (_, isIn) => isIn, compare: newest };
