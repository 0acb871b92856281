import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { goLive } from '../../../platform/realtime/live.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { TipArea } from '../../../ui/overlay/tooltip.tsx';
import { provideLeave, useMe } from '../session.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { modules } from './modules.ts';
import { NavRail } from './nav-rail.tsx';

// Seldom needed in the first second: fetched when asked for, or beside the page.
const Palette = lazy(() => import('./palette.tsx').then((file) => ({ default: file.Palette })));
const HelpSheet = lazy(() => import('./help-sheet.tsx').then((file) => ({ default: file.HelpSheet })));
const ToastArea = lazy(() => import('../../../ui/overlay/toast.tsx'));

/** What surrounds every page of a signed-in person. */
export function Frame() {
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
  useShortcuts([
    { keys: 'mod+k', label: t('palette.title'), group: t('keys.general'), inFields: true, run: () => setOpen('palette') },
    { keys: '?', label: t('keys.title'), group: t('keys.general'), run: () => setOpen('help') },
  ]);
  return (
    <>
      <a href="#main" className="floating sr-only z-60 px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('frame.skip')}
      </a>
      <div className="flex h-dvh flex-col-reverse sm:flex-row">
        <NavRail onPalette={() => setOpen('palette')} onHelp={() => setOpen('help')} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <ConnectionBanner />
          {me.company.demo && (
            <p className="border-b border-line bg-sunken px-4 py-0.5 text-center text-xs text-muted">{t('frame.demo')}</p>
          )}
          <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
            <Outlet />
          </main>
        </div>
      </div>
      <Suspense>
        {open === 'palette' && <Palette open onClose={() => setOpen(null)} />}
        {open === 'help' && <HelpSheet open onClose={() => setOpen(null)} />}
        <ToastArea closeLabel={general('close')} />
      </Suspense>
      <TipArea />
    </>
  );
}
