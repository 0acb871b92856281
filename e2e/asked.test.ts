import { expect, onTestFinished, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { field, opened } from './writing.ts';

useBrowser();

test('an answer that asks nothing can say in a line what is needed from the customer; the line stands in the timeline, and a question needs none', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  await opened(page, 'Schaden', 'Ilka Lohse <ilka.lohse@example.org>');
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Welche Farbe hat es?');
  const button = page.getByRole('button', { name: 'Sagen, was von der Kund:in gebraucht wird' });
  await expect.poll(() => button.count()).toBe(0);
  await field(page).fill('Bitte schicken Sie uns ein Foto.');
  await button.click();
  const line = page.getByLabel('Was wird von der Kund:in gebraucht?');
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
  await line.fill('Foto vom Schaden');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  await page.getByText('Von der Kund:in gebraucht: Foto vom Schaden').waitFor();
  await expect.poll(() => line.count()).toBe(0);
});
