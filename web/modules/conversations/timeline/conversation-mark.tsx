import type { Conversation } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { useRecord } from '../../../platform/store/use-records.ts';
import { ChannelIcon } from '../../channels/index.ts';

/** Says that the line goes on in another conversation of the same case. */
export function ConversationMark({ conversationId }: { conversationId: string }) {
  const t = useText('conversations');
  const conversation = useRecord<Conversation>('conversation', conversationId);
  if (!conversation) return null;
  return (
    <p className="flex items-center gap-2 text-xs text-muted">
      <span aria-hidden="true" className="h-px w-4 bg-line" />
      <ChannelIcon channel={conversation.channel} named />
      <AppLink to={`/inbox/open/${conversationId}`} className="truncate underline">
        <bdi>{conversation.subject || t('desk.noSubject')}</bdi>
      </AppLink>
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </p>
  );
}
