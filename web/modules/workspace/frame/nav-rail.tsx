import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Search from 'lucide-react/icons/search';
import { lazy, Suspense } from 'react';
import { useFormats } from '../../../platform/i18n/format.ts';
import { textOf, useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { AppLink, useGo } from '../../../platform/router/link.tsx';
import type { MenuItem } from '../../../platform/router/module.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Tip } from '../../../ui/overlay/tooltip.tsx';
import { useMe } from '../session.ts';
import { mayOpen, menuItems } from './modules.ts';

const PersonMenu = lazy(() => import('./person-menu.tsx').then((file) => ({ default: file.PersonMenu })));

type Entry = MenuItem & { text: string; room: string };

/** Every menu entry the person may see; labels come from the room's own strings. */
export function useMenu(): Entry[] {
  useText('workspace');
  const { rights } = useMe();
  return menuItems()
    .filter((item) => mayOpen(item, rights))
    .map((item) => ({ ...item, text: textOf(item.room)(item.label) }));
}

export function NavRail({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }) {
  const t = useText('workspace');
  const go = useGo();
  const menu = useMenu();
  useShortcuts(
    menu.flatMap((item) => (item.keys ? [{ keys: item.keys, label: item.text, group: t('keys.go'), run: () => go(item.path) }] : [])),
  );
  const place = (where: MenuItem['place']) =>
    menu
      .filter((item) => item.place === where)
      .map((item) => (item.useCount ? <CountedLink key={item.path} item={item} /> : <RailLink key={item.path} item={item} count={0} />));
  return (
    <nav
      aria-label={t('frame.menu')}
      className="flex shrink-0 items-center gap-1 border-t border-line bg-sunken px-2 py-1 sm:w-14 sm:flex-col sm:border-t-0 sm:border-r sm:px-0 sm:py-3 low:sm:self-start"
    >
      <img src="/icon.svg" alt="" className="mb-3 hidden size-8 sm:block" />
      <IconButton label={t('palette.title')} icon={Search} keys="mod+k" className="size-10" onClick={onPalette} />
      {place('main')}
      <span className="flex-1" />
      {place('end')}
      <IconButton label={t('keys.title')} icon={CircleHelp} keys="?" className="hidden size-10 sm:inline-flex" onClick={onHelp} />
      <Suspense fallback={<span className="size-10" />}>
        <PersonMenu />
      </Suspense>
    </nav>
  );
}

function CountedLink({ item }: { item: Entry }) {
  return <RailLink item={item} count={item.useCount?.() ?? 0} />;
}

function RailLink({ item, count }: { item: Entry; count: number }) {
  const { number } = useFormats();
  const Sign = item.icon;
  const name = count > 0 && item.countLabel ? `${item.text}, ${textOf(item.room)(item.countLabel, { count })}` : item.text;
  return (
    <Tip text={name} keys={item.keys}>
      <AppLink
        to={item.path}
        aria-label={name}
        className="relative flex size-10 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
      >
        <Sign aria-hidden="true" className="size-5" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-0.5 right-0.5 min-w-4 rounded-full bg-accent px-1 text-center text-[0.625rem] leading-4 font-semibold text-on-accent tabular-nums"
          >
            {count > 99 ? `${number(99)}+` : number(count)}
          </span>
        )}
      </AppLink>
    </Tip>
  );
}
