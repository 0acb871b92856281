import type { MessageFormat, Offer } from '../../../../contract/workspace.ts';
import { type Language, switchLanguage } from '../../../platform/i18n/i18n.ts';
import { forgetKept } from '../../../platform/kept.ts';
import { refused } from '../../../platform/refused.ts';
import { setTheme, type Theme } from '../../../platform/theme.ts';
import { changePreferences, signOut } from '../api.ts';
import { background, hasAsked } from '../news/tell.ts';
import { forgetSession, readMeAgain, signedIn, updateMe } from '../session.ts';

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

/** Not offered again, in no browser. */
export function putAway(offer: Offer): void {
  const me = signedIn();
  if (!me || me.preferences.putAway.includes(offer)) return;
  const all = [...me.preferences.putAway, offer];
  updateMe({ ...me, preferences: { ...me.preferences, putAway: all } });
  keep({ putAway: all });
}

export async function signOutHere(go: (path: string) => void): Promise<void> {
  const { id } = signedIn()?.person ?? {};
  if (id) forgetKept(id);
  try {
    await signOut();
  } finally {
    if (hasAsked())
      void background()
        .then(({ endHere }) => endHere())
        .catch(() => {});
    forgetSession();
    go('/sign-in');
  }
}

function keep(change: Parameters<typeof changePreferences>[0]): void {
  changePreferences(change).then(updateMe, (problem: unknown) => {
    refused(problem);
    void readMeAgain();
  });
}
