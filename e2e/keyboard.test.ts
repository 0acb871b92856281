import { expect, inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a mail is found, taken, answered and left without touching the mouse', async () => {
  const subject = subjectOf('Nur Tasten');
  await sendMail({ from: 'Paula Gruber <paula@example.org>', subject, text: 'Wann kommt mein Sofa?' });
  const page = await signedIn('kim');
  await page.keyboard.press('g');
  await page.keyboard.press('2');
  await page.waitForURL(/unassigned/);
  await page.getByRole('option', { name: new RegExp(subject) }).waitFor();
  const names = await page.getByRole('option').evaluateAll((rows) => rows.map((row) => row.textContent ?? ''));
  const place = names.findIndex((name) => name.includes(subject));
  for (let i = 0; i <= place; i++) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: subject }).waitFor();

  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Am Dienstag zwischen 10 und 12 Uhr.');
  await page.getByText('Du bist dran').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('geht gleich raus').waitFor();

  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Suchen oder Befehl eingeben …' }).fill('Vorgänge');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/cases/);
  await page.getByRole('heading', { level: 1, name: 'Vorgänge' }).waitFor();
  await page.context().close();
});

test('the skip link comes first and leads to the content', async () => {
  const page = await signedIn('kim');
  await page.goto(`${inject('base')}/cases`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  await page.context().close();
});
