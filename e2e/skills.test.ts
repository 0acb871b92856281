import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { subjectOf } from './mail.ts';

useBrowser();

test('a skill is added, given with level and last day, renamed and removed, and the other screen follows', async () => {
  const page = await signedIn('kim');
  const other = await signedIn('kim');
  for (const one of [page, other]) await one.goto(`${inject('base')}/administration/skills`);
  const name = subjectOf('Französisch');

  await page.getByRole('button', { name: 'Neue Fähigkeit' }).click();
  const adding = page.getByRole('dialog', { name: 'Neue Fähigkeit' });
  await adding.getByLabel('Name auf Deutsch').fill(name);
  expect(await adding.getByLabel('Kurzname').inputValue()).toMatch(/^franzoesisch/);
  await adding.getByLabel('Name auf Englisch').fill(name.replace('Französisch', 'French'));
  expect(await violations(page)).toEqual([]);
  await adding.getByRole('button', { name: 'Hinzufügen' }).click();
  await adding.waitFor({ state: 'hidden' });
  const row = (at: typeof page) => at.getByRole('row', { name: new RegExp(name) });
  await row(other).getByText('Niemand').waitFor();

  // The same short name twice is refused, with what was typed still there.
  await page.getByRole('button', { name: 'Neue Fähigkeit' }).click();
  await adding.getByLabel('Name auf Deutsch').fill('Noch einmal');
  await adding.getByLabel('Name auf Englisch').fill(name.replace('Französisch', 'French'));
  await adding.getByRole('button', { name: 'Hinzufügen' }).click();
  await adding.getByRole('alert').waitFor();
  expect(await adding.getByLabel('Name auf Deutsch').inputValue()).toBe('Noch einmal');
  await page.keyboard.press('Escape');
  await adding.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: `Personen mit ${name}` }).click();
  const people = page.getByRole('dialog', { name: `Personen mit ${name}` });
  await people.getByRole('combobox', { name: 'Person hinzufügen' }).fill('Jana');
  await page.getByRole('option', { name: 'Jana Wolf' }).click();
  await row(other).getByText('Jana Wolf · Stufe 1').waitFor();
  await people.getByRole('group', { name: 'Stufe von Jana Wolf' }).getByRole('button', { name: '3' }).click();
  await row(other).getByText('Jana Wolf · Stufe 3').waitFor();
  const lastDay = people.getByLabel('Letzter Tag von Jana Wolf');
  await lastDay.fill('2020-01-31');
  await lastDay.blur();
  await people.getByText('abgelaufen').waitFor();
  await row(other).getByText('Jana Wolf · abgelaufen').waitFor();
  expect(await violations(page)).toEqual([]);

  // Refused: it shows at once, and goes back with the reason above the list.
  await page.route('**/skills/*/people/*', (route) =>
    route.fulfill({ status: 409, json: { type: 'about:blank', title: '', status: 409, code: 'core.conflict' } }),
  );
  await people.getByRole('button', { name: 'Jana Wolf die Fähigkeit entziehen' }).click();
  await people.getByRole('alert').filter({ hasText: 'Jemand war schneller.' }).waitFor();
  await people.getByText('Jana Wolf').waitFor();
  await page.unroute('**/skills/*/people/*');
  await people.getByRole('button', { name: 'Schließen' }).click();

  await page.getByRole('button', { name: `${name} umbenennen` }).click();
  const renaming = page.getByRole('dialog', { name: `${name} umbenennen` });
  expect(await renaming.getByLabel('Kurzname').count()).toBe(0);
  await renaming.getByLabel('Name auf Deutsch').fill(`${name} in Wort und Schrift`);
  await renaming.getByRole('button', { name: 'Speichern' }).click();
  await row(other).getByText('in Wort und Schrift').waitFor();

  await page.getByRole('button', { name: `${name} in Wort und Schrift entfernen` }).click();
  const asked = page.getByRole('alertdialog');
  await asked.getByText('Eine Person verliert sie').waitFor();
  expect(await violations(page)).toEqual([]);
  await asked.getByRole('button', { name: 'Entfernen' }).click();
  await row(other).waitFor({ state: 'detached' });
  await row(page).waitFor({ state: 'detached' });
  for (const one of [page, other]) await one.context().close();
});
