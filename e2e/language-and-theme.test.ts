import { expect, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';

useBrowser();

test('language and theme change at once and are remembered', async () => {
  const page = await signedIn('jana');
  await page.getByRole('button', { name: 'Menü von Jana Wolf' }).click();
  await page.getByRole('menuitem', { name: 'Switch to English' }).click();
  await page.getByRole('heading', { name: 'Mine', exact: true }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');

  await page.getByRole('button', { name: 'Menu of Jana Wolf' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await page.waitForTimeout(400);
  await page.reload();
  await page.getByRole('heading', { name: 'Mine', exact: true }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');

  await page.getByRole('button', { name: 'Menu of Jana Wolf' }).click();
  await page.getByRole('menuitem', { name: 'Like the system' }).click();
  await page.getByRole('button', { name: 'Menu of Jana Wolf' }).click();
  await page.getByRole('menuitem', { name: 'Auf Deutsch umstellen' }).click();
  await page.getByRole('heading', { name: 'Meine', exact: true }).waitFor();
  await page.waitForTimeout(400);
  await page.context().close();
});
