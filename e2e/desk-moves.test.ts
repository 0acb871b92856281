import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { goWithin } from './walk.ts';

useBrowser();

const row = (page: Page, subject: string) => page.getByRole('option', { name: new RegExp(subject) });

async function open(page: Page, subject: string, view = 'unassigned'): Promise<void> {
  await goWithin(page, `/inbox/${view}`);
  await row(page, subject).first().click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
}

async function pick(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'Mehr', exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

test('waiting for an answer in the house or from somebody else is said, and ended, in the menu', async () => {
  const subject = subjectOf('Rückfrage');
  await sendMail({ from: 'Nele Kurz <nele.kurz@example.org>', subject, text: 'Passt das Ersatzteil?' });
  const page = await signedIn('kim');
  await open(page, subject);
  await page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await page.getByText('Du bist dran').waitFor();
  const header = page.getByRole('banner').or(page.locator('header')).filter({ hasText: subject }).last();
  await pick(page, 'Wartet auf Auskunft im Haus');
  await header.getByText('Wartet auf Auskunft im Haus').waitFor();
  await pick(page, 'Auskunft ist da');
  await header.getByText('Wartet auf uns').waitFor();
  await page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await page.getByText('Du bist dran').waitFor();
  await pick(page, 'Wartet auf Dritte');
  await header.getByText('Wartet auf Dritte').waitFor();
  await pick(page, 'Dritte haben geantwortet');
  await header.getByText('Wartet auf uns').waitFor();

  // Snoozed until Monday it leaves the list, and undoing brings it back.
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Zurückstellen bis' });
  await dialog.getByRole('button', { name: /Morgen früh.*08:00/ }).waitFor();
  await dialog.getByRole('button', { name: /Nächster Arbeitsmorgen.*\d\d:00/ }).waitFor();
  await dialog.getByRole('button', { name: /Nächsten Montag.*08:00/ }).click();
  await page.getByText('Zurückgestellt. Eine Antwort holt es sofort zurück.').waitFor();
  await goWithin(page, '/inbox/snoozed');
  await row(page, subject).waitFor();
  await page.context().close();
});

test('an answer can be sent later, and a mail passed on to somebody else', async () => {
  const subject = subjectOf('Später');
  await sendMail({ from: 'Timo Roth <timo.roth@example.org>', subject, text: 'Wie lange habe ich Garantie?' });
  const page = await signedIn('kim');
  await open(page, subject);
  await page.getByLabel('Antwort an Timo Roth').fill('Zwei Jahre ab Kauf.');
  await page.getByText('Du bist dran').waitFor();
  await page.getByRole('button', { name: 'Weitere Arten zu senden' }).click();
  await page.getByRole('menuitem', { name: 'Später senden' }).click();
  await page
    .getByRole('dialog', { name: 'Wann soll es rausgehen?' })
    .getByRole('button', { name: /Morgen früh/ })
    .click();
  await page.getByText(/geplant für/).waitFor();

  await page.getByRole('button', { name: 'Mehr zur Nachricht von Timo Roth' }).click();
  await page.getByRole('menuitem', { name: 'Weiterleiten' }).click();
  await page.getByText('Weiterleitung an Dritte – geht aus dem Haus').waitFor();
  await page.getByRole('textbox', { name: 'An', exact: true }).fill('werk@hersteller.example');
  await page.getByRole('textbox', { name: 'An', exact: true }).press('Enter');
  await page.getByLabel('Text zur Weiterleitung').fill('Bitte prüfen.');
  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  await page.getByRole('list', { name: 'Besonderheiten' }).getByText('weitergeleitet').waitFor();
  await goWithin(page, '/outbox');
  await page.getByText('werk@hersteller.example').first().waitFor({ timeout: 25_000 });
  await page.context().close();
});

const barOf = (page: Page) => page.getByRole('toolbar', { name: 'Mit allen ausgewählten' });

/** One after the other without a look; the bar that comes with the first moves none of them from under the pointer. */
async function pickAll(page: Page, subjects: readonly string[]): Promise<void> {
  const places = [];
  for (const subject of subjects) {
    await row(page, subject).hover();
    places.push(await row(page, subject).boundingBox());
    await row(page, subject).locator('[aria-hidden=true]').first().click();
  }
  await barOf(page).getByText(`${subjects.length} ausgewählt`).waitFor();
  expect(await Promise.all(subjects.map((subject) => row(page, subject).boundingBox()))).toEqual(places);
}

test('several are changed at once, and taken back', async () => {
  const subjects = [subjectOf('Stapel'), subjectOf('Stapel')];
  for (const [i, subject] of subjects.entries())
    await sendMail({ from: `Stapel ${i} <stapel${i}.${Date.now()}@example.org>`, subject, text: 'Hallo' });
  const page = await signedIn('kim');
  await goWithin(page, '/inbox/unassigned');
  await pickAll(page, subjects);
  await barOf(page).getByRole('button', { name: 'Schlagwörter' }).click();
  await page.getByRole('dialog').getByLabel('Schlagwörter').fill('messe');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('2 geändert').waitFor();
  for (const subject of subjects) await row(page, subject).getByText('messe').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByText('2 zurückgenommen').waitFor();
  for (const subject of subjects) await row(page, subject).getByText('messe').waitFor({ state: 'hidden' });

  // By the keys that do it for one. What was assigned leaves the list and comes back.
  await pickAll(page, subjects);
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByRole('combobox').fill('Jana');
  await page.keyboard.press('Enter');
  for (const subject of subjects) await row(page, subject).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Rückgängig' }).first().click();
  for (const subject of subjects) await row(page, subject).waitFor();
  await page.context().close();
});

test('several are resolved with one solution; who was told nothing stays, and is named', async () => {
  const subjects = [subjectOf('Lob'), subjectOf('Lob')];
  for (const [i, subject] of subjects.entries())
    await sendMail({ from: `Lob ${i} <lob${i}.${Date.now()}@example.org>`, subject, text: 'Danke!' });
  const page = await signedIn('kim');
  await goWithin(page, '/inbox/unassigned');
  await pickAll(page, subjects);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: '2 Vorgänge lösen' });
  await dialog.getByLabel('Was war die Lösung?').fill('Dank zur Kenntnis genommen.');
  await dialog.getByRole('button', { name: 'Lösen' }).click();
  await dialog.getByRole('alert').getByText('Die Kund:in weiß es noch nicht.').first().waitFor();
  await dialog.getByRole('combobox').click();
  await page.getByRole('option', { name: 'Am Telefon' }).click();
  await dialog.getByRole('button', { name: 'Lösen' }).click();
  await dialog.waitFor({ state: 'hidden' });
  for (const subject of subjects) await row(page, subject).waitFor({ state: 'hidden' });
  await page.getByText('2 gelöst').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).first().click();
  await goWithin(page, '/inbox/mine');
  for (const subject of subjects) await row(page, subject).waitFor();
  await page.context().close();
});

test('two conversations of one customer are merged and taken apart again; one is split and put back', async () => {
  const [first, second] = [subjectOf('Lampe'), subjectOf('Tisch')];
  const from = `Vera Holm <vera.holm.${Date.now()}@example.org>`;
  await sendMail({ from, subject: first, text: 'Die Lampe flackert.' });
  await sendMail({ from, subject: second, text: 'Der Tisch wackelt.' });
  const page = await signedIn('kim');
  await goWithin(page, '/inbox/unassigned');
  await row(page, first).waitFor();
  await row(page, second).click();
  await page.getByRole('heading', { level: 1, name: second }).waitFor();
  await pick(page, 'Zusammenführen');
  const dialog = page.getByRole('dialog', { name: 'Zusammenführen' });
  await dialog.getByRole('radio', { name: new RegExp(first) }).click();
  await dialog.getByRole('button', { name: 'Zusammenführen' }).click();
  await page.getByRole('heading', { level: 1, name: first }).waitFor();
  await page.getByText('Der Tisch wackelt.').last().waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await goWithin(page, '/inbox/unassigned');
  await row(page, second).waitFor();

  await row(page, first).click();
  await page.getByRole('heading', { level: 1, name: first }).waitFor();
  await page.getByLabel('Antwort an Vera Holm').fill('Welche Lampe?');
  await page.keyboard.press('Control+Enter');
  await page.getByText('gesendet', { exact: true }).waitFor({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Mehr zur Nachricht von Kim Sommer' }).click();
  await page.getByRole('menuitem', { name: 'Ab hier abtrennen' }).click();
  const splitting = page.getByRole('dialog', { name: 'Abtrennen' });
  const apart = subjectOf('Eigenes');
  await splitting.getByLabel('Betreff des neuen Gesprächs').fill(apart);
  await splitting.getByRole('button', { name: 'Abtrennen' }).click();
  await page.getByRole('heading', { level: 1, name: apart }).waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByRole('heading', { level: 1, name: first }).waitFor();
  await page.context().close();
});

test('a colleague is found after an @ with the keyboard', async () => {
  const subject = subjectOf('Frage ans Team');
  await sendMail({ from: 'Ole Bach <ole.bach@example.org>', subject, text: 'Geht das?' });
  const page = await signedIn('kim');
  await open(page, subject);
  await page.keyboard.press('n');
  const field = page.getByRole('textbox', { name: 'Interne Notiz' });
  await field.pressSequentially('Schaust du, @me');
  await page.getByRole('listbox', { name: 'Wen meinst du?' }).getByRole('option', { name: 'Mehmet Kaya' }).waitFor();
  await page.keyboard.press('Enter');
  expect(await field.inputValue()).toBe('Schaust du, @Mehmet Kaya ');
  await field.pressSequentially('bitte?');
  const mehmet = await signedIn('mehmet');
  await goWithin(mehmet, '/inbox/mentions');
  await mehmet.getByRole('heading', { level: 1, name: 'Erwähnungen' }).waitFor();
  await mehmet.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
  expect(await row(mehmet, subject).count()).toBe(0);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article').getByText('Schaust du, @Mehmet Kaya bitte?').waitFor();
  // It comes while one looks, as everything does.
  await row(mehmet, subject).waitFor();
  expect(await row(mehmet, subject).locator('[data-preview]').textContent()).toBe('Kim Sommer notiert: Schaust du, @Mehmet Kaya bitte?');
  await Promise.all([page.context().close(), mehmet.context().close()]);
});

test('a view of one’s own is made from a filter that reads as a sentence', async () => {
  const subject = subjectOf('Dringend');
  await sendMail({ from: 'Rike Thal <rike.thal@example.org>', subject, text: 'Es tropft!' });
  const page = await signedIn('kim');
  await open(page, subject);
  await pick(page, 'Dringend');
  const name = subjectOf('Brennt');
  await page.getByRole('button', { name: 'Neue Ansicht' }).click();
  const dialog = page.getByRole('dialog', { name: 'Neue Ansicht' });
  await dialog.getByLabel('Name der Ansicht').fill(name);
  await dialog.getByText('Dringend', { exact: true }).click();
  await dialog.getByText('E-Mail', { exact: true }).click();
  await dialog.getByText('Offene Gespräche per E-Mail mit der Dringlichkeit „Dringend“.').waitFor();
  await dialog.getByRole('combobox', { name: 'Kund:in wartet' }).click();
  await page.getByRole('option', { name: 'länger als 4 Stunden' }).click();
  await dialog
    .getByText('Offene Gespräche per E-Mail mit der Dringlichkeit „Dringend“, deren Kund:in länger als 4 Stunden wartet.')
    .waitFor();
  await dialog.getByRole('combobox', { name: 'Kund:in wartet' }).click();
  await page.getByRole('option', { name: 'egal wie lange' }).click();
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByText('Offene Gespräche per E-Mail mit der Dringlichkeit „Dringend“.').waitFor();
  await row(page, subject).waitFor();
  await page.getByRole('button', { name: 'Ansicht ändern' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ansicht löschen' }).click();
  await page.waitForURL(/\/inbox\/mine/);
  await expect.poll(() => page.getByRole('link', { name }).count()).toBe(0);
  await page.context().close();
});
