import Menu from 'lucide-react/icons/menu';
import MessagesSquare from 'lucide-react/icons/messages-square';
import SquarePen from 'lucide-react/icons/square-pen';
import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { Conversation } from '../../../contract/conversations.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../platform/keys/keys.ts';
import { useGo, usePathParam } from '../../platform/router/link.tsx';
import { firstStands, stands } from '../../platform/standing.ts';
import { useRecord } from '../../platform/store/use-records.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { focusList } from '../../ui/list/data-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { useAfterPaint } from '../../ui/use-after-paint.ts';
import { useStable } from '../../ui/use-stable.ts';
import { useWide } from '../../ui/use-wide.ts';
import { StormLines } from '../storms/index.ts';
import { useMe, useRight, useTeams } from '../workspace/index.ts';
import { useSidePane } from './desk/side-pane.ts';
import { Stepper } from './desk/stepper.tsx';
import { ConversationList } from './list/conversation-list.tsx';
import { NextButton } from './list/next-button.tsx';
import { placeOf } from './list/place.ts';
import { useConversationList } from './list/use-conversation-list.ts';
import { usePlace } from './list/use-place.ts';
import { useSort } from './list/use-sort.ts';
import { useTakeNext } from './list/use-take-next.ts';
import { builtIn, isBuiltIn } from './list/views/built-in.ts';
import { useViews } from './list/views/use-views.ts';
import { ViewsRail } from './list/views/views-rail.tsx';

// The desk is fetched beside the list, not before it.
const Desk = memo(lazy(() => import('./desk/desk.tsx').then((file) => ({ default: file.Desk }))));
const SortMenu = lazy(() => firstStands.then(() => import('./list/sort-menu.tsx')).then((file) => ({ default: file.SortMenu })));
const ViewSentence = lazy(() => import('./list/views/view-sentence.tsx').then((file) => ({ default: file.ViewSentence })));
const Drawer = lazy(() => import('../../ui/overlay/drawer.tsx').then((file) => ({ default: file.Drawer })));
const SidePane = memo(lazy(() => import('./desk/side-content.tsx').then((file) => ({ default: file.SideContent }))));
const Views = memo(ViewsRail);

/** Stepping on, which may be faster than conversations are drawn. */
const stepsOn = (event: Event): boolean => event instanceof KeyboardEvent && (event.key === 'j' || event.key === 'k');

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
  const side = useSidePane();
  const mayStart = useRight('write_private_reply');
  const saved = useViews().find(({ id }) => id === viewId);
  const { sort, change: changeSort } = useSort(viewId, saved?.sort ?? 'due');
  const list = useConversationList(viewId, saved, sort);
  useEffect(() => {
    if (list.status !== 'loading') stands();
  }, [list.status]);
  const title = useTitle(viewId, saved?.name);
  const [active, setActive] = useState<string | null>(null);
  const [isRailOpen, setIsRailOpen] = useState(false);
  const deskId = useAfterPaint(openId, stepsOn);
  const open = useRecord<Conversation>('conversation', deskId);

  // Keys can come faster than pages are drawn, so where one is stands in a ref too.
  const place = useRef<string | null>(openId);
  useEffect(() => {
    if (openId) place.current = openId;
  }, [openId]);
  const move = (id: string): void => {
    place.current = id;
    setActive(id);
  };
  const show = useStable((id: string, newTab = false): void => {
    if (newTab) window.open(`/inbox/${viewId}/${id}`, '_blank');
    else {
      move(id);
      go(`/inbox/${viewId}/${id}`);
    }
  });
  const back = useStable((): void => go(`/inbox/${viewId}`));
  const standing = usePlace(viewId, list, openId);
  const step = (to: 'next' | 'previous'): void => {
    const { [to]: id } = place.current === openId ? standing : placeOf(list.ids, place.current, -1);
    if (!id) return;
    if (openId) show(id);
    else {
      move(id);
      // Else Enter would follow the link that was pressed last.
      focusList();
    }
  };
  const takeNext = useTakeNext(viewId, sort, show);
  const next = useStable((): void => {
    const id = standing.next ?? standing.previous;
    if (id) show(id);
    else back();
  });
  const stepper = useMemo(() => <Stepper standing={standing} onShow={show} />, [standing, show]);
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group: t('keys.group'), run: () => step('next') },
    { keys: 'k', label: t('keys.previous'), group: t('keys.group'), run: () => step('previous') },
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
      data-tour="list"
      className="notice-below flex h-full min-h-0 min-w-0 flex-1 flex-col bg-surface low:sticky low:top-0 low:h-auto low:max-h-dvh"
    >
      <header className="flex min-h-12 flex-wrap items-center gap-x-2 border-b border-line px-3 py-2">
        <IconButton label={t('views.show')} icon={Menu} onClick={() => setIsRailOpen(true)} className="xl:hidden" />
        <div className="min-w-0 flex-1">
          <h1 className="truncate text-base font-semibold">{title}</h1>
        </div>
        {takeNext?.isQueue && list.ids.length > 0 && <NextButton small next={takeNext} />}
        {viewId !== 'mentions' && (
          <Suspense fallback={<span className="size-8" />}>
            <SortMenu sort={sort} onChange={changeSort} />
          </Suspense>
        )}
        {mayStart && <IconButton label={t('start.title')} keys="c" icon={SquarePen} onClick={() => go('/new-message')} />}
        <Suspense>{saved && !isBuiltIn(viewId) && <ViewSentence filter={saved.filter} />}</Suspense>
        {!openId && <title>{`${title} · Nahbar`}</title>}
      </header>
      <Suspense>
        <StormLines />
      </Suspense>
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
  const desk = deskId ? (
    <Suspense fallback={<Skeleton label={general('loading')} lines={8} />}>
      <Desk id={deskId} stepper={stepper} onBack={back} onNext={next} />
    </Suspense>
  ) : (
    <div data-tour="desk" className="flex h-full items-center justify-center">
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
      <aside
        data-tour="views"
        className="notice-below relative hidden w-48 shrink-0 overflow-y-auto border-r border-line bg-bg xl:block low:overflow-visible"
      >
        <Views active={viewId} />
      </aside>
      {isWide ? (
        <SplitPanes name="inbox" label={t('list.width')} initial={350} min={280} max={560} left={listPane} right={desk} />
      ) : deskId ? (
        desk
      ) : (
        listPane
      )}
      {open && side.isOpen && side.isBeside && (
        <aside
          aria-label={t('side.label')}
          className="relative w-80 shrink-0 overflow-y-auto border-l border-line bg-surface low:overflow-visible"
        >
          {sideContent}
        </aside>
      )}
      <Suspense>
        {open && side.isOpen && !side.isBeside && (
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
  if (isBuiltIn(viewId)) return t(`views.${viewId}`);
  if (savedName) return savedName;
  const team = teams.find(({ id }) => `team-${id}` === viewId);
  return team?.name ?? t('views.title');
}
