import type { PushedNews } from '../../../../contract/workspace.ts';
import { lookingLock } from './looking-lock.ts';
import { noticeOf } from './notice.ts';

/**
 * Shows what an open tab learnt while nobody looked at it, or what was pushed while none was open, and leads there. It answers no request and keeps
 * nothing. Built by itself, because it stands at the root and loads nothing (`vite.config.ts`).
 */
interface Worker {
  registration: ServiceWorkerRegistration;
  location: Location;
  clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly Tab[]>;
    openWindow(path: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: string, hear: (event: Heard) => void): void;
}

interface Tab {
  url: string;
  focused: boolean;
  postMessage(message: unknown): void;
  focus(): Promise<unknown>;
}

interface Heard {
  waitUntil(work: Promise<unknown>): void;
  notification: Notification;
  data: { json(): unknown } | null;
}

const worker = self as unknown as Worker;
/** By what it is about, how new what somebody put away or pressed was: the same told once more, late, is not shown again. */
const seen = new Map<string, string>();

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('push', (event) => {
  if (event.data) event.waitUntil(tell(event.data.json() as PushedNews));
});
worker.addEventListener('notificationclose', ({ notification }) => markSeen(notification));
worker.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  notification.close();
  markSeen(notification);
  const { path = '/' } = (notification.data ?? {}) as { path?: string };
  const target = new URL(path, worker.location.origin);
  if (target.origin === worker.location.origin) event.waitUntil(lead(target.pathname + target.search));
});

async function tell(news: PushedNews): Promise<void> {
  const notice = noticeOf(news);
  const { held } = await navigator.locks.query();
  if (held?.some(({ name }) => name === lookingLock)) return;
  const [shown] = await worker.registration.getNotifications({ tag: notice.tag });
  if (shown && atOf(shown) > news.at) return;
  const isSeen = () => (seen.get(notice.tag) ?? '') >= news.at;
  if (isSeen()) return;
  await worker.registration.showNotification('Nahbar', notice);
  // While a second delivery of it was shown, the first may have been pressed.
  if (isSeen()) for (const late of await worker.registration.getNotifications({ tag: notice.tag })) late.close();
}

const markSeen = (notification: Notification): void => void seen.set(notification.tag, atOf(notification));
const atOf = ({ data }: Notification): string => (data as { at?: string } | null)?.at ?? '';

/** In a tab that is open, else in a new one; the customer's own page is none of the desk's. */
async function lead(path: string): Promise<void> {
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const desks = tabs.filter(({ url }) => new URL(url).pathname !== '/my');
  const tab = desks.find(({ focused }) => focused) ?? desks[0];
  if (!tab) return void (await worker.clients.openWindow(path));
  tab.postMessage({ nahbar: 'go', path });
  await tab.focus();
}
