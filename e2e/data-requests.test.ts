import { expect, inject, test } from 'vitest';
import { conversationEndpoints } from '../contract/conversations.ts';
import { customersEndpoints } from '../contract/customers.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { newPage, signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { choose, press, retype } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { journey } from './tested.ts';
import { still } from './walk.ts';

useBrowser();

journey('data', 'data protection restricts, lifts and erases without the mouse, and an adviser sees it go and come back', async () => {
  const base = inject('base');
  const kim = caller(base);
  await kim(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const email = `paula.${Date.now()}@example.com`;
  const { invitation } = await kim(workspaceEndpoints.invitePerson, { name: 'Paula Recht', email, roles: ['privacy'], teamIds: [] });
  await caller(base)(workspaceEndpoints.acceptInvitation, { token: invitation.url?.split('#')[1] ?? '', password });

  const subject = subjectOf('Zahnrad');
  const name = `Berta Zahn ${Date.now() % 100_000}`;
  await sendMail({ from: `${name} <berta${Date.now()}@example.org>`, subject, text: 'Mein Zahnrad klemmt.' });
  const adviser = await signedIn('kim', { at: '/inbox/open' });
  const line = adviser.getByRole('region', { name: 'Liste der Gespräche' }).getByText(subject);
  await line.waitFor();

  const page = await newPage();
  await page.goto(`${base}/sign-in`);
  await retype(page.locator('input[name=email]'), email);
  await retype(page.locator('input[name=password]'), password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.goto(`${base}/administration`);
  await press(page.getByRole('main').getByRole('link', { name: 'Datenschutzanfragen' }));
  await page.getByRole('heading', { name: 'Datenschutzanfragen' }).waitFor();
  await retype(page.getByRole('searchbox'), name);

  // In both themes and languages, with the question open that matters most.
  for (const [theme, locale] of [
    ['dark', 'en'],
    ['dark', 'de'],
    ['light', 'en'],
    ['light', 'de'],
  ] as const) {
    await page.request.patch(`${base}/api/v1/me/preferences`, { data: { theme, locale }, headers: { 'x-nahbar': '1', origin: base } });
    await page.goto(`${base}/administration/data-requests?${new URLSearchParams({ q: name }).toString()}`);
    await press(page.getByRole('button', { name: new RegExp(`^(Daten löschen|Erase data): ${name}`) }));
    await page.getByRole('radio').first().waitFor();
    await still(page);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await violations(page)).toEqual([]);
  }

  const decide = async (button: string, confirm: string, prepare?: () => Promise<unknown>): Promise<void> => {
    await press(page.getByRole('button', { name: `${button}: ${name}` }));
    const dialog = page.getByRole('dialog', { name: new RegExp(name) });
    await dialog.waitFor();
    await prepare?.();
    await still(page);
    expect(await violations(page)).toEqual([]);
    await retype(dialog.getByRole('textbox', { name: 'Grund' }), 'Verlangt am Telefon');
    await press(dialog.getByRole('button', { name: confirm }));
    await dialog.waitFor({ state: 'hidden' });
  };

  await decide('Verarbeitung einschränken', 'Einschränken');
  await page.getByText(/^Eingeschränkt seit/).waitFor();
  await line.waitFor({ state: 'hidden' });
  expect(await violations(page)).toEqual([]);

  await press(page.getByRole('button', { name: `Gesperrte Daten einsehen: ${name}` }));
  const archive = page.getByRole('dialog', { name: `Gesperrte Daten von ${name} einsehen` });
  await archive.waitFor();
  await still(page);
  expect(await violations(page)).toEqual([]);
  await choose(archive.getByRole('radio', { name: 'Rechtsansprüche geltend machen, ausüben oder verteidigen' }));
  await retype(archive.getByRole('textbox', { name: 'Grund' }), 'Klage vor dem Amtsgericht');
  await page.keyboard.press('Enter');
  await archive.getByText('Mein Zahnrad klemmt.').waitFor();
  await archive.getByText(/steht im Protokoll. Zweck: Rechtsansprüche/).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await archive.waitFor({ state: 'hidden' });

  await decide('Einschränkung aufheben', 'Aufheben');
  await page.getByRole('button', { name: `Verarbeitung einschränken: ${name}` }).waitFor();
  await line.waitFor();

  await decide('Daten löschen', 'Endgültig löschen');
  await page.getByText(/^Gelöscht; Briefe gesperrt bis 01\.01\./).waitFor();
  await line.waitFor({ state: 'hidden' });
  await decide('Auch die Briefe löschen', 'Endgültig löschen');
  await page.getByText('Niemand gefunden').waitFor();
  expect((await kim(customersEndpoints.list, { q: name })).items).toEqual([]);
  expect((await kim(conversationEndpoints.search, { q: 'Zahnrad' })).items).toEqual([]);
  for (const one of [page, adviser]) await one.context().close();
});

test('whoever does not decide about data finds no way there, and is told so at the address', async () => {
  const page = await signedIn('jana', { at: '/administration' });
  await page.getByRole('main').getByRole('link', { name: 'Rechte' }).waitFor();
  expect(await page.getByRole('main').getByRole('link', { name: 'Datenschutzanfragen' }).count()).toBe(0);
  await page.goto(`${inject('base')}/administration/data-requests`);
  await page.getByRole('alert').filter({ hasText: 'Das darfst du mit deinen Rechten nicht.' }).waitFor();
  await page.context().close();
});
