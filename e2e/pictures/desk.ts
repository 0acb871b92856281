import type { Page } from 'playwright-core';
import { both, type House, one, person, phone, themes } from './house.ts';

const main = /Leeres Laptop-Paket|Leeres Paket/;
const row = (page: Page, name: RegExp) => page.getByRole('option', { name }).first();

/** Opens a conversation wherever it stands in the list: the search leads there. */
export async function open(house: House, page: Page, words: string, name: RegExp): Promise<void> {
  await page.goto(`${house.base}/search?q=${encodeURIComponent(words)}`);
  await page.getByRole('main').getByRole('link', { name }).first().click();
  await page.locator('[data-composer]').waitFor();
  await page.getByRole('region', { name: 'Kund:in', exact: true }).waitFor();
}

/** The work of one adviser, in the order of a day. */
export async function takeDesk(house: House): Promise<void> {
  const kim = await person(house, 'kim');
  await open(house, kim, 'Leeres Paket', main);
  await kim.getByRole('region', { name: 'Zusagen' }).getByRole('listitem').first().waitFor();
  await both(kim, 'inbox');

  await kim.keyboard.press('Control+k');
  await kim.getByRole('dialog').getByRole('combobox').fill('laptop');
  await kim.getByRole('option', { name: /Überall nach/ }).waitFor();
  await both(kim, 'palette');
  await kim.keyboard.press('Escape');
  await kim.keyboard.press('?');
  await kim.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
  // The first button has the focus, and its tip would cover what is read.
  await kim.evaluate(() => (document.activeElement as HTMLElement).blur());
  await both(kim, 'help');
  await kim.keyboard.press('Escape');

  await kim.context().close();
}

/** A second adviser sees the first one before typing a word. */
export async function takeCollision(house: House): Promise<void> {
  const [kim, petra] = await Promise.all([person(house, 'kim'), person(house, 'petra')]);
  await open(house, petra, 'Grillrost', /Grillrost/);
  await petra.locator('[data-composer] textarea').pressSequentially('Guten Tag Herr Freytag,');
  await open(house, kim, 'Grillrost', /Grillrost/);
  await kim.getByText('Petra Nowak schreibt').waitFor();
  await both(kim, 'collision');
  await Promise.all([kim.context().close(), petra.context().close()]);
}

/** A formatted answer, and the picker of what is answered often. */
export async function takeComposer(house: House): Promise<void> {
  const page = await person(house, 'kim');
  await open(house, page, 'Stornierung', /Stornierung/);
  const write = page.locator('[data-composer] textarea');
  await write.fill('Guten Tag Herr Oltmanns,\n\nSie haben nichts falsch gemacht: Der Preis war unser Fehler.\n\n');
  await page.getByRole('button', { name: 'Liste', exact: true }).click();
  const rich = page.locator('[data-composer] [contenteditable=true]');
  await rich.waitFor();
  await rich.pressSequentially('Ihr Geld ist heute zurückgegangen.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Zu Weihnachten schenken wir Ihnen die Versandkosten.');
  await both(page, 'answer');
  await rich.press('Control+End');
  await rich.press('Enter');
  await rich.press('Enter');
  await rich.pressSequentially('/');
  await page.getByRole('listbox', { name: 'Textbausteine' }).waitFor();
  await both(page, 'snippets');
  await page.context().close();
}

/** Many at once, in a view that reads as a sentence. */
export async function takeBulk(house: House): Promise<void> {
  const page = await person(house, 'kim');
  await page.goto(`${house.base}/inbox/open`);
  await page.getByRole('link', { name: /Wo ist meine Sendung/ }).click();
  const list = page.getByRole('region', { name: 'Liste der Gespräche' });
  await list.getByRole('option').nth(3).waitFor();
  for (const at of [0, 1, 3]) await list.getByRole('option').nth(at).locator('.avatar').first().click({ force: true });
  await both(page, 'bulk');
  await page.context().close();
}

/** The brief as it is written, and as it arrives. */
export async function takeHandover(house: House): Promise<void> {
  const kim = await person(house, 'kim');
  await kim.goto(`${house.base}/handovers`);
  await kim.getByRole('main').getByRole('link').first().click();
  await kim.getByRole('article', { name: 'Übergabe' }).first().waitFor();
  await both(kim, 'handover-received');
  await kim.context().close();

  const luise = await person(house, 'luise');
  await open(house, luise, 'Rechtslage', /Rechtslage/);
  await luise.getByRole('button', { name: 'Übergeben' }).click();
  const dialog = luise.getByRole('dialog', { name: 'Vorgang übergeben' });
  await dialog.getByLabel('Anliegen in eigenen Worten').waitFor();
  await dialog.getByRole('combobox', { name: 'An' }).fill('Ingrid');
  await luise.getByRole('option', { name: /Ingrid/ }).click();
  await dialog
    .getByLabel('Was ist schon getan')
    .fill('Rechnung geprüft: Der Preis stand am Freitag von 17:05 bis 17:40 Uhr falsch im Netz.');
  await dialog.getByLabel('Was die Person möchte').fill('Eine klare Auskunft, ob der Vertrag gilt, bis Mittwoch.');
  await both(luise, 'handover');
  await luise.context().close();
}

/** The same work on a phone. */
export async function takePhone(house: House): Promise<void> {
  const page = await person(house, 'kim', phone);
  await page.goto(`${house.base}/inbox/mine`);
  await row(page, main).waitFor();
  for (const theme of themes) await one(page, `phone/list-${theme}`, theme);
  await row(page, main).tap();
  await page.locator('[data-composer]').waitFor();
  for (const theme of themes) await one(page, `phone/desk-${theme}`, theme);
  await page.locator('[data-composer] textarea').fill('Guten Tag Frau Klein, ');
  await one(page, 'phone/answer-light');
  await page.context().close();
}
