import type { call } from '../../../platform/api/call.ts';
import type { on } from '../api.ts';
import { pushedFor, readyWorker, standingOf } from './browser.ts';
import { currentWishes, newsKinds } from './wishes.ts';

/** What came of asking the browser to be reached while the desk is closed. */
export type Reach = 'closed' | 'unsupported' | 'unreachable';

/** What it works with is handed over: what this file, fetched by itself, imported of the desk would have to be cut out of the first load into pieces of its own. */
export interface Desk {
  call: typeof call;
  on: typeof on;
  personId: string;
}

/** A browser without a way to its service may try for minutes. */
const patienceMilliseconds = 20_000;

/** Lets this browser be told of what is wished while no page of ours is open. Saying it again brings the server up to what the browser is. */
export async function joinPush(desk: Desk): Promise<Reach> {
  if (!('PushManager' in window)) return 'unsupported';
  const { publicKey } = await desk.call(desk.on.listPushSubscriptions, {});
  return join(desk, publicKey);
}

async function join({ call, on, personId }: Desk, publicKey: string): Promise<Reach> {
  const subscription = await subscribed(publicKey);
  if (!subscription) return 'unreachable';
  const { endpoint, keys = {} } = subscription.toJSON();
  const { without } = currentWishes();
  await call(on.keepPushSubscription, {
    endpoint: endpoint ?? '',
    p256dh: keys['p256dh'] ?? '',
    auth: keys['auth'] ?? '',
    kinds: newsKinds.filter((kind) => !without.includes(kind)),
  });
  pushedFor.keep(personId);
  return 'closed';
}

/** On every load of the desk: the browser may have a new address since. What was silenced from another browser, or ended with its session, stays silent until somebody here asks for it anew. */
export async function stayInPush(desk: Desk): Promise<void> {
  if (!pushedFor.is(desk.personId) || !currentWishes().on || standingOf() !== 'granted') return;
  const { items, publicKey } = await desk.call(desk.on.listPushSubscriptions, {});
  if (items.some(({ current }) => current)) await join(desk, publicKey);
  else {
    pushedFor.keep(null);
    await endHere();
  }
}

/** Tells nobody here any more, whatever is on its way. */
export async function leavePush({ call, on }: Desk): Promise<void> {
  pushedFor.keep(null);
  await endHere();
  const { items } = await call(on.listPushSubscriptions, {});
  for (const { id } of items.filter(({ current }) => current)) await call(on.removePushSubscription, { id });
}

/** What this browser was told is no business of whoever sits here next. */
export async function endHere(): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration();
  for (const notice of (await worker?.getNotifications()) ?? []) notice.close();
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
}

/** Undefined when the browser has no way to its push service. One made for another key, of an installation set up anew, is of no use. */
async function subscribed(publicKey: string): Promise<PushSubscription | undefined> {
  const { pushManager } = await readyWorker();
  const before = await pushManager.getSubscription();
  if (before && keyOf(before) === publicKey) return before;
  await before?.unsubscribe();
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMilliseconds));
  const made = pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  return Promise.race([made.catch(() => undefined), late]);
}

function keyOf({ options: { applicationServerKey: key } }: PushSubscription): string | undefined {
  if (!key) return undefined;
  return btoa(String.fromCharCode(...new Uint8Array(key)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
