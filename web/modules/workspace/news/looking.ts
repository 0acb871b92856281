import { watch } from '../../../platform/realtime/stream.ts';
import { lookingLock } from './looking-lock.ts';

/** Says, as long as this tab is visible, that somebody looks at the desk: to the rest of this browser, and to the server for all other browsers. */
export function sayLooking(personId: string): () => void {
  let end: (() => void) | null = null;
  const follow = (): void => {
    const isVisible = document.visibilityState === 'visible';
    if (isVisible && !end) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const unwatch = watch('desk', personId);
      void navigator.locks?.request(lookingLock, { mode: 'shared' }, () => promise);
      end = () => {
        unwatch();
        resolve();
      };
    } else if (!isVisible) {
      end?.();
      end = null;
    }
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    end?.();
  };
}

/** Whether the desk is before somebody's eyes in this tab or another one. */
export async function isLookedAt(): Promise<boolean> {
  if (document.visibilityState === 'visible') return true;
  const { held } = (await navigator.locks?.query()) ?? {};
  return held?.some(({ name }) => name === lookingLock) ?? false;
}
