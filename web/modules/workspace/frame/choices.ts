import type { MessageFormat } from '../../../../contract/workspace.ts';
import { type Language, switchLanguage } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { setTheme, type Theme } from '../../../platform/theme.ts';
import { changePreferences, signOut } from '../api.ts';
import { forgetSession, signedIn, updateMe } from '../session.ts';

/** Applies at once here, then is kept with the person for every other browser. */
export function chooseTheme(theme: Theme): void {
  setTheme(theme);
  keep({ theme });
}

export function chooseLanguage(locale: Language): void {
  void switchLanguage(locale);
  keep({ locale });
}

export function chooseMessageFormat(messageFormat: MessageFormat): void {
  const me = signedIn();
  if (me) updateMe({ ...me, preferences: { ...me.preferences, messageFormat } });
  keep({ messageFormat });
}

export async function signOutHere(go: (path: string) => void): Promise<void> {
  try {
    await signOut();
  } finally {
    forgetSession();
    go('/sign-in');
  }
}

function keep(change: Parameters<typeof changePreferences>[0]): void {
  changePreferences(change).then(updateMe, refused);
}
