import { expect, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, useBrowser } from './browser.ts';
import { password } from './company.ts';
import { sendMail } from './mail.ts';
import { useEmptyServer } from './server.ts';

useBrowser();
const empty = useEmptyServer();

test('a new installation asks for its company, then leads to the first mailbox', async () => {
  const page = await newPage();
  await page.goto(empty().base);
  await page.waitForURL(/\/welcome/);
  await page.getByLabel('Name der Firma').fill('Elektro Nord');
  await page.getByLabel('Dein Name').fill('Ada Berg');
  await page.getByLabel('E-Mail-Adresse').fill('ada@example.com');
  await page.getByLabel('Neues Passwort').fill(password);
  await page.getByRole('button', { name: 'Firma einrichten' }).click();
  await page.waitForURL(/\/administration\/first-steps/);

  // What is done is known from the data: nothing yet, then line by line.
  const line = (title: string) => page.getByRole('listitem').filter({ hasText: title });
  await page.getByText('0 von 7 erledigt').waitFor();
  expect(await violations(page)).toEqual([]);
  await line('Verbinde ein Postfach').getByRole('link').click();
  await page.waitForURL(/\/administration\/channels/);

  await page.getByRole('button', { name: 'E-Mail hinzufügen' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Service');
  await page.getByLabel('Adresse', { exact: true }).fill('service@elektro-nord.example');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('service@elektro-nord.example').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);

  await page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: 'Verwaltung' }).click();
  const card = page.getByRole('region', { name: 'Erste Schritte' });
  await card.getByText('1 von 7 erledigt').waitFor();
  await card.getByRole('link', { name: 'Weitermachen' }).click();
  await line('Verbinde ein Postfach').getByText('erledigt', { exact: true }).waitFor();
  await line('Schreib euch selbst').getByText('offen', { exact: true }).waitFor();

  // The first page says where the first mail is, before and after it came.
  await page.getByRole('link', { name: 'Posteingang' }).click();
  await page.getByText('Neue Nachrichten kommen unter „Nicht zugeteilt“ an.').waitFor();
  const sendTest = (n: number): Promise<void> =>
    sendMail(
      { from: `probe${n}@example.org`, to: 'service@elektro-nord.example', subject: `Probe ${n}`, text: 'Kommt das an?' },
      empty().smtpPort,
    );
  await sendTest(1);
  await page.getByText('Ein Gespräch wartet unter „Nicht zugeteilt“.').waitFor();
  await page.getByRole('link', { name: '„Nicht zugeteilt“ öffnen' }).click();
  await page.getByRole('option', { name: /Probe 1/ }).waitFor();
  await page.goto(`${empty().base}/administration/first-steps`);
  await line('Schreib euch selbst').getByText('erledigt', { exact: true }).waitFor();

  // Put away it is not on top any more, and found below.
  await page.getByRole('button', { name: 'Weglegen' }).click();
  await page.getByText('Weggelegt:').waitFor();
  await page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: 'Verwaltung' }).click();
  await page.getByRole('heading', { level: 1, name: 'Verwaltung' }).waitFor();
  expect(await page.getByRole('region', { name: 'Erste Schritte' }).count()).toBe(0);
  await page.getByRole('main').getByRole('link', { name: 'Erste Schritte' }).click();
  await page.getByText('2 von 7 erledigt').waitFor();
  await page.goto(`${empty().base}/inbox/unassigned`);
  await page.getByRole('option', { name: /Probe 1/ }).waitFor();

  // Whoever waits longest stands on top; what comes in below what is on screen is told, and one key away.
  await page.setViewportSize({ width: 1440, height: 520 });
  for (let n = 2; n <= 9; n++) await sendTest(n);
  const newBelow = page.getByRole('button', { name: /weiter unten/ });
  await newBelow.waitFor();
  await expect.poll(() => page.getByRole('option').first().getAttribute('aria-setsize')).toBe('9');
  const list = page.getByRole('listbox');
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect.poll(() => newBelow.count()).toBe(0);
  await list.evaluate((element) => element.scrollTo(0, 0));
  await sendTest(10);
  await page.getByRole('button', { name: 'Ein neues weiter unten' }).press('Enter');
  await expect.poll(() => page.getByRole('option', { name: /Probe 10/ }).isVisible()).toBe(true);
  await expect.poll(() => list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)).toBeLessThan(2);
  expect(await list.evaluate((element) => element === document.activeElement)).toBe(true);
  await newBelow.waitFor({ state: 'hidden' });
});

test('signing out and in again works, and a wrong password says what to do', async () => {
  const page = await newPage();
  await page.goto(`${empty().base}/sign-in`);
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

  // What is typed can be looked at, and is hidden again.
  const field = page.getByLabel('Passwort', { exact: true });
  await field.fill(password);
  const show = page.getByRole('button', { name: 'Eingabe zeigen' });
  await show.click();
  expect(await field.getAttribute('type')).toBe('text');
  expect(await field.inputValue()).toBe(password);
  await show.click();
  expect(await field.getAttribute('type')).toBe('password');
});
