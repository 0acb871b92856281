import type { PresenceState, PushedNews } from '../../../../contract/workspace.ts';
import { showNotice, standingOf } from './browser.ts';
import { noticeOf } from './notice.ts';
import { currentWishes, isWanted } from './wishes.ts';

export { endHere, joinPush, leavePush, stayInPush } from './push.ts';

/** Shows what an open tab learnt, as far as this browser is to tell it; the same thing told by several tabs is one notice. */
export async function showNews(news: PushedNews, presence: PresenceState | undefined): Promise<void> {
  if (isWanted(currentWishes(), news.kind, presence) && standingOf() === 'granted') await showNotice(noticeOf(news));
}
