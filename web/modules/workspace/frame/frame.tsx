import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { call } from '../../../platform/api/call.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { useTypedAhead } from '../../../platform/keys/typed-ahead.ts';
import { goLive } from '../../../platform/realtime/live.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { firstStands } from '../../../platform/standing.ts';
import { cx } from '../../../ui/cx.ts';
import { TipArea } from '../../../ui/overlay/tooltip.tsx';
import { on } from '../api.ts';
import { sayLooking } from '../news/looking.ts';
import { background, followNotices, hasAsked } from '../news/tell.ts';
import { MeContext, meQuery, provideLeave, useMe } from '../session.ts';
import { choosePresence } from '../presence/presence.ts';
import { offerHeight, startTour, useTourOffer } from '../tour/tour.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { modules } from './modules.ts';
import { NavRail } from './nav-rail.tsx';

// Seldom needed in the first second: fetched when asked for, or beside the page.
const fetchPalette = () => import('./palette.tsx');
const Palette = lazy(() => fetchPalette().then((file) => ({ default: file.Palette })));
const HelpSheet = lazy(() => import('./help-sheet.tsx').then((file) => ({ default: file.HelpSheet })));
const TourBar = lazy(() => firstStands.then(() => import('../tour/tour-bar.tsx')));
const ToastArea = lazy(() => firstStands.then(() => import('../../../ui/overlay/toast.tsx')));

/** When the first page is likely to be there, what a key opens is fetched beside it. */
const preloadMs = 1500;

/** Listens for a room and draws nothing. */
function Watch({ use: useWatch }: { use: (go: (path: string) => void) => void }) {
  useWatch(useGo());
  return null;
}

/** What surrounds every page of a signed-in person, and tells each of them who that is. */
export function Frame() {
  const { data } = useQuery(meQuery);
  return (
    <MeContext value={data ?? null}>
      <Surroundings />
    </MeContext>
  );
}

function Surroundings() {
  const t = useText('workspace');
  const general = useText('platform');
  const go = useGo();
  const me = useMe();
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  useEffect(
    () =>
      goLive((event, records) =>
        modules()
          .find(({ id }) => event.type.startsWith(`${id}.`))
          ?.onEvent?.(event, records, go),
      ),
    [go],
  );
  useEffect(() => provideLeave(go), [go]);
  const isTourOffered = useTourOffer();
  const { id } = me.person;
  useEffect(() => sayLooking(id), [id]);
  useEffect(() => {
    if (hasAsked())
      background()
        .then(({ stayInPush }) => stayInPush({ call, on, personId: id }))
        .catch(() => {});
  }, [id]);
  useEffect(() => followNotices(go), [go]);
  const [query, setQuery] = useState('');
  const openPalette = (): void => {
    setQuery('');
    // At once, not at the next drawing: the first letter may come before it.
    flushSync(() => setOpen('palette'));
  };
  useTypedAhead(open === 'palette', setQuery, () => setOpen(null));
  useEffect(() => {
    const timer = setTimeout(() => void fetchPalette().catch(() => {}), preloadMs);
    return () => clearTimeout(timer);
  }, []);
  useShortcuts([
    { keys: 'mod+k', label: t('palette.title'), group: t('keys.general'), inFields: true, overDialogs: true, run: openPalette },
    { keys: '?', label: t('keys.title'), group: t('keys.general'), run: () => setOpen('help') },
    { label: t('presence.takeRecovery'), group: t('keys.general'), run: () => void choosePresence('recovery') },
    { label: t('tour.start'), group: t('keys.general'), run: startTour },
  ]);
  return (
    <>
      <a href="#main" className="floating sr-only z-60 px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('frame.skip')}
      </a>
      {/* Clipped, so that nothing can lead out of it: what is brought into sight moves its own pane, never the desk. */}
      <div className="notice-top relative flex h-dvh flex-col-reverse overflow-clip low:h-auto low:min-h-dvh low:flex-col low:overflow-x-clip low:overflow-y-visible sm:flex-row low:sm:flex-row">
        <NavRail onPalette={openPalette} onHelp={() => setOpen('help')} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <ConnectionBanner />
          {me.company.demo && (
            <p className="border-b border-line bg-sunken px-4 py-0.5 text-center text-xs text-muted">{t('frame.demo')}</p>
          )}
          <Suspense fallback={isTourOffered && <div className={cx('border-b border-line bg-accent-soft', offerHeight)} />}>
            <TourBar />
          </Suspense>
          <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
            <Outlet />
          </main>
        </div>
      </div>
      <Suspense>
        {open === 'palette' && <Palette open query={query} onQuery={setQuery} onClose={() => setOpen(null)} />}
        {open === 'help' && <HelpSheet open onClose={() => setOpen(null)} />}
        <ToastArea label={general('notices')} closeLabel={general('close')} />
      </Suspense>
      <TipArea />
      {modules().map(({ id, useWatch }) => useWatch && <Watch key={id} use={useWatch} />)}
    </>
  );
}
