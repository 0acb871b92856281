import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, useBrowser } from './browser.ts';
import { openShop } from './shop.ts';
import { answerTo, launcher, log, openChat, write } from './visitor.ts';

useBrowser();

/** The account's page to try the chat on, beside the company's own shop. */
async function shopPage(settings: Record<string, unknown>): Promise<string> {
  const { accountId } = await openShop(inject('base'), { settings });
  return `${inject('base')}/api/v1/channels/accounts/${accountId}/entrance/shop`;
}

/** What the page's own policy stopped. */
async function stopped(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const all: string[] = [];
    Object.assign(window, { stopped: all });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      all.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  return () => page.evaluate(() => (window as unknown as { stopped: string[] }).stopped);
}

test('the page to try the chat on: a visitor writes and is answered, and its strict policy has nothing to stop', async () => {
  const page = await newPage();
  const violated = await stopped(page);
  await page.goto(await shopPage({ tryOutPage: true }));
  await page.getByRole('heading', { level: 1, name: 'Für ein Zuhause, das lange hält' }).waitFor();
  await openChat(page);
  const question = `Gibt es das Sofa in Blau ${Date.now()}`;
  await write(page, question);
  await log(page).getByText('gesendet', { exact: true }).waitFor();
  await answerTo(question, 'Ja, auch in Blau.');
  await log(page).getByText('Ja, auch in Blau.').waitFor();
  expect(await violated()).toEqual([]);
  await page.context().close();
});

test('it speaks German and English with its chat, keeps nobody out, and is there only where it is offered', async () => {
  const place = await shopPage({ tryOutPage: true });
  for (const [locale, title, open] of [
    ['de-AT', 'Für ein Zuhause, das lange hält', 'Chat öffnen'],
    ['en-GB', 'For a home that lasts', 'Open chat'],
  ] as const) {
    const page = await newPage({ locale, bypassCSP: true, viewport: { width: 320, height: 640 } });
    await page.goto(place);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await launcher(page).getAttribute('aria-label')).toBe(open);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.context().close();
  }
  expect((await fetch(place)).headers.get('vary')).toContain('Accept-Language');
  expect((await fetch(place.replace(/shop$/, 'another'))).status).toBe(404);
  expect((await fetch(await shopPage({ tryOutPage: false }))).status).toBe(404);
});
