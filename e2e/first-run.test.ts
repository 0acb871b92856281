import { expect, inject, test } from 'vitest';
import { newPage, useBrowser } from './browser.ts';
import { password } from './company.ts';

useBrowser();

test('a new installation asks for its company, then leads to the first mailbox', async () => {
  const page = await newPage();
  await page.goto(inject('emptyBase'));
  await page.waitForURL(/\/welcome/);
  await page.getByLabel('Name der Firma').fill('Elektro Nord');
  await page.getByLabel('Dein Name').fill('Ada Berg');
  await page.getByLabel('E-Mail-Adresse').fill('ada@example.com');
  await page.getByLabel('Neues Passwort').fill(password);
  await page.getByRole('button', { name: 'Firma einrichten' }).click();
  await page.waitForURL(/\/administration\/channels/);

  await page.getByRole('button', { name: 'E-Mail hinzufügen' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Service');
  await page.getByLabel('Adresse', { exact: true }).fill('service@elektro-nord.example');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('service@elektro-nord.example').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('signing out and in again works, and a wrong password says what to do', async () => {
  const page = await newPage();
  await page.goto(`${inject('emptyBase')}/sign-in`);
  await page.getByLabel('E-Mail-Adresse').fill('ada@example.com');
  await page.getByLabel('Passwort').fill('nicht dieses hier');
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await page.getByText('Adresse oder Passwort stimmt nicht.').waitFor();
  await page.getByLabel('Passwort').fill(password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await page.waitForURL(/\/inbox/);
  await page.getByRole('button', { name: 'Menü von Ada Berg' }).click();
  await page.getByRole('menuitem', { name: 'Abmelden' }).click();
  await page.waitForURL(/\/sign-in/);
});
