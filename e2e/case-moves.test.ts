import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { caseEndpoints } from '../contract/cases.ts';
import { conversationEndpoints } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { choose, openFromList, press } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { journey } from './tested.ts';

useBrowser();

/** Two concerns of one customer, the second one open on the desk. */
async function twoCases(name: string): Promise<{ page: Page; first: string; second: string }> {
  const [first, second] = [subjectOf('Herd'), subjectOf('Kühlschrank')];
  const from = `${name} <${name.toLowerCase().replace(' ', '.')}.${Date.now()}@example.org>`;
  await sendMail({ from, subject: first, text: 'Der Herd wird nicht heiß.' });
  await sendMail({ from, subject: second, text: 'Der Kühlschrank wird nicht kalt.' });
  const page = await signedIn('kim');
  await openFromList(page, second);
  return { page, first, second };
}

const panelOf = (page: Page) => page.getByRole('region', { name: 'Vorgang', exact: true });
const movesOf = (page: Page) => page.getByRole('region', { name: 'Zusammengeführt und abgetrennt' });
const conversationsOf = (page: Page) => page.getByRole('region', { name: 'Gespräche', exact: true });

journey('merge', 'two cases of one customer are merged after a preview, with the keyboard alone, and taken apart again', async () => {
  const { page, first, second } = await twoCases('Berta Zahn');
  const panel = panelOf(page);
  await panel.getByText('1 Kontakt').waitFor();
  await press(panel.getByRole('button', { name: 'Mehr zum Vorgang' }));
  await page.getByRole('menuitem', { name: /Gespräch in anderen Vorgang.*das einzige/ }).waitFor();
  await choose(page.getByRole('menuitem', { name: 'Mit anderem Vorgang zusammenführen' }), 'Enter');
  const dialog = page.getByRole('dialog', { name: /In Vorgang .* zusammenführen/ });
  await choose(dialog.getByRole('radio', { name: new RegExp(first) }));
  const preview = dialog.getByRole('region', { name: 'Was zusammenkommt' });
  await preview.getByText(first).waitFor();
  expect(await violations(page)).toEqual([]);
  await press(dialog.getByRole('button', { name: 'Zusammenführen', exact: true }));
  await dialog.waitFor({ state: 'hidden' });
  await panel.getByText('2 Kontakte').waitFor();

  // What was merged stays undoable after the notice is gone, on the page of the case as well.
  await press(panel.getByRole('link', { name: /^Vorgang / }));
  await page.getByRole('heading', { level: 1, name: new RegExp(second) }).waitFor();
  await conversationsOf(page).getByText(first).waitFor();
  await press(movesOf(page).getByRole('button', { name: /^Rückgängig: Vorgang .* ist hier aufgegangen/ }));
  await page.getByText('Rückgängig gemacht').waitFor();
  await movesOf(page).waitFor({ state: 'hidden' });
  await conversationsOf(page).getByText(first).waitFor({ state: 'hidden' });
  await panel.getByText('1 Kontakt').waitFor();
  await page.context().close();
});

test('a conversation goes into a case of its own, or into another one, and comes back', async () => {
  const { page, first, second } = await twoCases('Carl Wenz');
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Mehr zum Vorgang' }).click();
  await page.getByRole('menuitem', { name: 'Mit anderem Vorgang zusammenführen' }).click();
  await page.getByRole('radio', { name: new RegExp(first) }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Zusammenführen', exact: true }).click();
  await panel.getByText('2 Kontakte').waitFor();

  // Into a new case: the desk keeps the conversation, its case is another one.
  const number = await panel.getByRole('link', { name: /^Vorgang / }).textContent();
  await panel.getByRole('button', { name: 'Mehr zum Vorgang' }).click();
  await page.getByRole('menuitem', { name: 'Gespräch in anderen Vorgang' }).click();
  const dialog = page.getByRole('dialog', { name: 'Gespräch in anderen Vorgang' });
  await dialog.getByLabel('Betreff des neuen Vorgangs').fill(`${second} allein`);
  await dialog.getByRole('button', { name: 'Verschieben' }).click();
  await panel.getByText('1 Kontakt').waitFor();
  await expect.poll(() => panel.getByRole('link', { name: /^Vorgang / }).textContent()).not.toBe(number);
  await movesOf(page).getByText(`Aus ${number} abgetrennt`).waitFor();
  const notice = page.locator('[data-toast]').filter({ hasText: 'Ein neuer Vorgang ist entstanden' });
  await notice.getByRole('button', { name: 'Rückgängig' }).click();
  await panel.getByText('2 Kontakte').waitFor();
  await expect.poll(() => panel.getByRole('link', { name: /^Vorgang / }).textContent()).toBe(number);

  // Into a case that exists, from the page of the case.
  const third = subjectOf('Ofen');
  const customer = await page
    .getByRole('region', { name: 'Kund:in' })
    .getByText(/carl\.wenz/)
    .first()
    .textContent();
  await sendMail({ from: `Carl Wenz <${customer?.trim()}>`, subject: third, text: 'Und der Ofen?' });
  await page.getByRole('option', { name: new RegExp(third) }).waitFor();
  await panel.getByRole('link', { name: /^Vorgang / }).click();
  await page.getByRole('button', { name: `„${first}“ in anderen Vorgang verschieben` }).click();
  await dialog.getByRole('radio', { name: new RegExp(third) }).click();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Verschieben' }).click();
  await conversationsOf(page).getByText(first).waitFor({ state: 'hidden' });
  const line = movesOf(page).getByRole('link', { name: /Ein Gespräch ging in Vorgang/ });
  await line.waitFor();
  await movesOf(page)
    .getByRole('button', { name: /^Rückgängig: Ein Gespräch ging/ })
    .click();
  await conversationsOf(page).getByText(first).waitFor();
  await line.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('a fact and a promise that are being written down outlive the arrival of another case', async () => {
  const { page, first, second } = await twoCases('Dora Ehlers');
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const { items } = await call(conversationEndpoints.list, { view: 'open', sort: 'newest' });
  const [firstCase, secondCase] = [first, second].map((subject) => items.find((one) => one.subject === subject)?.caseId ?? '');
  const numberOf = async (id = '') => (await call(caseEndpoints.open, { id })).case.number;
  const panel = panelOf(page);
  const shows = async (id?: string) => panel.getByRole('link', { name: await numberOf(id) }).waitFor();
  await shows(secondCase);
  await page.getByRole('button', { name: 'Tatsache festhalten' }).click();
  const label = page.getByLabel('Was (z. B. Bestellnummer)');
  await label.fill('Farbe');

  const firstNumber = await numberOf(firstCase);
  const { moveId } = await call(caseEndpoints.merge, { id: firstCase ?? '', fromId: secondCase ?? '' });
  await panel.getByRole('link', { name: firstNumber }).waitFor();
  expect(await label.inputValue()).toBe('Farbe');
  await page.getByLabel('Wert').fill('weiß');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('region', { name: 'Schon bekannt' }).getByText('weiß').waitFor();

  await page.getByRole('button', { name: 'Zusage oder Auskunft festhalten' }).click();
  const words = page.getByLabel('Wortlaut');
  await words.fill('Der Techniker kommt am Montag.');
  await call(caseEndpoints.undoMove, { id: moveId });
  await page
    .getByText(await numberOf(secondCase))
    .first()
    .waitFor();
  expect(await words.inputValue()).toBe('Der Techniker kommt am Montag.');
  await page.context().close();
});
