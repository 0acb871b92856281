import { memo, type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Conversation, Message } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { authorOf } from '../../customers/index.ts';
import { fetchOlderOfCase, HandoverCard, StatementLine, useCase } from '../../cases/index.ts';
import { useMe } from '../../workspace/index.ts';
import { useMessages } from '../messages.ts';
import { ConversationMark } from './conversation-mark.tsx';
import { areSame, chaptersOf, mergeTimeline, stretchesOf, type TimelineItem } from './merge.ts';
import { MessageCard } from './message-card.tsx';
import { SystemLine } from './system-line.tsx';
import { useEnd } from './use-end.ts';
import { useMessageFormat } from './use-message-format.ts';
import { useOlder } from './use-older.ts';
import { useWantedMessage } from './use-wanted-message.ts';

interface Props {
  conversation: Conversation;
  mergedIds: readonly string[];
  olderCursor: string | null;
  onOlder: () => Promise<void>;
}

/** Of more than that at once the page draws a piece at a time, between what else it has to do. */
const many = 5;

/**
 * Everything that was said in the case, over all its conversations, oldest on top; keeps the newest in sight unless somebody reads further up. Made anew for
 * each conversation.
 */
export function Timeline({ conversation, mergedIds, olderCursor, onOlder }: Props) {
  const t = useText('conversations');
  const { date } = useFormats();
  const { kase, detail, statements, handovers } = useCase(conversation.caseId);
  const messages = useMessages([...new Set([conversation.id, ...mergedIds, ...(kase?.conversationIds ?? [])])]);
  const [caseCursor, setCaseCursor] = useState<string | null | undefined>(undefined);
  const all = useMemo(() => mergeTimeline(messages, statements, handovers, (at) => date(at)), [messages, statements, handovers, date]);
  const drawn = useDeferredValue(all);
  const items = Math.abs(all.length - drawn.length) > many ? drawn : all;
  const me = useMe().person.id;
  const last = messages.reduce<Message | null>((newest, message) => (newest && newest.at > message.at ? newest : message), null);
  const own = last?.author.id === me ? last.id : null;
  const { scroller, onScroll } = useEnd(items.length, items.at(-1)?.id, own);
  const format = useMessageFormat();
  useShortcuts(
    messages.some(({ hasHtml }) => hasHtml) ? [{ keys: 'h', label: t('timeline.asHtml'), group: t('keys.group'), run: format.toggle }] : [],
  );

  const cursor = kase ? (caseCursor === undefined ? (detail?.messages.nextCursor ?? null) : caseCursor) : olderCursor;
  const older = async (): Promise<void> => {
    if (kase && cursor) setCaseCursor(await fetchOlderOfCase(kase.id, cursor));
    else await onOlder();
  };
  const begin = useRef<HTMLButtonElement>(null);
  useOlder(scroller, begin, items.find(({ kind }) => kind !== 'day')?.id, cursor ? older : undefined);
  useWantedMessage(new Set(messages.map(({ id }) => id)), cursor ? older : undefined);
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t('timeline.region')}
      className="relative min-h-0 flex-1 overflow-y-auto bg-bg px-3 py-4 low:flex-none low:overflow-visible sm:px-5"
      onScroll={onScroll}
    >
      <div className="mx-auto flex max-w-3xl flex-col gap-1">
        {cursor && (
          <Button ref={begin} small look="ghost" onClick={() => void older()}>
            {t('timeline.older')}
          </Button>
        )}
        <Lines items={items} />
      </div>
      <p aria-live="polite" className="sr-only">
        {last ? t('timeline.newest', { name: authorOf(last) }) : ''}
      </p>
    </div>
  );
}

const Lines = memo(function Lines({ items }: { items: readonly TimelineItem[] }) {
  const stretches = stretchesOf(items);
  const atWork = new Set(stretches.slice(-2));
  return chaptersOf(stretches).map(({ id, stretches: own }) => (
    <div key={id} className={cx('chapter-of-time flex flex-col gap-1', !own.some((one) => atWork.has(one)) && 'chapter-at-rest')}>
      {own.map((one) => (
        <Stretch key={one.id} items={one.items} isAtRest={!atWork.has(one)} />
      ))}
    </div>
  ));
});

/** Drawn anew only when one of its own lines changes: what is said at the end of thousands moves none of the others. */
const Stretch = memo(
  function Stretch({ items, isAtRest }: { items: readonly TimelineItem[]; isAtRest: boolean }) {
    return (
      <div className={cx('stretch-of-time flex flex-col gap-3', isAtRest && 'stretch-at-rest')}>
        {items.map((item) => (
          <Line key={item.id} item={item} />
        ))}
      </div>
    );
  },
  (before, now) => before.isAtRest === now.isAtRest && areSame(before.items, now.items),
);

function Line({ item }: { item: TimelineItem }): ReactNode {
  if (item.kind === 'day') return <DayLine at={item.at} />;
  if (item.kind === 'statement') return <StatementLine statement={item.statement} />;
  if (item.kind === 'handover') return <HandoverCard handover={item.handover} />;
  return (
    <>
      {item.switches && <ConversationMark conversationId={item.message.conversationId} />}
      {item.message.kind === 'system' ? <SystemLine message={item.message} /> : <MessageCard message={item.message} />}
    </>
  );
}

/** By itself, so that after midnight only it is drawn anew. */
function DayLine({ at }: { at: string }) {
  const { day } = useFormats();
  const now = useNow();
  return <h2 className="mt-1 text-center text-xs font-medium text-muted">{day(at, now)}</h2>;
}
