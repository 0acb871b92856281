import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { findWindowedChromium } from '../server/cli/suites.ts';
import { type PushService, startPushService } from '../server/testing/push-service/push-service.ts';
import { violations } from './axe.ts';
import { asked, newPage, signedIn, signIn, useBrowser } from './browser.ts';
import { cast } from './company.ts';
import { sendMail, subjectOf } from './mail.ts';

/** The shell without windows, which the other journeys prefer, has nowhere to show a notification. */
const program = findWindowedChromium();
useBrowser(program);

let service: PushService;
beforeAll(async () => {
  service = await startPushService();
});
afterAll(() => service.close());

/** The service of the browser's maker is out of reach here; the browser subscribes with ours, or finds none. */
const subscribesWith = (page: Page, keys: { endpoint: string; p256dh: string; auth: string } | null): Promise<unknown> =>
  page.context().addInitScript((given) => {
    const kept = 'test.subscribed';
    const subscription = () => ({
      options: { applicationServerKey: Uint8Array.from(JSON.parse(localStorage.getItem(kept) ?? '[]') as number[]).buffer },
      toJSON: () => ({ endpoint: given?.endpoint, keys: given && { p256dh: given.p256dh, auth: given.auth } }),
      unsubscribe: async () => {
        localStorage.removeItem(kept);
        return true;
      },
    });
    Object.assign(PushManager.prototype, {
      getSubscription: async () => (localStorage.getItem(kept) ? subscription() : null),
      subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
        if (!given) throw new DOMException('Registration failed - push service error', 'AbortError');
        const bytes = atob(applicationServerKey.replaceAll('-', '+').replaceAll('_', '/'));
        localStorage.setItem(kept, JSON.stringify([...bytes].map((byte) => byte.charCodeAt(0))));
        return subscription();
      },
    });
  }, keys);

async function openSettings(page: Page): Promise<void> {
  await page.goto(`${inject('base')}/account`);
  await page.getByRole('tab', { name: 'Mitteilungen' }).click();
  await page.getByText('Gilt für diesen Browser.').waitFor();
}

/** As if another program lay over the desk, or another tab were in front. */
const look = (page: Page, is: 'visible' | 'hidden'): Promise<void> =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, is);

const told = (page: Page): Promise<{ title: string; body: string }[]> =>
  page.evaluate(async () => {
    const worker = await navigator.serviceWorker.getRegistration();
    return ((await worker?.getNotifications()) ?? []).map(({ title, body }) => ({ title, body }));
  });

/** What the service worker sees of itself. */
interface Scope {
  registration: ServiceWorkerRegistration;
  clients: { openWindow(path: string): Promise<unknown> };
  NotificationEvent: new (type: string, init: object) => Event;
  dispatchEvent(event: Event): void;
  opened?: string;
}

const workerOf = async (page: Page): Promise<Worker> => {
  const context = page.context();
  return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
};

/** Presses the notice that is shown, as far as nobody but a person can. Answers which page it wants opened, where none is open. */
const press = async (page: Page): Promise<string | undefined> =>
  (await workerOf(page)).evaluate(async () => {
    const scope = globalThis as unknown as Scope;
    scope.clients.openWindow = async (path) => {
      scope.opened = path;
    };
    const [notification] = await scope.registration.getNotifications();
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    return scope.opened;
  });

const shown = async (page: Page): Promise<{ title: string; body: string; tag: string }[]> =>
  (await workerOf(page)).evaluate(async () =>
    (await (globalThis as unknown as Scope).registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })),
  );

/** Whether the service worker takes it that somebody looks at the desk: a page that is left takes a moment to be gone. */
const isLookedAt = async (page: Page): Promise<boolean> =>
  (await workerOf(page)).evaluate(async () => ((await navigator.locks.query()).held?.length ?? 0) > 0);

const patiently = { timeout: 40_000, interval: 1_000 };

/** Hands a message to the browser as its push service would. */
async function deliver(page: Page, data: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(inject('base')) && !isDeleted);
      if (ours) resolve(ours.registrationId);
    }),
  );
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.deliverPushMessage', { origin: inject('base'), registrationId: await registered, data });
  await devtools.detach();
}

/** Somebody assigns a new conversation to Jana. */
async function assignToJana(by: Page, subject: string, before = async (): Promise<unknown> => undefined): Promise<void> {
  await sendMail({ from: 'Selma Ott <selma.ott@example.org>', subject, text: 'Meine geheime Frage' });
  await by.goto(`${inject('base')}/inbox/unassigned`);
  await by.getByRole('option', { name: new RegExp(subject) }).click();
  await by.getByRole('heading', { level: 1, name: subject }).waitFor();
  await before();
  await by.keyboard.press('a');
  await by.getByRole('dialog').getByRole('combobox').fill('Jana');
  await by.keyboard.press('Enter');
  await by.getByText('Zugeteilt', { exact: true }).first().waitFor();
}

test.runIf(program)(
  'who asked for it is told in the background what a colleague did, without a word of the customer; not in a break, and not while looking',
  async () => {
    const [mehmet, jana] = [await signedIn('mehmet'), await signedIn('jana')];
    await jana.context().grantPermissions(['notifications'], { origin: inject('base') });
    await subscribesWith(jana, null);
    await openSettings(jana);
    expect(await violations(jana)).toEqual([]);
    await jana.getByRole('switch', { name: /In diesem Browser melden/ }).click();
    await jana.getByRole('checkbox', { name: /mir jemand ein Gespräch zuteilt/ }).waitFor();
    await expect.poll(() => jana.getByRole('switch', { name: /In diesem Browser melden/ }).isChecked()).toBe(true);
    // Its push service cannot be reached, and it says what is left.
    await jana.getByText('Nur solange Nahbar in einem Tab offen ist').waitFor();
    await jana.getByText(/Der Push-Dienst des Browsers war nicht zu erreichen/).waitFor();
    expect(await violations(jana)).toEqual([]);
    await jana.goto(`${inject('base')}/promises`);

    // She looks: the page tells her, the browser does not.
    const seen = subjectOf('Gesehen');
    await assignToJana(mehmet, seen);
    await jana.getByText('Mehmet Kaya hat dir ein Gespräch zugeteilt').waitFor();
    expect(await told(jana)).toEqual([]);

    await look(jana, 'hidden');
    const subject = subjectOf('Hintergrund');
    await assignToJana(mehmet, subject);
    await expect
      .poll(() => told(jana), { timeout: 15_000 })
      .toEqual([{ title: 'Nahbar', body: 'Mehmet Kaya hat dir ein Gespräch zugeteilt.' }]);

    // What was shown leads to the conversation.
    await press(jana);
    await jana.getByRole('heading', { level: 1, name: subject }).waitFor();
    await expect.poll(() => told(jana)).toEqual([]);

    await asked(jana, workspaceEndpoints.setPresence, { state: 'recovery' });
    await jana.getByRole('button', { name: /in einer Erholungspause/ }).waitFor();
    const quiet = subjectOf('Still');
    await assignToJana(mehmet, quiet);
    await jana.getByRole('dialog').filter({ hasText: quiet }).waitFor();
    expect(await told(jana)).toEqual([]);
    await asked(jana, workspaceEndpoints.setPresence, { state: 'available' });
    await Promise.all([jana.context().close(), mehmet.context().close()]);
  },
);

test.runIf(program)(
  'who closed the desk is told by push, in the same words and once; a press opens the conversation; signing out ends it',
  async () => {
    const [mehmet, jana, boss] = [await signedIn('mehmet'), await signedIn('jana', {}, 'own'), await newPage()];
    await signIn(boss, cast.kim.email);
    await asked(boss, workspaceEndpoints.changeSettings, { privateAddresses: true });
    const browser = service.browser();
    await jana.context().grantPermissions(['notifications'], { origin: inject('base') });
    await subscribesWith(jana, browser);
    await openSettings(jana);
    await jana.getByRole('switch', { name: /In diesem Browser melden/ }).click();
    await jana.getByText('Auch wenn Nahbar geschlossen ist').waitFor();
    expect(await violations(jana)).toEqual([]);
    const pushed = () => service.pushed.map(({ body }) => browser.read(body));

    // She looks at the desk, and nothing leaves.
    await assignToJana(mehmet, subjectOf('Vor Augen'));
    await jana.getByText('Mehmet Kaya hat dir ein Gespräch zugeteilt').waitFor();

    const subject = subjectOf('Geschlossen');
    await assignToJana(mehmet, subject, () => jana.goto('about:blank'));
    await expect.poll(pushed, { timeout: 30_000 }).toHaveLength(1);
    const [message = ''] = pushed();
    expect(message).not.toMatch(/Selma|Ott|geheime|Geschlossen/);
    // Delivered again and again, as a push service does that is not sure, it is one notice: a busy machine may lose what is handed to a worker that just falls asleep.
    await deliver(jana, message);
    await expect
      .poll(async () => {
        await deliver(jana, message);
        return shown(jana);
      }, patiently)
      .toMatchObject([{ title: 'Nahbar', body: 'Mehmet Kaya hat dir ein Gespräch zugeteilt.' }]);
    const path = await press(jana);
    expect(path).toMatch(/^\/inbox\/mine\//);
    // Pressed, it is not shown once more, which whatever comes after it tells.
    const other = (id: string) => JSON.stringify({ ...JSON.parse(message), id });
    const tags = async () => (await shown(jana)).map(({ tag }) => tag).toSorted();
    await deliver(jana, message);
    const tagsAfter = (id: string) => async () => {
      await deliver(jana, other(id));
      return tags();
    };
    await expect.poll(tagsAfter('1'), patiently).toEqual(['assigned 1']);
    await jana.goto(`${inject('base')}${path}`);
    await jana.getByRole('heading', { level: 1, name: subject }).waitFor();

    // With the desk before her eyes again a late one shows nothing.
    await deliver(jana, other('2'));
    await jana.goto('about:blank');
    await expect.poll(() => isLookedAt(jana), patiently).toBe(false);
    await expect.poll(tagsAfter('3'), patiently).toEqual(['assigned 1', 'assigned 3']);

    await asked(jana, workspaceEndpoints.signOut, {});
    const elsewhere = await signedIn('jana');
    const read = elsewhere.waitForResponse(/push-subscriptions/);
    await openSettings(elsewhere);
    expect(((await (await read).json()) as { items: unknown[] }).items).toEqual([]);
    expect(pushed()).toHaveLength(1);
    await asked(boss, workspaceEndpoints.changeSettings, { privateAddresses: false });
    await Promise.all([jana, mehmet, boss, elsewhere].map((page) => page.context().close()));
  },
  // Three people and a push service take their turns.
  240_000,
);

test('other browsers that are told are named and silenced from here, and the switch takes this one off again', async () => {
  const [desk, phone] = [await signedIn('jana'), await signedIn('jana')];
  for (const page of [desk, phone]) {
    await page.context().grantPermissions(['notifications'], { origin: inject('base') });
    await subscribesWith(page, { ...service.browser(), endpoint: `https://push.example/${Math.random()}` });
    await openSettings(page);
    await page.getByRole('switch', { name: /In diesem Browser melden/ }).click();
    await page.getByText('Auch wenn Nahbar geschlossen ist').waitFor();
  }
  await openSettings(desk);
  const others = desk.getByRole('region', { name: /Andere Browser/ });
  await others.getByText('noch nichts gemeldet').waitFor();
  expect(await violations(desk)).toEqual([]);
  await others.getByRole('button', { name: /nicht mehr melden/ }).click();
  await others.waitFor({ state: 'detached' });
  await openSettings(phone);
  await phone.getByText('Nur solange Nahbar in einem Tab offen ist').waitFor();
  await desk.getByRole('switch', { name: /In diesem Browser melden/ }).click();
  await desk.getByText('Auch wenn Nahbar geschlossen ist').waitFor({ state: 'detached' });
  await Promise.all([desk, phone].map((page) => page.context().close()));
});

test('a browser that refuses is called that, with what to do', async () => {
  const page = await signedIn('jana');
  await page.context().addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }));
  await openSettings(page);
  await page.getByText(/Der Browser lehnt Mitteilungen von dieser Seite ab/).waitFor();
  expect(await page.getByRole('switch', { name: /In diesem Browser melden/ }).isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
