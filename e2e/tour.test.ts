import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { asked, signedIn, useBrowser } from './browser.ts';

useBrowser();

const bar = (page: Page) => page.getByRole('region', { name: 'Rundgang' });
const marked = (page: Page) => page.locator('[data-marked="tour"]');
/** As if nobody had ever shown Jana around. */
const asNew = (page: Page): Promise<void> => asked(page, workspaceEndpoints.changePreferences, { putAway: [] });

test('the tour is offered once, goes by keys alone, covers nothing, is left with Escape and found again in the help', async () => {
  const page = await signedIn('jana');
  await asNew(page);
  await page.reload();
  await bar(page).getByText('Neu hier?').waitFor();
  expect(await violations(page)).toEqual([]);
  await bar(page).getByRole('button', { name: 'Rundgang beginnen' }).press('Enter');
  await bar(page)
    .getByRole('heading', { name: /Ansichten/ })
    .waitFor();
  await page.waitForURL(/inbox\/unassigned/);
  await expect.poll(() => marked(page).count()).toBe(1);
  expect(await violations(page)).toEqual([]);

  // Each stop has the focus on the way on, described by what is said; what is spoken of is marked.
  const seen: string[] = [];
  for (let n = 0; n < 20; n++) {
    const next = bar(page).getByRole('button', { name: /^(Weiter|Fertig)$/ });
    await expect.poll(() => next.evaluate((button) => button === document.activeElement)).toBe(true);
    seen.push((await bar(page).getByRole('heading').textContent()) ?? '');
    if ((await next.textContent()) === 'Fertig') break;
    await page.keyboard.press('Enter');
    await bar(page)
      .getByRole('heading', { name: new RegExp(`${seen.length + 1} von`) })
      .waitFor();
  }
  expect(seen.length).toBe(9);
  await expect.poll(() => marked(page).getAttribute('data-tour')).toBe('own');
  await page.keyboard.press('Enter');
  await bar(page).waitFor({ state: 'hidden' });
  expect(await marked(page).count()).toBe(0);
  await page.reload();
  await page.getByRole('region', { name: 'Liste der Gespräche' }).waitFor();
  expect(await bar(page).count()).toBe(0);

  // Found again; the desk goes on working while it is there; left in the middle.
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).getByRole('button', { name: 'Rundgang beginnen' }).click();
  await bar(page)
    .getByRole('heading', { name: /1 von 9/ })
    .waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('z');
  await page.getByRole('heading', { level: 1, name: 'Zusagen' }).waitFor();
  await page.keyboard.press('Escape');
  await bar(page).waitFor({ state: 'hidden' });
  await page.context().close();
});

test.each([
  ['on a desk', 1_280],
  ['on a phone', 390],
])('its offer moves nothing when it comes (%s)', async (_where, width) => {
  const page = await signedIn('jana', { viewport: { width, height: 844 } });
  await asNew(page);
  const held = Promise.withResolvers<void>();
  await page.route('**/assets/tour-bar-*.js', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.reload();
  const list = page.getByRole('region', { name: 'Liste der Gespräche' });
  await list.waitFor();
  const before = await list.boundingBox();
  expect(await bar(page).count()).toBe(0);
  held.resolve();
  await bar(page).getByText('Neu hier?').waitFor();
  expect(await list.boundingBox()).toEqual(before);
  await page.context().close();
});

test('on a phone the tour leaves room for the page', async () => {
  const page = await signedIn('jana', { viewport: { width: 390, height: 844 } });
  await asNew(page);
  await page.reload();
  await bar(page).getByRole('button', { name: 'Rundgang beginnen' }).click();
  await bar(page)
    .getByRole('heading', { name: /Ansichten/ })
    .waitFor();
  const box = await bar(page).boundingBox();
  expect(box?.height).toBeLessThan(844 / 3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await bar(page).getByRole('button', { name: 'Rundgang verlassen' }).click();
  await bar(page).waitFor({ state: 'hidden' });
  await page.context().close();
});

test('who says “not now” while the page reads anew who is there is not asked again by that older answer', async () => {
  const page = await signedIn('jana');
  await asNew(page);
  const late = Promise.withResolvers<void>();
  let reads = 0;
  // Read once to begin with, and once more when the line is there: the second answer is on its way for long.
  await page.route('**/api/v1/me', async (route) => {
    const isFirst = reads++ === 0;
    const response = await route.fetch();
    if (!isFirst) await late.promise;
    // Whoever asked may have stopped waiting for it.
    await route.fulfill({ response }).catch(() => {});
  });
  await page.reload();
  await bar(page).getByText('Neu hier?').waitFor();
  await expect.poll(() => reads).toBeGreaterThan(1);
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.url().endsWith('/me/preferences'));
  await bar(page).getByRole('button', { name: 'Nicht jetzt' }).click();
  await saved;
  await bar(page).waitFor({ state: 'hidden' });
  late.resolve();
  await expect(bar(page).waitFor({ timeout: 1_000 })).rejects.toThrow('Timeout');
  await page.context().close();
});
