import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

const heading = (page: Page, subject: string) => page.getByRole('heading', { level: 1, name: subject });
const place = (page: Page) => page.getByRole('group', { name: 'Durch die Liste gehen' });

/** Three new conversations in the order of the list, whose first one is opened. */
async function openThree(page: Page, what: string): Promise<[string, string, string]> {
  const subjects = [subjectOf(what), subjectOf(what), subjectOf(what)];
  for (const [i, subject] of subjects.entries())
    await sendMail({ from: `${what} ${i} <${what.toLowerCase()}${i}.${Date.now()}@example.org>`, subject, text: 'Guten Tag' });
  await page.goto(`${inject('base')}/inbox/unassigned`);
  for (const subject of subjects) await page.getByRole('option', { name: new RegExp(subject) }).waitFor();
  const rows = await page.getByRole('option').allTextContents();
  const placeOf = (subject: string): number => rows.findIndex((row) => row.includes(subject));
  const [first = '', second = '', third = ''] = subjects.toSorted((a, b) => placeOf(a) - placeOf(b));
  await page.getByRole('option', { name: new RegExp(first) }).click();
  await heading(page, first).waitFor();
  return [first, second, third];
}

test('one goes through a list without looking at it, and what leaves the list does not throw one back to its beginning', async () => {
  const page = await signedIn('kim');
  const [first, second, third] = await openThree(page, 'Reihe');
  await place(page)
    .getByText(/^1 von \d+\+?$/)
    .waitFor();
  expect(await place(page).getByRole('button', { name: 'Voriges Gespräch' }).isDisabled()).toBe(true);
  await page.keyboard.press('j');
  await heading(page, second).waitFor();
  await place(page)
    .getByText(/^2 von/)
    .waitFor();

  // Given to somebody it is no longer unassigned; the desk stays with it, and the next is the one behind it.
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByRole('combobox').fill('Jana');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: new RegExp(second) }).waitFor({ state: 'hidden' });
  await heading(page, second).waitFor();
  expect(await place(page).getByText(/ von /).count()).toBe(0);
  await page.keyboard.press('j');
  await heading(page, third).waitFor();
  await place(page)
    .getByText(/^2 von/)
    .waitFor();
  await page.keyboard.press('k');
  await heading(page, first).waitFor();
  await page.context().close();
});

test('on a phone one steps on without going back to the list, and after resolving too', async () => {
  const page = await signedIn('kim', { viewport: { width: 390, height: 844 } });
  const [, second, third] = await openThree(page, 'Handy');
  await place(page).getByRole('button', { name: 'Nächstes Gespräch' }).click();
  await heading(page, second).waitFor();
  await page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await page.getByText('Du bist dran').waitFor();
  await page.getByRole('button', { name: 'Lösen' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Was war die Lösung?').fill('Am Telefon geklärt.');
  await dialog.getByRole('combobox', { name: /Wie weiß es/ }).click();
  await page.getByRole('option', { name: /elefon/ }).click();
  await dialog.getByRole('button', { name: 'Lösen' }).click();
  await heading(page, third).waitFor();
  await page.context().close();
});
