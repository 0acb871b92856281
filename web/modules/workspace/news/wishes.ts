// Not by the contract's front door, which would bring the rest of it along before the first page stands.
import { type NewsKind, newsKinds } from '../../../../contract/workspace/news.ts';
import type { PresenceState } from '../../../../contract/workspace.ts';

export { type NewsKind, newsKinds };

/** What somebody wants to be told of in this browser: the permission is the browser's too. */
export interface Wishes {
  on: boolean;
  without: readonly NewsKind[];
}

const key = 'nahbar.news';

/** Whatever stands there, nobody is told of anything they did not ask for. */
export function readWishes(stored: string | null): Wishes {
  try {
    const { on, without } = JSON.parse(stored ?? '') as Partial<Wishes>;
    return { on: on === true, without: newsKinds.filter((kind) => Array.isArray(without) && without.includes(kind)) };
  } catch {
    return { on: false, without: [] };
  }
}

export const currentWishes = (): Wishes => readWishes(localStorage.getItem(key));
export const keepWishes = (wishes: Wishes): void => localStorage.setItem(key, JSON.stringify(wishes));

/** In these one rests or learns, and nothing calls one back. */
const quiet: readonly PresenceState[] = ['break', 'recovery', 'training'];

export const isWanted = ({ on, without }: Wishes, kind: NewsKind, presence: PresenceState | undefined): boolean =>
  on && !without.includes(kind) && !(presence && quiet.includes(presence));
