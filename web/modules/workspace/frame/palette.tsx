import Languages from 'lucide-react/icons/languages';
import Moon from 'lucide-react/icons/moon';
import { useEffect, useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useActiveShortcuts } from '../../../platform/keys/keys.ts';
import { pageButtons } from '../../../platform/keys/page-buttons.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { type Command, CommandPalette } from '../../../ui/overlay/command-palette.tsx';
import { chooseLanguage, chooseTheme } from './choices.ts';
import { modules } from './modules.ts';
import { useMenu } from './nav-rail.tsx';

interface Props {
  open: boolean;
  onClose: () => void;
  query: string;
  onQuery: (query: string) => void;
}

export function Palette({ open, onClose, query, onQuery }: Props) {
  const t = useText('workspace');
  const go = useGo();
  const menu = useMenu();
  const shortcuts = useActiveShortcuts();
  // As the page stands when the palette opens; what lies behind it cannot change meanwhile.
  const [buttons] = useState(pageButtons);
  const [found, setFound] = useState<Command[]>([]);
  const [isBusy, setIsBusy] = useState(false);

  useEffect(() => {
    const wanted = query.trim();
    let isLatest = true;
    const look = async () => {
      if (wanted.length < 2) return setFound([]);
      setIsBusy(true);
      const results = await Promise.allSettled(modules().map(({ find }) => find?.(wanted, go) ?? Promise.resolve([])));
      if (!isLatest) return;
      setFound(results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
      setIsBusy(false);
    };
    const timer = setTimeout(() => void look(), 150);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [query, go]);

  const commands: Command[] = [
    ...menu.map((item) => ({
      id: item.path,
      label: item.text,
      group: item.place === 'admin' ? t(`admin.groups.${item.group}`) : t('keys.go'),
      icon: item.icon,
      keys: item.keys,
      run: () => go(item.path),
    })),
    ...shortcuts
      .filter(({ group, local }) => group !== t('keys.go') && !local)
      .map(({ keys, label, group, run }) => ({ id: `${group}/${keys ?? label}`, label, group, keys, run: () => setTimeout(run, 0) })),
    { id: 'theme', label: t('theme.toggle'), group: t('keys.general'), icon: Moon, run: () => chooseTheme(isDark() ? 'light' : 'dark') },
    {
      id: 'language',
      label: t('language.other'),
      group: t('keys.general'),
      icon: Languages,
      run: () => chooseLanguage(t('language.otherCode') === 'en' ? 'en' : 'de'),
    },
    ...found,
    ...buttons
      .filter(({ label }) => !shortcuts.some((shortcut) => shortcut.label === label))
      .map(({ label, press }) => ({ id: `page/${label}`, label, group: t('palette.page'), run: () => setTimeout(press, 0) })),
  ];
  return (
    <CommandPalette
      open={open}
      onClose={onClose}
      commands={commands}
      query={query}
      onQuery={onQuery}
      busy={isBusy}
      title={t('palette.title')}
      placeholder={t('palette.placeholder')}
      emptyText={t('palette.empty')}
      keysText={[
        { keys: ['↑', '↓'], text: t('palette.choose') },
        { keys: ['enter'], text: t('palette.run') },
        { keys: ['escape'], text: t('palette.leave') },
      ]}
    />
  );
}

const isDark = (): boolean => getComputedStyle(document.documentElement).colorScheme === 'dark';
