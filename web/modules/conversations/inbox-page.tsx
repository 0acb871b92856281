import Menu from 'lucide-react/icons/menu';
import MessagesSquare from 'lucide-react/icons/messages-square';
import SquarePen from 'lucide-react/icons/square-pen';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../../contract/conversations.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../platform/keys/keys.ts';
import { useGo, usePathParam } from '../../platform/router/link.tsx';
import { useRecord } from '../../platform/store/use-records.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { useWide } from '../../ui/use-wide.ts';
import { useMe, useRight, useTeams } from '../workspace/index.ts';
import { useSidePane } from './desk/side-pane.ts';
import { builtIn } from './list/built-in.ts';
import { ConversationList } from './list/conversation-list.tsx';
import { NextButton } from './list/next-button.tsx';
import { SortMenu } from './list/sort-menu.tsx';
import { useConversationList } from './list/use-conversation-list.ts';
import { useSort } from './list/use-sort.ts';
import { useTakeNext } from './list/use-take-next.ts';
import { useViews } from './list/use-views.ts';
import { ViewsRail } from './list/views-rail.tsx';

// The desk is fetched beside the list, not before it.
const Desk = lazy(() => import('./desk/desk.tsx').then(({ Desk: default_ }) => ({ default: default_ })));
const Drawer = lazy(() => import('../../ui/overlay/drawer.tsx').then((file) => ({ default: file.Drawer })));
const SidePane = lazy(() => import('./desk/side-content.tsx').then(({ SideContent }) => ({ default: SideContent })));

/** The desk of an adviser: views, list, conversation, customer. */
export default function InboxPage() {
  const t = useText('conversations');
  const general = useText('platform');
  const go = useGo();
  const me = useMe().person;
  const leads = useTeams().some((team) => team.leadIds.includes(me.id) && !team.archived);
  // Who leads and is in no team is assigned nothing: the first screen is what the teams have open.
  const first = leads && me.teamIds.length === 0 ? 'open' : 'mine';
  const viewId = usePathParam('view') ?? first;
  const openId = usePathParam('conversationId') ?? null;
  const isWide = useWide('(min-width: 64rem)');
  const isVeryWide = useWide('(min-width: 80rem)');
  const side = useSidePane();
  const mayStart = useRight('write_private_reply');
  const saved = useViews().find(({ id }) => id === viewId);
  const { sort, change: changeSort } = useSort(viewId, saved?.sort ?? 'waiting_longest');
  const list = useConversationList(viewId, saved, sort);
  const title = useTitle(viewId, saved?.name);
  const [active, setActive] = useState<string | null>(null);
  const [isRailOpen, setIsRailOpen] = useState(false);
  const open = useRecord<Conversation>('conversation', openId);

  // Keys can come faster than pages are drawn, so where one is stands in a ref too.
  const place = useRef<string | null>(openId);
  useEffect(() => {
    if (openId) place.current = openId;
  }, [openId]);
  const move = (id: string): void => {
    place.current = id;
    setActive(id);
  };
  const show = (id: string, newTab = false): void => {
    if (newTab) window.open(`/inbox/${viewId}/${id}`, '_blank');
    else {
      move(id);
      go(`/inbox/${viewId}/${id}`);
    }
  };
  const back = (): void => go(`/inbox/${viewId}`);
  const step = (by: number): void => {
    const row = list.rows[list.rows.findIndex(({ id }) => id === place.current) + by];
    if (!row) return;
    if (openId) show(row.id);
    else move(row.id);
  };
  const takeNext = useTakeNext(viewId, sort, show);
  const next = (): void => {
    const at = list.rows.findIndex(({ id }) => id === openId);
    const row = list.rows[at + 1] ?? list.rows[at - 1];
    if (row && row.id !== openId) show(row.id);
    else back();
  };
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group: t('keys.group'), run: () => step(1) },
    { keys: 'k', label: t('keys.previous'), group: t('keys.group'), run: () => step(-1) },
    { keys: 'enter', label: t('keys.open'), group: t('keys.group'), run: () => place.current && show(place.current) },
    { keys: 'u', label: t('keys.back'), group: t('keys.group'), run: back },
    { keys: 'c', label: t('start.title'), group: t('keys.group'), run: () => mayStart && go('/new-message') },
    ...(takeNext ? [{ keys: 'g n', label: t('claim.takeNext'), group: t('keys.group'), run: takeNext.run }] : []),
    { keys: ']', label: t('side.toggle'), group: t('keys.group'), run: side.toggle },
    ...builtIn
      .slice(0, 4)
      .map((key, i) => ({ keys: `g ${i + 1}`, label: t(`views.${key}`), group: t('keys.views'), run: () => go(`/inbox/${key}`) })),
  ]);

  const listPane = (
    <section
      aria-label={t('list.label')}
      className="notice-below flex h-full min-h-0 min-w-0 flex-1 flex-col bg-surface low:sticky low:top-0 low:h-auto low:max-h-dvh"
    >
      <header className="flex min-h-12 items-center gap-2 border-b border-line px-3">
        <IconButton label={t('views.show')} icon={Menu} onClick={() => setIsRailOpen(true)} className="xl:hidden" />
        <h1 className="min-w-0 flex-1 truncate text-base font-semibold">{title}</h1>
        {takeNext?.isQueue && list.rows.length > 0 && <NextButton small next={takeNext} />}
        {viewId !== 'mentions' && <SortMenu sort={sort} onChange={changeSort} />}
        {mayStart && <IconButton label={t('start.title')} keys="c" icon={SquarePen} onClick={() => go('/new-message')} />}
        {!openId && <title>{`${title} · Nahbar`}</title>}
      </header>
      <ConversationList
        key={`${viewId} ${sort}`}
        title={title}
        viewId={viewId}
        list={list}
        openId={openId}
        active={active ?? openId}
        onActive={move}
        onOpen={show}
        takeNext={takeNext}
      />
    </section>
  );
  const desk = openId ? (
    <Suspense fallback={<Skeleton label={general('loading')} lines={8} />}>
      <Desk id={openId} onBack={back} onNext={next} />
    </Suspense>
  ) : (
    <div className="flex h-full items-center justify-center">
      <EmptyState icon={MessagesSquare} title={t('desk.nothingOpen')}>
        {t('desk.nothingOpenHint')}
      </EmptyState>
    </div>
  );
  const sideContent = open && (
    <Suspense fallback={<Skeleton label={general('loading')} />}>
      <SidePane conversation={open} />
    </Suspense>
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <aside className="notice-below relative hidden w-48 shrink-0 overflow-y-auto border-r border-line bg-bg xl:block low:overflow-visible">
        <ViewsRail active={viewId} />
      </aside>
      {isWide ? (
        <SplitPanes name="inbox" label={t('list.width')} initial={350} min={280} max={560} left={listPane} right={desk} />
      ) : openId ? (
        desk
      ) : (
        listPane
      )}
      {open && side.isOpen && isVeryWide && (
        <aside
          aria-label={t('side.label')}
          className="relative w-80 shrink-0 overflow-y-auto border-l border-line bg-surface low:overflow-visible"
        >
          {sideContent}
        </aside>
      )}
      <Suspense>
        {open && !isVeryWide && side.isOpen && (
          <Drawer open onClose={side.toggle} title={t('side.label')} closeLabel={general('close')}>
            {sideContent}
          </Drawer>
        )}
        {isRailOpen && (
          <Drawer open side="left" onClose={() => setIsRailOpen(false)} title={t('views.title')} closeLabel={general('close')}>
            <ViewsRail active={viewId} onPick={() => setIsRailOpen(false)} />
          </Drawer>
        )}
      </Suspense>
    </div>
  );
}

function useTitle(viewId: string, savedName: string | undefined): string {
  const t = useText('conversations');
  const teams = useTeams();
  if (builtIn.some((key) => key === viewId)) return t(`views.${viewId}`);
  if (savedName) return savedName;
  const team = teams.find(({ id }) => `team-${id}` === viewId);
  return team?.name ?? t('views.title');
}
