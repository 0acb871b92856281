import CloudOff from 'lucide-react/icons/cloud-off';
import InboxIcon from 'lucide-react/icons/inbox';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Conversation } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataList } from '../../../ui/list/data-list.tsx';
import { nothingPicked, type Picked } from '../../../ui/list/selection.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ArrivalsBar } from './arrivals-bar.tsx';
import { EmptyMine } from './empty-mine.tsx';
import { ConversationRow, rowHeight } from './row.tsx';
import { type Shown, useArrivals } from './use-arrivals.ts';
import type { useConversationList } from './use-conversation-list.ts';
import type { TakeNext } from './use-take-next.ts';

const BulkBar = lazy(() => import('./bulk-bar.tsx').then((file) => ({ default: file.BulkBar })));

interface Props {
  title: string;
  viewId: string;
  list: ReturnType<typeof useConversationList>;
  openId: string | null;
  active: string | null;
  onActive: (id: string) => void;
  onOpen: (id: string, newTab: boolean) => void;
  takeNext: TakeNext | undefined;
}

export function ConversationList({ title, viewId, list, openId, active, onActive, onOpen, takeNext }: Props) {
  const t = useText('conversations');
  const general = useText('platform');
  const [picked, setPicked] = useState<Picked>(nothingPicked);
  const { rows, status } = list;
  const area = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown>([0, rows.length]);
  // The one that is active was looked at.
  const arrivals = useArrivals(rows, shown).filter(({ row }) => row.id !== active);
  const pickedIds = rows.map(({ id }) => id).filter((id) => picked.keys.has(id));
  if (status === 'loading' && rows.length === 0) return <Skeleton label={general('loading')} lines={12} />;
  if (status === 'failed') {
    const { title: what, help } = problemText(list.error);
    return (
      <EmptyState icon={CloudOff} title={what} action={<Button onClick={() => void list.refetch()}>{general('retry')}</Button>}>
        {help}
      </EmptyState>
    );
  }
  return (
    <>
      {pickedIds.length > 0 && (
        <Suspense>
          <BulkBar ids={pickedIds} onClear={() => setPicked(nothingPicked)} />
        </Suspense>
      )}
      {rows.length === 0 ? (
        viewId === 'mine' ? (
          <EmptyMine takeNext={takeNext} />
        ) : (
          <EmptyState icon={InboxIcon} title={t('empty.title')}>
            {t('empty.hint')}
          </EmptyState>
        )
      ) : (
        <div ref={area} className="flex min-h-0 flex-1 flex-col">
          <DataList<Conversation>
            label={title}
            rows={rows}
            keyOf={(row) => row.id}
            rowHeight={rowHeight}
            activeKey={active}
            openKey={openId}
            picked={picked}
            onActive={onActive}
            onOpen={onOpen}
            onPick={setPicked}
            onEnd={list.hasMore ? () => void list.more() : undefined}
            onShown={setShown}
            renderRow={(row, state) => <ConversationRow row={row} mention={list.mentions[row.id]} {...state} />}
          />
          <ArrivalsBar
            count={arrivals.length}
            isBelow={arrivals[0]?.isBelow ?? true}
            onShow={() => {
              if (arrivals[0]) onActive(arrivals[0].row.id);
              area.current?.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true });
            }}
          />
        </div>
      )}
    </>
  );
}
