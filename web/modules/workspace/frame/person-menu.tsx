import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Info from 'lucide-react/icons/info';
import Languages from 'lucide-react/icons/languages';
import LogOut from 'lucide-react/icons/log-out';
import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import UserRound from 'lucide-react/icons/user-round';
import { lazy, Suspense, useState } from 'react';
import type { PresenceState } from '../../../../contract/workspace.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { countKept } from '../../../platform/kept.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { useTheme } from '../../../platform/theme.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import type { Icon } from '../../../ui/icon.ts';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { useWide } from '../../../ui/use-wide.ts';
import { choosePresence, presenceSigns, presenceStates, useOwnPresence } from '../presence/presence.ts';
import { useAsked, wasAsked } from '../presence/asked.ts';
import { useMe } from '../session.ts';
import { chooseLanguage, chooseTheme, signOutHere } from './choices.ts';

const WhereDialog = lazy(() => import('../presence/where-dialog.tsx').then((file) => ({ default: file.WhereDialog })));
const SignOutDialog = lazy(() => import('./sign-out-dialog.tsx').then((file) => ({ default: file.SignOutDialog })));

interface More {
  text: string;
  icon: Icon;
  path: string;
}

/** What is one's own; on a phone, whose bar has little room, the rest of the menu too. */
export function PersonMenu({ more, onHelp }: { more: readonly More[]; onHelp: () => void }) {
  const t = useText('workspace');
  const go = useGo();
  const me = useMe();
  const theme = useTheme();
  const { brief } = useFormats();
  const { data: presence } = useOwnPresence();
  const name = t('frame.personMenu', { name: me.person.name });
  const isAsked = useAsked();
  const [kept, setKept] = useState(0);
  const leave = (): void => {
    const count = countKept(me.person.id);
    setKept(count);
    if (count === 0) void signOutHere(go);
  };
  const Sign = presence && presenceSigns[presence.state];
  const isPhone = !useWide('(min-width: 40rem)');
  const hintOf = (state: PresenceState): string | undefined => {
    if (presence?.state === state && presence.until) return t('presence.until', { at: brief(presence.until) });
    if (presence?.state === state && presence.since) return t('presence.since', { at: brief(presence.since) });
    return state === 'recovery' ? t('presence.recoveryHint') : undefined;
  };
  const told = presence ? t('presence.menu', { menu: name, state: t(`presence.${presence.state}`) }) : name;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            data-tour="own"
            aria-label={isPhone ? `${t('frame.more')}: ${told}` : told}
            className="relative flex size-10 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text max-sm:h-12 max-sm:w-auto max-sm:min-w-12 max-sm:flex-1 max-sm:flex-col max-sm:gap-0.5"
          >
            {isPhone ? (
              <>
                <Ellipsis aria-hidden="true" className="size-5" />
                <span aria-hidden="true" className="text-2xs">
                  {t('frame.more')}
                </span>
              </>
            ) : (
              <Avatar decorative name={me.person.name} seed={me.person.id} />
            )}
            {Sign && (
              <span className="absolute right-0.5 bottom-0.5 flex max-sm:top-0.5 max-sm:right-[calc(50%-1.5rem)] max-sm:bottom-auto size-4 items-center justify-center rounded-full border border-line-strong bg-surface">
                <Sign aria-hidden="true" className="size-3" />
              </span>
            )}
          </button>
        }
        entries={[
          ...(isPhone
            ? [
                ...more.map(({ text, icon, path }) => ({ label: text, icon, onSelect: () => go(path) })),
                { label: t('keys.title'), icon: CircleHelp, onSelect: onHelp },
              ]
            : []),
          { label: t('account.title'), separated: isPhone, hint: me.person.name, icon: UserRound, onSelect: () => go('/account') },
          ...presenceStates.map((state, n) => ({
            label: t(`presence.${state}`),
            checked: presence?.state === state,
            separated: n === 0,
            hint: hintOf(state),
            onSelect: () => void choosePresence(state),
          })),
          { label: t('theme.light'), icon: Sun, checked: theme === 'light', separated: true, onSelect: () => chooseTheme('light') },
          { label: t('theme.dark'), icon: Moon, checked: theme === 'dark', onSelect: () => chooseTheme('dark') },
          { label: t('theme.system'), icon: Monitor, checked: theme === 'system', onSelect: () => chooseTheme('system') },
          {
            label: t('language.other'),
            icon: Languages,
            separated: true,
            onSelect: () => chooseLanguage(t('language.otherCode') === 'en' ? 'en' : 'de'),
          },
          { label: t('about.title'), icon: Info, separated: true, onSelect: () => go('/about') },
          { label: t('frame.signOut'), icon: LogOut, separated: true, onSelect: leave },
        ]}
      />
      {isAsked && presence && (
        <Suspense>
          <WhereDialog usual={presence.usualLocation} onClose={wasAsked} />
        </Suspense>
      )}
      {kept > 0 && (
        <Suspense>
          <SignOutDialog count={kept} onClose={() => setKept(0)} onLeave={() => void signOutHere(go)} />
        </Suspense>
      )}
    </>
  );
}
