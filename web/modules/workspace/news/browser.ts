import type { Notice } from './notice.ts';

const address = '/news-worker.js';
const place = 'nahbar.push';

/** Who had this browser told while the desk is closed: nobody else who signs in here is, unless they ask for it. */
export const pushedFor = {
  is: (personId: string): boolean => localStorage.getItem(place) === personId,
  keep: (personId: string | null): void => (personId ? localStorage.setItem(place, personId) : localStorage.removeItem(place)),
};

export type Standing = 'unsupported' | 'insecure' | 'refused' | 'open' | 'granted';

/** What this browser says to being told of news. */
export function standingOf(): Standing {
  if (!window.isSecureContext) return 'insecure';
  if (!('Notification' in window) || !('serviceWorker' in navigator) || !('locks' in navigator)) return 'unsupported';
  return ({ denied: 'refused', default: 'open', granted: 'granted' } as const)[Notification.permission];
}

/** Asks the person, once and only because they set the switch; answers what they said. */
export async function askPermission(): Promise<Standing> {
  await Notification.requestPermission();
  return standingOf();
}

export async function readyWorker(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register(address);
  return navigator.serviceWorker.ready;
}

export async function showNotice(notice: Notice): Promise<void> {
  await (await readyWorker()).showNotification('Nahbar', notice);
}
