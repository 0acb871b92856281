import { currentLanguage } from '../../../platform/i18n/i18n.ts';
import { ownPresence } from '../presence/own.ts';
import { isLookedAt } from './looking.ts';
import type { NewsKind } from './wishes.ts';

/** All there is to telling, fetched by those alone who asked for it in this browser, and by nobody in another way: it would lie in pieces that everybody needs. */
export const background = (): Promise<typeof import('./background.ts')> => import('./background.ts');

/** Whether somebody ever touched the switch here. */
export const hasAsked = (): boolean => localStorage.getItem('nahbar.news') !== null;

/** Tells somebody who has the desk open and does not look at it that something happened, if they asked for it. `at`: of the event, by which push knows it again. */
export async function tellNews(kind: NewsKind, { id, path, by, at }: { id: string; path: string; by?: string; at: string }): Promise<void> {
  if (!hasAsked() || (await isLookedAt())) return;
  const { showNews } = await background();
  await showNews({ kind, id, path, by: by ?? null, at, locale: currentLanguage() }, ownPresence());
}

/** A press on what was shown leads there in the tab that is open already. */
export function followNotices(go: (path: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => {};
  const hear = ({ data }: MessageEvent): void => {
    const { nahbar, path } = (data ?? {}) as { nahbar?: unknown; path?: unknown };
    if (nahbar === 'go' && typeof path === 'string' && path.startsWith('/') && !path.startsWith('//')) go(path);
  };
  navigator.serviceWorker.addEventListener('message', hear);
  return () => navigator.serviceWorker.removeEventListener('message', hear);
}
