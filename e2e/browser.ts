import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFailed } from 'vitest';
import type { Endpoint, InputOf } from '../contract/core.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { findChromium } from '../server/cli/suites.ts';
import { buildRequest } from '../web/platform/api/request.ts';
import { type Actor, cast, password } from './company.ts';

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One for all files that want the same program: to start it takes longer than some journeys. It ends with the process. */
const browsers = new Map<string, Promise<Browser>>();
let browser: Browser;
const complaints: string[] = [];

/** Gives a test file its browser; a page that complains in its console fails the file. */
export function useBrowser(program = findChromium() ?? '/usr/bin/chromium'): void {
  beforeAll(async () => {
    const started = browsers.get(program) ?? chromium.launch({ executablePath: program, args });
    browsers.set(program, started);
    browser = await started;
  });
  afterAll(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });
}

export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  onTestFailed(async () => {
    if (!page.isClosed()) await page.screenshot({ path: `e2e/output/${Date.now()}.png` });
    // Else whoever is in the next journey would be here still.
    await context.close();
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // Refused requests, and requests a journey cuts off itself or whose server it stops (503 while it does), show as their own console line. So does what a
    // line in a journey's hands passes on while it closes: a script of the browser's driver, which has no address, and does not look first as ours do.
    const isOwn = /status of (4\d\d|503)|net::ERR_(FAILED|CONNECTION_REFUSED|INTERNET_DISCONNECTED)/.test(message.text());
    const isHands = message.text().startsWith('WebSocket is already in CLOSING') && message.location().url === '';
    if (message.type() === 'error' && !isOwn && !isHands) complaints.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

/** Lists begin with what is newest: the journeys before this one have left more behind than a screen holds, and everybody looks for their own mail. */
export const newestFirst = (page: Page): Promise<unknown> =>
  page.context().addInitScript(() => {
    for (const view of ['unassigned', 'open', 'mine']) localStorage.setItem(`nahbar.sort.${view}`, 'newest');
  });

/**
 * A signed-in page with a session of its own; the door people use is a journey of its own. `at`: where it begins, without waiting for what is there.
 * `order`: lists begin with what is newest, or as they do of themselves.
 */
export async function signedIn(
  actor: Actor,
  { at, ...options }: BrowserContextOptions & { at?: string } = {},
  order: 'newest' | 'own' = 'newest',
): Promise<Page> {
  const page = await newPage(options);
  if (order === 'newest') await newestFirst(page);
  await signIn(page, cast[actor].email);
  await page.goto(`${inject('base')}${at ?? '/inbox'}`);
  if (!at) await page.getByRole('region', { name: /Liste der Gespräche|List of conversations/ }).waitFor();
  return page;
}

/** Gives a page a session, without the page where people ask for one. */
export const signIn = (page: Page, email: string, base?: string): Promise<void> =>
  asked(page, workspaceEndpoints.signIn, { email, password }, base);

/** Chooses colours and language, for the person and for what this browser shows first, of whatever it loads from now on. */
export async function speak(page: Page, theme: 'light' | 'dark' | 'system', locale: 'de' | 'en'): Promise<void> {
  await asked(page, workspaceEndpoints.changePreferences, { theme, locale });
  await page.addInitScript(
    ([colours, language]) => {
      localStorage.setItem('nahbar.theme', colours);
      localStorage.setItem('nahbar.locale', language);
    },
    [theme, locale] as const,
  );
}

/** Asks the server what a page would ask it. */
export async function asked<E extends Endpoint>(
  page: Page,
  endpoint: E,
  input: InputOf<E> & Record<string, unknown>,
  origin = inject('base'),
): Promise<void> {
  const { url, method, headers, body } = buildRequest(endpoint, input, () => '');
  await page.request.fetch(origin + url, {
    method,
    headers: { ...headers, origin },
    ...(body ? { data: body } : {}),
    failOnStatusCode: true,
  });
}
