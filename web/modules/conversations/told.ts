import type { Conversation, Message } from '../../../contract/conversations.ts';
import type { RecordEnvelope, StreamEvent } from '../../../contract/stream.ts';
import { textOf } from '../../platform/i18n/i18n.ts';
import { records } from '../../platform/store/app-store.ts';
import { notify } from '../../ui/overlay/notify.ts';
import { personName, signedIn, tellNews } from '../workspace/index.ts';

/**
 * Whoever a colleague asks by name in a note, or gives a conversation to, is told at once, wherever in the desk, and so is whose scheduled answer was stopped
 * by a newer message, and whose work went back into the list; of a customer's answer, and of what comes back,
 * the list tells, and the browser while nobody looks.
 */
export function hear(event: StreamEvent, envelopes: readonly RecordEnvelope[], go: (path: string) => void): void {
  const { messageId, conversationId = '' } = event.subject;
  if (isStoppedOfMine(event)) tellStopped(conversationId, go);
  if (isReturnedOfMine(event)) tellReturned(conversationId, go);
  const note = noteToMe(event);
  if (note && envelopes.some(({ id }) => id === messageId)) tellMention(note, event, go);
  if (isGivenToMe(event)) tellGiven(conversationId, event, go);
  if (isMineAgain(event)) void tellNews('came_back', { id: conversationId, path: `/inbox/mine/${conversationId}`, at: event.at });
  if (isAnswerToMe(event)) void tellNews('answered', { id: conversationId, path: `/inbox/mine/${conversationId}`, at: event.at });
}

function tellStopped(conversationId: string, go: (path: string) => void): void {
  const t = textOf('conversations');
  notify({
    title: t('stopped.title'),
    text: t('stopped.text'),
    milliseconds: 15_000,
    action: { label: t('stopped.look'), run: () => go(`/inbox/mine/${conversationId}`) },
  });
}

function tellReturned(conversationId: string, go: (path: string) => void): void {
  const t = textOf('conversations');
  notify({
    title: t('returned.title'),
    text: t('returned.text'),
    milliseconds: 30_000,
    action: { label: t('stopped.look'), run: () => go(`/inbox/open/${conversationId}`) },
  });
}

function tellMention({ id, conversationId, text, author }: Message, { actorId, at }: StreamEvent, go: (path: string) => void): void {
  const t = textOf('conversations');
  const path = `/inbox/mentions/${conversationId}`;
  // A rule asks under its own name.
  const by = actorId ? personName(actorId) : author.name;
  notify({
    title: t('mention.arrived', { name: by }),
    text: text.replace(/\s+/g, ' ').slice(0, 140),
    milliseconds: 15_000,
    action: { label: t('mention.look'), run: () => go(path) },
  });
  void tellNews(actorId ? 'mention' : 'rule_told', { id, path, by, at });
}

function tellGiven(conversationId: string, { actorId: by, at }: StreamEvent, go: (path: string) => void): void {
  const t = textOf('conversations');
  const path = `/inbox/mine/${conversationId}`;
  notify({
    title: t('assign.arrived', { name: personName(by) }),
    text: records.get<Conversation>('conversation', conversationId)?.subject,
    milliseconds: 15_000,
    action: { label: t('mention.look'), run: () => go(path) },
  });
  void tellNews('assigned', { id: conversationId, path, by: personName(by), at });
}

const isGivenToMe = ({ type, subject, actorId }: StreamEvent): boolean =>
  type === 'conversations.assigned' && subject['personId'] === signedIn()?.person.id && actorId !== subject['personId'];

/** What one had went back into the list because nothing was heard of any of one's pages; heard by whoever is back. */
const isReturnedOfMine = ({ type, subject }: StreamEvent): boolean =>
  type === 'conversations.lease_expired' && subject['personId'] === signedIn()?.person.id;

/** What one has, or is assigned, was put off and is back. */
const isMineAgain = ({ type, subject }: StreamEvent): boolean =>
  type === 'conversations.came_back' && subject['assigneeId'] === signedIn()?.person.id;

/** A person wrote into what is assigned to the signed-in person or held by them; machines call nobody. */
function isAnswerToMe({ type, subject }: StreamEvent): boolean {
  const me = signedIn()?.person.id;
  if (type !== 'conversations.message_received' || !me) return false;
  const conversation = records.get<Conversation>('conversation', subject['conversationId'] ?? '');
  return (conversation?.assigneeId === me || conversation?.claim?.personId === me) && conversation.automatic === null;
}

/** Nobody takes a scheduled message back but its author, or the customer's next one. */
function isStoppedOfMine({ type, subject, actorId }: StreamEvent): boolean {
  const message =
    type === 'conversations.delivery_changed' && !actorId ? records.get<Message>('message', subject.messageId ?? '') : undefined;
  return message?.delivery?.state === 'cancelled' && message.author.id === signedIn()?.person.id;
}

/** The note in which somebody else asks the signed-in person by name, if that is what happened. */
export function noteToMe({ type, subject, actorId }: StreamEvent): Message | undefined {
  const me = signedIn()?.person.id;
  if (type !== 'conversations.note_added' || !me || actorId === me) return undefined;
  const note = records.get<Message>('message', subject.messageId ?? '');
  return note?.mentions.includes(me) ? note : undefined;
}
