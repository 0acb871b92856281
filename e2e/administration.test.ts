import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { address } from './company.ts';
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

test('the health page calls entrances and accounts by their names', async () => {
  const page = await signedIn('kim');
  await page.goto(`${inject('base')}/administration/health`);
  const line = page.getByRole('listitem').filter({ hasText: 'Eingang für E-Mail' });
  await line.getByText(/^Nimmt an für service@haus-heim\.example/).waitFor();
  await line.getByText(/^Lauscht auf 127\.0\.0\.1:\d+$/).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Konto „Service“' }).getByText(address, { exact: true }).first().waitFor();
  expect(await page.getByRole('main').innerText()).not.toMatch(/„email“|[0-9a-f]{8}-[0-9a-f]{4}-/);
  await page.context().close();
});

test('a webhook for an event that does not exist is refused in the reader’s own language, and what was tried at a webhook in vain is said', async () => {
  const page = await signedIn('kim');
  await page.goto(`${inject('base')}/administration/webhooks`);
  await page.getByLabel('Adresse').fill('https://example.org/hook');
  await page.getByLabel('Ereignisse').fill('conversations.opend');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Hinzufügen' }).click();
  await page.getByText(/Das Ereignis conversations\.opend gibt es nicht\. Ähnlich: conversations\.opened/).waitFor();
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'conversations.opend entfernen' }).click();
  await page.getByRole('button', { name: 'Hinzufügen' }).click();
  await page.getByRole('heading', { name: 'https://example.org/hook' }).waitFor();
  await page.route('**/api/v1/webhooks/*', (route) =>
    route.fulfill({ status: 409, json: { type: 'about:blank', title: '', status: 409, code: 'core.conflict' } }),
  );
  await page.getByRole('switch', { name: 'Eingeschaltet' }).click();
  await page.getByRole('alert').filter({ hasText: 'Jemand war schneller.' }).waitFor();
  await page.unroute('**/api/v1/webhooks/*');
  await page.getByRole('button', { name: 'Löschen' }).click();
  await page.getByRole('heading', { name: 'https://example.org/hook' }).waitFor({ state: 'detached' });
  await page.context().close();
});
