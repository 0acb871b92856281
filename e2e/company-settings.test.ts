import { expect, inject, test } from 'vitest';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';

useBrowser();

test('the company’s settings show at once, take back what is refused, and reach everybody else’s screen', async () => {
  const page = await signedIn('kim');
  const other = await signedIn('kim');
  for (const one of [page, other]) await one.goto(`${inject('base')}/administration/company`);
  const allow = page.getByRole('switch', { name: /Adressen im eigenen Netz erlauben/ });
  await allow.waitFor();

  // Refused: it shows at once, and goes back with the reason beside it.
  let answer: () => void = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/v1/settings', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    await held;
    await route.fulfill({ status: 409, json: { type: 'about:blank', title: '', status: 409, code: 'core.conflict' } });
  });
  await allow.click();
  await page.getByRole('switch', { name: /Adressen im eigenen Netz erlauben/, checked: true }).waitFor();
  answer();
  await page.getByRole('alert').filter({ hasText: 'Jemand war schneller.' }).waitFor();
  expect(await allow.isChecked()).toBe(false);
  expect(await violations(page)).toEqual([]);
  await page.unroute('**/api/v1/settings');

  // Saved: the other screen follows without a reload.
  await allow.click();
  await page.getByText('Gespeichert').first().waitFor();
  await other.getByRole('switch', { name: /Adressen im eigenen Netz erlauben/, checked: true }).waitFor();
  const links = (one: typeof page, checked: boolean) => one.getByRole('switch', { name: /Link in jede Antwort setzen/, checked });
  await links(page, true).click();
  await links(other, false).click();
  await links(page, true).waitFor();
  await page.getByRole('textbox', { name: 'Name der Firma' }).fill('  Haus & Heim & Garten ');
  await page.getByRole('region', { name: 'Name', exact: true }).getByRole('button', { name: 'Speichern' }).click();
  await expect.poll(() => other.getByRole('textbox', { name: 'Name der Firma' }).inputValue()).toBe('Haus & Heim & Garten');
  await page.getByRole('group', { name: 'Sprache' }).getByRole('button', { name: 'English' }).click();
  await other.getByRole('button', { name: 'English', pressed: true }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'English', pressed: true }).waitFor();

  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  expect(await call(workspaceEndpoints.getSettings, {})).toMatchObject({
    name: 'Haus & Heim & Garten',
    locale: 'en',
    privateAddresses: true,
  });
  await call(workspaceEndpoints.changeSettings, { name: 'Haus & Heim GmbH', locale: 'de', privateAddresses: false });
  await page.getByRole('button', { name: 'Deutsch', pressed: true }).waitFor();
  for (const one of [page, other]) await one.context().close();
});

test('whoever may not change the company’s settings does not find them in the menu, and is told so at the address', async () => {
  const page = await signedIn('jana', { at: '/administration/company' });
  await page.getByRole('alert').filter({ hasText: 'Das darfst du mit deinen Rechten nicht.' }).waitFor();
  await page.goto(`${inject('base')}/administration`);
  await page.getByRole('main').getByRole('link', { name: 'Rechte' }).waitFor();
  expect(await page.getByRole('main').getByRole('link', { name: 'Firma' }).count()).toBe(0);
  // Pages stand under what they are about, in the same words in the palette; a group with nothing to open is not shown.
  const group = page.getByRole('region', { name: 'Personen und Teams' });
  expect(await group.getByRole('link').allInnerTexts()).toEqual(['Betriebsvereinbarungen', 'Rechte']);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByText('Personen und Teams', { exact: true }).waitFor();
  await page.context().close();
});
