import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Search from 'lucide-react/icons/search';
import { lazy, Suspense } from 'react';
import { useFormats } from '../../../platform/i18n/format.ts';
import { textOf, useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { AppLink, useGo } from '../../../platform/router/link.tsx';
import type { MenuItem } from '../../../platform/router/module.ts';
import { firstStands } from '../../../platform/standing.ts';
import { cx } from '../../../ui/cx.ts';
import type { Icon } from '../../../ui/icon.ts';
import { Tip } from '../../../ui/overlay/tooltip.tsx';
import { useMe } from '../session.ts';
import { mayOpen, menuItems } from './modules.ts';

const PersonMenu = lazy(() => firstStands.then(() => import('./person-menu.tsx')).then((file) => ({ default: file.PersonMenu })));

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
  const inBar = barOf(menu);
  const place = (where: MenuItem['place']) =>
    menu
      .filter((item) => item.place === where)
      .map((item) => {
        const link = { item, className: inBar.includes(item) ? undefined : 'max-sm:hidden' };
        return item.useCount ? <CountedLink key={item.path} {...link} /> : <RailLink key={item.path} {...link} count={0} />;
      });
  return (
    <nav
      aria-label={t('frame.menu')}
      className="flex shrink-0 items-center gap-1 max-sm:justify-around border-t border-line bg-sunken px-2 py-1 sm:w-14 sm:flex-col sm:border-t-0 sm:border-r sm:px-0 sm:py-3 low:sm:self-start"
    >
      <img src="/icon.svg" alt="" className="mb-3 hidden size-8 sm:block" />
      <RailButton tour="search" label={t('palette.title')} short={t('frame.search')} icon={Search} keys="mod+k" onPress={onPalette} />
      {place('main')}
      <span className="flex-1 max-sm:hidden" />
      {place('end')}
      <RailButton tour="help" label={t('keys.title')} icon={CircleHelp} keys="?" className="max-sm:hidden" onPress={onHelp} />
      <Suspense fallback={<span className="size-10" />}>
        <PersonMenu more={menu.filter((item) => ['main', 'end'].includes(item.place) && !inBar.includes(item))} onHelp={onHelp} />
      </Suspense>
    </nav>
  );
}

/** What a phone has room for beside searching and "more". */
function barOf(menu: readonly Entry[]): Entry[] {
  const all = menu.filter(({ place }) => place === 'main' || place === 'end');
  return all.toSorted((a, b) => Number(b.onPhone ?? false) - Number(a.onPhone ?? false)).slice(0, 3);
}

const shape =
  'relative flex size-10 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text max-sm:h-12 max-sm:w-auto max-sm:min-w-12 max-sm:flex-1 max-sm:flex-col max-sm:gap-0.5';

/** On a phone, where nothing explains a sign, its word stands below. */
const Word = ({ children }: { children: string }) => (
  <span aria-hidden="true" className="hidden max-w-full truncate text-2xs max-sm:block">
    {children}
  </span>
);

interface RailButtonProps {
  tour: string;
  label: string;
  short?: string;
  icon: Icon;
  keys: string;
  className?: string;
  onPress: () => void;
}

function RailButton({ tour, label, short, icon: Sign, keys, className, onPress }: RailButtonProps) {
  return (
    <Tip text={label} keys={keys}>
      <button type="button" data-tour={tour} aria-label={label} className={cx(shape, className)} onClick={onPress}>
        <Sign aria-hidden="true" className="size-5" />
        {short && <Word>{short}</Word>}
      </button>
    </Tip>
  );
}

function CountedLink({ item, className }: { item: Entry; className: string | undefined }) {
  return <RailLink item={item} count={item.useCount?.() ?? 0} className={className} />;
}

function RailLink({ item, count, className }: { item: Entry; count: number; className: string | undefined }) {
  const { number } = useFormats();
  const Sign = item.icon;
  const name = count > 0 && item.countLabel ? `${item.text}, ${textOf(item.room)(item.countLabel, { count })}` : item.text;
  return (
    <Tip text={name} keys={item.keys}>
      <AppLink
        to={item.path}
        aria-label={name}
        className={cx(shape, 'aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text', className)}
      >
        <Sign aria-hidden="true" className="size-5" />
        {/* The space keeps the word and its number two words, as the name has them. */}
        <Word>{item.text}</Word>{' '}
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-0.5 right-0.5 max-sm:right-[calc(50%-1.5rem)] min-w-4 rounded-full bg-accent px-1 text-center text-2xs leading-4 font-semibold text-on-accent tabular-nums"
          >
            {count > 99 ? `${number(99)}+` : number(count)}
          </span>
        )}
      </AppLink>
    </Tip>
  );
}
