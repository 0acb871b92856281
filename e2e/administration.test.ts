import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { subjectOf } from './mail.ts';

useBrowser();

test('a team gets its members and leads', async () => {
  const page = await signedIn('kim');
  await page.goto(`${inject('base')}/administration/teams`);
  const name = subjectOf('Werkstatt');
  await page.getByRole('textbox', { name: 'Neues Team' }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `${name} ändern` }).click();
  const dialog = page.getByRole('dialog', { name: `${name} ändern` });
  await dialog.getByRole('group', { name: 'Mitglieder' }).getByText('Jana Wolf').click();
  await dialog.getByRole('group', { name: 'Leitung' }).getByText('Mehmet Kaya').click();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('cell', { name: '1', exact: true })
    .waitFor();
  await page.reload();
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('cell', { name: '1', exact: true })
    .waitFor();

  // The dialog for views stands on every desk; it is looked at here too.
  await page.goto(`${inject('base')}/inbox/open`);
  await page.getByRole('button', { name: 'Neue Ansicht' }).click();
  await page.getByRole('dialog', { name: 'Neue Ansicht' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
