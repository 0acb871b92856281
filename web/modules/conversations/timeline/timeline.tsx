import { Fragment, useState } from 'react';
import type { Conversation, Message } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { Button } from '../../../ui/button.tsx';
import { fetchOlderOfCase, HandoverCard, StatementLine, useCase } from '../../cases/index.ts';
import { useMe } from '../../workspace/index.ts';
import { ConversationMark } from './conversation-mark.tsx';
import { mergeTimeline } from './merge.ts';
import { MessageCard } from './message-card.tsx';
import { SystemLine } from './system-line.tsx';
import { useEnd } from './use-end.ts';
import { useMessageFormat } from './use-message-format.ts';
import { useWantedMessage } from './use-wanted-message.ts';

interface Props {
  conversation: Conversation;
  mergedIds: readonly string[];
  olderCursor: string | null;
  onOlder: () => Promise<void>;
}

/** Everything that was said in the case, over all its conversations, oldest on top; keeps the newest in sight unless somebody reads further up. */
export function Timeline({ conversation, mergedIds, olderCursor, onOlder }: Props) {
  const t = useText('conversations');
  const { date } = useFormats();
  const { kase, detail, statements, handovers } = useCase(conversation.caseId);
  const ids = [...new Set([conversation.id, ...mergedIds, ...(kase?.conversationIds ?? [])])];
  const messages = useRecords<Message, Message[]>('message', (all) => all.filter((message) => ids.includes(message.conversationId)));
  const [caseCursor, setCaseCursor] = useState<string | null | undefined>(undefined);
  const items = mergeTimeline(messages, statements, handovers, (at) => date(at));
  const me = useMe().person.id;
  const last = messages.reduce<Message | null>((newest, message) => (newest && newest.at > message.at ? newest : message), null);
  const own = last?.author.id === me ? last.id : null;
  const { scroller, onScroll } = useEnd(conversation.id, items.length, items.at(-1)?.id, own);
  const format = useMessageFormat();
  useShortcuts(
    messages.some(({ hasHtml }) => hasHtml) ? [{ keys: 'h', label: t('timeline.asHtml'), group: t('keys.group'), run: format.toggle }] : [],
  );

  const cursor = kase ? (caseCursor === undefined ? (detail?.messages.nextCursor ?? null) : caseCursor) : olderCursor;
  const older = async (): Promise<void> => {
    if (kase && cursor) setCaseCursor(await fetchOlderOfCase(kase.id, cursor));
    else await onOlder();
  };
  useWantedMessage(new Set(messages.map(({ id }) => id)), cursor ? older : undefined);
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t('timeline.region')}
      className="relative min-h-0 flex-1 overflow-y-auto px-3 py-4 low:flex-none low:overflow-visible sm:px-5"
      onScroll={onScroll}
    >
      <div className="mx-auto flex max-w-3xl flex-col gap-3">
        {cursor && (
          <Button small look="ghost" onClick={() => void older()}>
            {t('timeline.older')}
          </Button>
        )}
        {items.map((item) => (
          <Fragment key={item.id}>
            {item.kind === 'day' && <h2 className="mt-1 text-center text-xs font-medium text-muted">{date(item.at)}</h2>}
            {item.kind === 'message' && item.switches && <ConversationMark conversationId={item.message.conversationId} />}
            {item.kind === 'message' &&
              (item.message.kind === 'system' ? <SystemLine message={item.message} /> : <MessageCard message={item.message} />)}
            {item.kind === 'statement' && <StatementLine statement={item.statement} />}
            {item.kind === 'handover' && <HandoverCard handover={item.handover} />}
          </Fragment>
        ))}
      </div>
      <p aria-live="polite" className="sr-only">
        {last ? t('timeline.newest', { name: last.author.name }) : ''}
      </p>
    </div>
  );
}
