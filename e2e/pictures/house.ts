import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Endpoint, InputOf, OutputOf } from '../../contract/core.ts';
import { workspaceEndpoints } from '../../contract/workspace.ts';
import { buildRequest } from '../../web/platform/api/request.ts';
import { small } from './small.ts';

/** The sample company on a server of its own, and who looks at it. */
export interface House {
  base: string;
  passphrase: string;
  newPage: (options?: BrowserContextOptions) => Promise<Page>;
}

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true } as const;

/** Asks the server what this person's page would ask it. */
export async function ask<E extends Endpoint>(house: House, page: Page, endpoint: E, input: InputOf<E>): Promise<OutputOf<E>> {
  const { url, method, headers, body } = buildRequest(endpoint, input as Record<string, unknown>, () => crypto.randomUUID());
  const response = await page.request.fetch(house.base + url, {
    method,
    headers: { ...headers, origin: house.base },
    ...(body ? { data: body } : {}),
    failOnStatusCode: true,
  });
  return (await response.json().catch(() => null)) as OutputOf<E>;
}

/** Somebody of the sample company, signed in and shown around; lists begin with what is newest. */
export async function person(house: House, name: string, options: BrowserContextOptions = {}, locale: 'de' | 'en' = 'de'): Promise<Page> {
  const page = await house.newPage(options);
  await page.context().addInitScript(() => localStorage.setItem('nahbar.sort.open', 'newest'));
  await ask(house, page, workspaceEndpoints.signIn, { email: `${name}@hansekontor.example`, password: house.passphrase });
  await ask(house, page, workspaceEndpoints.changePreferences, { locale, theme: 'light', putAway: ['tour'] });
  return page;
}

/** Both themes of what stands on screen now, each when everything on it is there. */
export async function both(page: Page, name: string): Promise<void> {
  for (const theme of themes) await one(page, `${theme}/${name}`, theme);
  await dress(page, 'light');
}

export async function one(page: Page, file: string, theme: Theme = 'light'): Promise<void> {
  await dress(page, theme);
  await clear(page);
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await mkdir(`docs/screenshots/${path.dirname(file)}`, { recursive: true });
  await writeFile(`docs/screenshots/${file}.png`, small(taken));
}

/** As the page does it when somebody chooses; what follows the system's choice goes along. */
async function dress(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((chosen) => {
    if (document.documentElement.dataset['theme']) document.documentElement.dataset['theme'] = chosen;
  }, theme);
}

/** Nothing half loaded, no notice over it, no tip left from the pointer. */
async function clear(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  for (const notice of await page.locator('[data-toast] button[aria-label]').all()) await notice.click({ timeout: 1_000 }).catch(() => {});
  await page.waitForFunction(() => document.fonts.status === 'loaded' && !document.querySelector('[aria-busy=true]'));
  await page.waitForTimeout(700);
}

/** What the machine calls itself here, written as a company's own address; a customer's link opens their page, so it is not shown whole. */
export const publicly = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const shown = 'https://hilfe.hansekontor.example';
    const said = (text: string): string =>
      text.replaceAll(/https?:\/\/127\.0\.0\.1:\d+(\/my#)?[\w-]*/g, (_all, my) => (my ? `${shown}/my#…` : shown));
    for (const frame of document.querySelectorAll('iframe')) frame.srcdoc = said(frame.srcdoc);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) walk.currentNode.textContent = said(walk.currentNode.textContent ?? '');
  });
