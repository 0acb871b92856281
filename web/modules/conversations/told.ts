import type { Message } from '../../../contract/conversations.ts';
import type { RecordEnvelope, StreamEvent } from '../../../contract/stream.ts';
import { textOf } from '../../platform/i18n/i18n.ts';
import { records } from '../../platform/store/app-store.ts';
import { notify } from '../../ui/overlay/notify.ts';
import { personName, signedIn } from '../workspace/index.ts';

/** Whoever a colleague asks by name in a note is told at once, wherever in the desk. */
export function hear(event: StreamEvent, envelopes: readonly RecordEnvelope[], go: (path: string) => void): void {
  const { messageId, conversationId } = event.subject;
  const note = noteToMe(event);
  if (!note || !envelopes.some(({ id }) => id === messageId)) return;
  const t = textOf('conversations');
  notify({
    title: t('mention.arrived', { name: personName(event.actorId ?? '') }),
    text: note.text.replace(/\s+/g, ' ').slice(0, 140),
    milliseconds: 15_000,
    action: { label: t('mention.look'), run: () => go(`/inbox/mentions/${conversationId}`) },
  });
}

/** The note in which somebody else asks the signed-in person by name, if that is what happened. */
export function noteToMe({ type, subject, actorId }: StreamEvent): Message | undefined {
  const me = signedIn()?.person.id;
  if (type !== 'conversations.note_added' || !me || actorId === me) return undefined;
  const note = records.get<Message>('message', subject.messageId ?? '');
  return note?.mentions.includes(me) ? note : undefined;
}
