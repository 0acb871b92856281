import Info from 'lucide-react/icons/info';
import Languages from 'lucide-react/icons/languages';
import LogOut from 'lucide-react/icons/log-out';
import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import UserRound from 'lucide-react/icons/user-round';
import type { PresenceState } from '../../../../contract/workspace.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { useTheme } from '../../../platform/theme.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { choosePresence, presenceSigns, presenceStates, useOwnPresence } from '../presence/presence.ts';
import { useMe } from '../session.ts';
import { chooseLanguage, chooseTheme, signOutHere } from './choices.ts';

export function PersonMenu() {
  const t = useText('workspace');
  const go = useGo();
  const me = useMe();
  const theme = useTheme();
  const { brief } = useFormats();
  const { data: presence } = useOwnPresence();
  const name = t('frame.personMenu', { name: me.person.name });
  const Sign = presence && presenceSigns[presence.state];
  const hintOf = (state: PresenceState): string | undefined => {
    if (presence?.state === state && presence.since) return t('presence.since', { at: brief(presence.since) });
    return state === 'recovery' ? t('presence.recoveryHint') : undefined;
  };
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={presence ? t('presence.menu', { menu: name, state: t(`presence.${presence.state}`) }) : name}
          className="relative flex size-10 items-center justify-center rounded-md hover:bg-hover"
        >
          <Avatar decorative name={me.person.name} seed={me.person.id} />
          {Sign && (
            <span className="absolute right-0.5 bottom-0.5 flex size-4 items-center justify-center rounded-full border border-line-strong bg-surface">
              <Sign aria-hidden="true" className="size-3" />
            </span>
          )}
        </button>
      }
      entries={[
        { label: t('account.title'), hint: me.person.name, icon: UserRound, onSelect: () => go('/account') },
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
        { label: t('frame.signOut'), icon: LogOut, separated: true, onSelect: () => void signOutHere(go) },
      ]}
    />
  );
}
