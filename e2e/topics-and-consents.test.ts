import { expect, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a topic is added, renamed, moved and retired; what fits nowhere else stays', async () => {
  const page = await signedIn('kim', { at: '/administration' });
  await page.getByRole('main').getByRole('link', { name: 'Themen' }).click();
  const tree = page.getByRole('region', { name: 'Themenbaum' });
  const row = (name: string) => tree.getByRole('listitem').filter({ hasText: name });
  await row('Lieferung').first().getByTitle('Logistik').first().waitFor();
  const more = async (name: string, entry: string): Promise<void> => {
    await tree.getByRole('button', { name: `Mehr zu „${name}“` }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };

  const [name, renamed] = [subjectOf('Aufbau'), subjectOf('Montage')];
  await more('Lieferung', 'Unterthema hinzufügen');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name auf Deutsch').fill(name);
  await dialog.getByLabel('Name auf Englisch').fill(name);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await row('Lieferung').first().getByText(name).first().waitFor();

  await more(name, 'Umbenennen oder verschieben');
  await dialog.getByLabel('Name auf Deutsch').fill(renamed);
  await dialog.getByRole('combobox', { name: 'Liegt unter' }).fill('Bestellung');
  await page.getByRole('option', { name: 'Bestellung', exact: true }).click();
  await dialog.getByLabel('Zuständige Abteilung').fill('Technischer Service');
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await row('Bestellung').first().getByText(renamed).waitFor();

  await more(renamed, 'Zurückziehen');
  await tree.getByText(renamed).waitFor({ state: 'hidden' });
  const notice = page.locator('[data-toast]').filter({ hasText: `„${renamed}“ ist zurückgezogen` });
  await notice.getByRole('button', { name: 'Rückgängig' }).click();
  await tree.getByText(renamed).waitFor();
  await more(renamed, 'Zurückziehen');
  await tree.getByText(renamed).waitFor({ state: 'hidden' });
  await page.getByText(/zurückgezogenes? Thema|zurückgezogene Themen/).click();
  await row(renamed).last().getByText('zurückgezogen').waitFor();

  await tree.getByRole('button', { name: 'Mehr zu „Sonstiges“' }).click();
  const stays = page.getByRole('menuitem', { name: /^Zurückziehen Es bleibt/ });
  expect(await stays.getAttribute('aria-disabled')).toBe('true');
  await page.context().close();
});

test('a consent is recorded with its text and withdrawn with one press; the history stays', async () => {
  const subject = subjectOf('Newsletter');
  await sendMail({ from: `Dora Kern <dora.kern.${Date.now()}@example.org>`, subject, text: 'Ich hätte gern Ihren Newsletter.' });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  const part = page.getByRole('region', { name: 'Einwilligungen' });
  await part.getByText('Nichts festgehalten').waitFor();
  await part.getByRole('button', { name: 'Einwilligung festhalten' }).click();
  const dialog = page.getByRole('dialog', { name: 'Einwilligung festhalten' });
  await dialog.getByLabel('Zweck').click();
  await page.getByRole('option', { name: 'Werbung per E-Mail' }).click();
  const save = dialog.getByRole('button', { name: 'Speichern' });
  // Nobody consents to nothing: the text has a version.
  expect(await save.isDisabled()).toBe(true);
  await dialog.getByLabel('Fassung des Textes').fill('Werbung 2026-03');
  expect(await violations(page)).toEqual([]);
  await save.click();
  await part.getByText('erteilt').waitFor();

  await part.getByRole('button', { name: 'Werbung per E-Mail: widerrufen' }).click();
  await part.getByText('widerrufen', { exact: true }).waitFor();

  await page.getByRole('region', { name: 'Kund:in' }).getByRole('link', { name: 'Dora Kern' }).click();
  await page.getByRole('tab', { name: 'Einwilligungen' }).click();
  const history = page.getByRole('group', { name: 'Verlauf der Einwilligungen' });
  const states = history.getByRole('row').filter({ hasText: 'Werbung per E-Mail' });
  await expect.poll(() => states.count()).toBe(2);
  await states.first().getByText('widerrufen').waitFor();
  await states.last().getByText('Werbung 2026-03').waitFor();
  expect(await violations(page)).toEqual([]);

  // A refusal is part of the history as well.
  await page.getByRole('button', { name: 'Einwilligung festhalten' }).click();
  await dialog.getByLabel('Zweck').click();
  await page.getByRole('option', { name: 'Umfragen' }).click();
  await dialog.getByRole('radio', { name: /^abgelehnt/ }).click();
  await dialog.getByLabel('Fassung des Textes').fill('Umfrage 7');
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await history.getByRole('row').filter({ hasText: 'Umfrage 7' }).getByText('abgelehnt').waitFor();
  await page.context().close();
});
