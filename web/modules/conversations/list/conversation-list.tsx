import CloudOff from 'lucide-react/icons/cloud-off';
import InboxIcon from 'lucide-react/icons/inbox';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataList, focusList, type RowState } from '../../../ui/list/data-list.tsx';
import { allOf, nothingPicked, type Picked, toggle } from '../../../ui/list/selection.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useBrokenCases } from '../../cases/index.ts';
import { ArrivalsBar } from './arrivals-bar.tsx';
import { type BulkDialog, bulkKeys } from './bulk/bulk-keys.ts';
import { EmptyMine } from './empty-mine.tsx';
import { ConversationRow, rowHeight } from './row.tsx';
import { type Shown, useArrivals } from './use-arrivals.ts';
import type { useConversationList } from './use-conversation-list.ts';
import type { TakeNext } from './use-take-next.ts';

const BulkBar = lazy(() => import('./bulk/bulk-bar.tsx').then((file) => ({ default: file.BulkBar })));

/** What the list hears itself while it has the focus. */
const nothing = (): void => {};

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
  const { ids, mentions, status } = list;
  const area = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown>([0, ids.length]);
  // The one that is active was looked at.
  const arrivals = useArrivals(ids, shown).filter(({ id }) => id !== active);
  const pickedIds = picked.keys.size > 0 ? ids.filter((id) => picked.keys.has(id)) : [];
  const [bulk, setBulk] = useState<BulkDialog | null>(null);
  // What was open for some must not open by itself for others.
  if (bulk && pickedIds.length === 0) setBulk(null);
  const broken = useBrokenCases();
  const renderRow = useCallback(
    (id: string, state: RowState) => <ConversationRow id={id} mention={mentions[id]} broken={broken} {...state} />,
    [mentions, broken],
  );
  useShortcuts([
    { keys: 'x', label: t('keys.pick'), group: t('bulk.keys'), run: () => active && setPicked(toggle(picked, active)) },
    { keys: 'shift+j', label: t('keys.pickMore'), group: t('bulk.keys'), local: true, run: nothing },
    { keys: 'mod+a', label: t('bulk.all'), group: t('bulk.keys'), local: true, run: nothing },
    ...(pickedIds.length > 0
      ? [
          { keys: 'escape', label: t('bulk.clear'), group: t('bulk.keys'), run: () => setPicked(nothingPicked) },
          ...bulkKeys.map(([what, keys]) => ({ keys, label: t(`keys.${what}`), group: t('bulk.label'), run: () => setBulk(what) })),
        ]
      : []),
  ]);
  if (status === 'loading' && ids.length === 0) return <Skeleton label={general('loading')} lines={12} />;
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
      {ids.length === 0 ? (
        viewId === 'mine' ? (
          <EmptyMine takeNext={takeNext} />
        ) : (
          <EmptyState icon={InboxIcon} title={t('empty.title')}>
            {t('empty.hint')}
          </EmptyState>
        )
      ) : (
        <div ref={area} className="flex min-h-0 flex-1 flex-col">
          <DataList
            label={title}
            keys={ids}
            rowHeight={rowHeight}
            activeKey={active}
            openKey={openId}
            picked={picked}
            onActive={onActive}
            onOpen={onOpen}
            onPick={setPicked}
            onEnd={list.hasMore ? () => void list.more() : undefined}
            onShown={setShown}
            renderRow={renderRow}
          />
          <ArrivalsBar
            count={arrivals.length}
            isBelow={arrivals[0]?.isBelow ?? true}
            onShow={() => {
              if (arrivals[0]) onActive(arrivals[0].id);
              focusList(area.current);
            }}
          />
        </div>
      )}
      {/* Below: it comes with the first pick, and no row may move from under the pointer then. */}
      {pickedIds.length > 0 && (
        <Suspense>
          <BulkBar
            ids={pickedIds}
            opened={bulk}
            onOpen={setBulk}
            onAll={pickedIds.length < ids.length ? () => setPicked(allOf(ids)) : undefined}
            onClear={() => setPicked(nothingPicked)}
          />
        </Suspense>
      )}
    </>
  );
}
