import { expect, inject, test } from 'vitest';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { asked, newPage, signedIn, signIn, speak, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { cast } from './company.ts';

useBrowser();

test('whoever leads sees who waits, what is due and how many are there, as it changes, and is shown nobody', async () => {
  const page = await signedIn('kim');
  await asked(page, workspaceEndpoints.setPresence, { state: 'available' });
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('heading', { level: 1, name: 'Lage' }).waitFor();
  const row = page.getByRole('row').filter({ hasText: 'ohne Warteschlange' }).filter({ hasText: 'Kundenservice' });
  const waiting = async () => Number((await row.count()) > 0 ? await row.getByRole('cell').nth(2).innerText() : '0');
  const before = await waiting();
  await sendMail({ from: `Lena Lage <${crypto.randomUUID()}@post.example>`, subject: subjectOf('Lage'), text: 'Wo ist mein Sessel?' });
  await expect.poll(waiting).toBeGreaterThan(before);
  await row.getByText(/\d+ überfällig, \d+ bald fällig, \d+ in der Zeit/).waitFor();
  const there = page.getByRole('table', { name: 'Wer da ist' }).getByRole('row').filter({ hasText: 'Kundenservice' });
  await expect.poll(async () => Number(await there.getByRole('cell').nth(1).innerText())).toBeGreaterThan(0);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/standing-de.png' });
  expect(await page.getByRole('main').innerText()).not.toContain('Kim Sommer');
  await asked(page, workspaceEndpoints.setPresence, { state: 'away' });
  await page.context().close();
});

test('the situation in English and dark, and on a phone', async () => {
  const page = await newPage({ viewport: { width: 390, height: 844 } });
  await signIn(page, cast.jana.email);
  await speak(page, 'dark', 'en');
  await page.goto(`${inject('base')}/standing`);
  await page.getByRole('heading', { level: 1, name: 'Situation' }).waitFor();
  await page.getByText('Who waits').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/standing-en.png' });
  await speak(page, 'light', 'de');
  await page.context().close();
});
