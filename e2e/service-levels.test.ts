import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, signedIn, signIn, speak, useBrowser } from './browser.ts';
import { invite } from './company.ts';
import { openFromList } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a mail says by when it is to be answered, and why', async () => {
  const page = await signedIn('kim');
  const subject = subjectOf('Frist');
  await sendMail({ from: 'Frieda Frist <frieda.frist@post.example>', subject, text: 'Wann kommt mein Sofa?' });
  await openFromList(page, subject);
  const due = page.getByRole('button', { name: /^Antwort bis .+ Wann welche Antwort fällig war$/ });
  await due.click();
  const why = page.getByRole('dialog', { name: 'Wann welche Antwort fällig war' });
  await why.getByText('Erste Antwort').waitFor();
  await why.getByText('„Alles andere“: 4 Stunden Öffnungszeit').waitFor();
  await why.getByText('Noch offen').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'hidden' });
  await page.context().close();
});

test.each(['de', 'en'] as const)('an administrator sets how soon answers are due, in order, from now on or later (%s)', async (locale) => {
  const german = locale === 'de';
  const page = await newPage();
  await signIn(page, await invite(inject('base'), 'Fritz Frist', ['admin']));
  await speak(page, german ? 'light' : 'dark', locale);
  await page.goto(`${inject('base')}/administration/service-levels`);
  await page.getByRole('button', { name: german ? 'Zeile hinzufügen' : 'Add a line' }).click();
  const dialog = page.getByRole('dialog', { name: german ? 'Zeile hinzufügen' : 'Add a line' });
  const name = subjectOf('Echo');
  await dialog.getByLabel('Name').fill(name);
  const first = german ? 'Erste Antwort' : 'First answer';
  await dialog.getByLabel(german ? `${first}: wie viele` : `${first}: how many`).fill('3');
  await dialog.getByRole('checkbox', { name: 'Echo' }).click();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: german ? 'Übernehmen' : 'Apply' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByText(german ? '3 Stunden' : '3 hours').waitFor();
  // A new line stands first, since whatever is above it may hold for everything; it can be moved.
  const rows = () => page.getByRole('rowheader').or(page.locator('tbody tr td:first-child')).allInnerTexts();
  expect((await rows())[0]).toBe(name);
  await page.getByRole('button', { name: german ? `„${name}“ weiter nach unten` : `Move “${name}” down` }).click();
  await expect.poll(async () => (await rows()).indexOf(name)).toBe(1);
  await page.getByText(german ? 'Noch nicht gespeichert' : 'Not saved yet').waitFor();

  // For later, so that other journeys keep the usual ones.
  await page.getByRole('button', { name: german ? 'Speichern …' : 'Save …' }).click();
  const save = page.getByRole('dialog', { name: german ? 'Ab wann gilt das?' : 'From when on?' });
  await save.getByLabel(german ? 'Ab' : 'From', { exact: true }).fill(german ? '2031-03-03T08:00' : '2031-03-04T08:00');
  expect(await violations(page)).toEqual([]);
  await save.getByRole('button', { name: german ? 'Speichern' : 'Save' }).click();
  await save.waitFor({ state: 'hidden' });
  await page.getByText(new RegExp(german ? `gelten andere: .*${name}` : `others hold: .*${name}`)).waitFor();
  await page.context().close();
});
