import type { EventType } from '../../../../contract/events.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';
import { type FindNews, type News, tellInBackground } from '../../workspace/index.ts';
import { isOpen } from '../conversation.ts';
import { conversationFacts, loadConversation, loadMessage } from '../queries.ts';
import type { ConversationRow } from '../rows.ts';

/** What a person is told of while the desk is closed: the same as an open page tells (`web/modules/conversations/told.ts`). */
export const tellNews: Subscriber = {
  name: 'conversations.tell_news',
  on: ['conversations.assigned', 'conversations.note_added', 'conversations.message_received', 'conversations.came_back'],
  gather: 300,
  async handle(ctx, events) {
    const answered = events.flatMap((event) => (is(event, 'conversations.message_received') ? [event.data.conversationId] : []));
    const rows = answered.length > 0 ? await conversationFacts(ctx.db, answered) : new Map<string, ConversationRow>();
    await tellInBackground(
      ctx,
      events.flatMap((event) => newsOf(event, rows)),
    );
  },
};

function newsOf(event: Event, rows: ReadonlyMap<string, ConversationRow>): News[] {
  const { at, actorId: byId } = event;
  if (is(event, 'conversations.assigned'))
    return [{ kind: 'assigned', id: event.data.conversationId, byId, at, to: { personIds: [event.data.personId] } }];
  if (is(event, 'conversations.came_back'))
    return [{ kind: 'came_back', id: event.data.conversationId, byId, at, to: { personIds: [event.data.assigneeId] } }];
  if (is(event, 'conversations.note_added'))
    // Only rules write notes without being anybody.
    return [{ kind: byId ? 'mention' : 'rule_told', id: event.data.messageId, byId, at, to: { personIds: event.data.mentionIds } }];
  const row = is(event, 'conversations.message_received') ? rows.get(event.data.conversationId) : undefined;
  return row ? [{ kind: 'answered', id: row.id, byId, at, to: { personIds: [row.assigneeId, row.claimedBy] } }] : [];
}

export const findAssigned: FindNews = async (ctx, id) => {
  const { assigneeId } = await loadConversation(ctx, id);
  return assigneeId === ctx.actor.id ? mine(id) : undefined;
};

export const findMention: FindNews = async (ctx, id) => {
  const { message } = await loadMessage(ctx, id);
  return isMentioned(ctx, message.mentions) ? `/inbox/mentions/${message.conversationId}` : undefined;
};

/** A person wrote into what is theirs; machines call nobody. */
export const findAnswered: FindNews = async (ctx, id) => {
  const { assigneeId, claimedBy, automatic } = await loadConversation(ctx, id);
  return automatic === null && [assigneeId, claimedBy].includes(ctx.actor.id) ? mine(id) : undefined;
};

/** Unless it was put off again. */
export const findComeBack: FindNews = async (ctx, id) => {
  const { assigneeId, state, snoozedUntil } = await loadConversation(ctx, id);
  return assigneeId === ctx.actor.id && isOpen(state) && snoozedUntil === null ? mine(id) : undefined;
};

const mine = (id: string): string => `/inbox/mine/${id}`;
const isMentioned = ({ actor }: Ctx, mentions: readonly string[]): boolean => actor.id !== null && mentions.includes(actor.id);

const is = <T extends EventType>(event: Event, type: T): event is Event<T> => (event.type as string) === type;
