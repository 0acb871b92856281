import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, signIn, speak, useBrowser } from './browser.ts';
import { invite } from './company.ts';

useBrowser();

test('the administration enters an agreement, the works council agrees, what it allows is on, and off again when it ends', async () => {
  const base = inject('base');
  const admin = await newPage();
  await signIn(admin, await invite(base, 'Vera Vereinbar', ['admin']));
  await admin.goto(`${base}/administration/agreements`);
  await admin.getByText('Noch keine Vereinbarung').waitFor();
  await admin.getByRole('button', { name: 'Vereinbarung eintragen' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Vereinbarung eintragen' });
  await dialog.getByLabel('Titel').fill('Servicezahlen');
  await dialog.getByLabel('Wozu').fill('Sehen, ob alle rechtzeitig Antwort bekommen.');
  await dialog.getByLabel('Rechtsgrundlage').fill('Art. 88 DSGVO, § 26 BDSG.');
  await dialog.getByLabel('Warum nichts Milderes reicht').fill('Ohne Zahl bliebe nur der Eindruck.');
  expect(await violations(admin)).toEqual([]);
  await dialog.getByRole('button', { name: 'Eintragen' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await admin.getByText('wartet auf Zustimmung').waitFor();
  // Whoever entered it does not agree to it.
  expect(await admin.getByRole('button', { name: 'Zustimmen …' }).count()).toBe(0);

  const council = await newPage();
  await signIn(council, await invite(base, 'Bruno Betriebsrat', ['works_council']));
  await speak(council, 'dark', 'en');
  await council.goto(`${base}/figures`);
  await council.getByText('Service figures are off').waitFor();
  expect(await violations(council)).toEqual([]);
  await council.getByRole('link', { name: 'To the register of agreements' }).click();
  await council.getByRole('button', { name: 'Agree …' }).press('Enter');
  const sure = council.getByRole('alertdialog', { name: 'Agree to “Servicezahlen”?' });
  expect(await violations(council)).toEqual([]);
  await sure.getByRole('button', { name: 'Agree', exact: true }).press('Enter');
  await council.getByText('holds', { exact: true }).waitFor();
  await council.screenshot({ path: 'e2e/output/agreements-en.png' });
  await council.keyboard.press('g');
  await council.keyboard.press('f');
  await council.getByText('No whole week yet').waitFor();

  // Ended by the other side, it is off at once.
  await admin.reload();
  await admin.getByRole('button', { name: 'Beenden …' }).click();
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Beenden', exact: true }).click();
  await admin.getByText('beendet', { exact: true }).waitFor();
  await council.reload();
  await council.getByText('Service figures are off').waitFor();
  await Promise.all([admin.context().close(), council.context().close()]);
});
