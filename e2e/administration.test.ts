import { createHmac } from 'node:crypto';
import { expect, inject, onTestFinished, test } from 'vitest';
import { channelsEndpoints } from '../contract/channels.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { newPage, signedIn, useBrowser } from './browser.ts';
import { address, caller, cast, password } from './company.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a team gets its members and leads and is dissolved, and a site comes and goes', async () => {
  const page = await signedIn('kim', { at: '/administration/teams' });
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

  // Dissolving says who stands in the way, then what it means.
  const dissolve = () => page.getByRole('button', { name: `${name} auflösen` }).click();
  await dissolve();
  const hindered = page.getByRole('alertdialog', { name: `„${name}“ auflösen?` });
  await hindered.getByText('Eine Person gehört noch dazu: Jana Wolf.').waitFor();
  expect(await hindered.getByRole('button').allInnerTexts()).toEqual(['Schließen']);
  await hindered.getByRole('button', { name: 'Schließen' }).click();
  await page.getByRole('button', { name: `${name} ändern` }).click();
  await dialog.getByRole('group', { name: 'Mitglieder' }).getByText('Jana Wolf').click();
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await dissolve();
  const asked = page.getByRole('dialog', { name: `„${name}“ auflösen?` });
  await asked.getByText('Niemand kann dem Team mehr etwas zuweisen.').waitFor();
  expect(await violations(page)).toEqual([]);
  await asked.getByRole('button', { name: 'Auflösen' }).click();
  await asked.getByText('Wähle das Team, das die Arbeit übernimmt.').waitFor();
  await asked.getByLabel('Wer übernimmt').click();
  await page.getByRole('option', { name: 'Kundenservice' }).click();
  await asked.getByRole('button', { name: 'Auflösen' }).click();
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByText('aufgelöst, jetzt bei Kundenservice')
    .waitFor();

  // A site: made with its Land, changed, not removed while a team is there, removed when nobody is.
  const place = subjectOf('Ulm');
  await page.getByRole('button', { name: 'Neuer Standort' }).click();
  const site = page.getByRole('dialog');
  await site.getByLabel('Name').fill(place);
  await site.getByLabel('Bundesland').click();
  await page.getByRole('listbox', { name: 'Bundesland' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('option', { name: 'Bayern' }).click();
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
  expect(await violations(page)).toEqual([]);
  await site.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('button', { name: `Standort ${place} ändern` }).click();
  await site.getByLabel('Bundesland').click();
  await page.getByRole('option', { name: 'Baden-Württemberg' }).click();
  await site.getByLabel('Gemeinde').fill('Ulm');
  await site.getByRole('button', { name: 'Speichern' }).click();
  await page
    .getByRole('row', { name: new RegExp(place) })
    .getByText('Baden-Württemberg, Ulm')
    .waitFor();
  const settle = async (where: string): Promise<void> => {
    await page.getByRole('button', { name: `${name} ändern` }).click();
    await dialog.getByLabel('Standort').click();
    await page.getByRole('option', { name: where }).click();
    await dialog.getByRole('button', { name: 'Speichern' }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await settle(place);
  await page.getByRole('button', { name: `Standort ${place} entfernen` }).click();
  await page.getByRole('alertdialog').getByText(`Noch gehören dazu: ${name}.`).waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Schließen' }).click();
  await settle('Kein Standort');
  await page.getByRole('button', { name: `Standort ${place} entfernen` }).click();
  await page.getByRole('alertdialog').getByText('Zu diesem Standort gehört niemand').waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Entfernen' }).click();
  await page.getByRole('row', { name: new RegExp(place) }).waitFor({ state: 'detached' });

  // The dialog for views stands on every desk; it is looked at here too.
  await page.goto(`${inject('base')}/inbox/open`);
  await page.getByRole('button', { name: 'Neue Ansicht' }).click();
  await page.getByRole('dialog', { name: 'Neue Ansicht' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('somebody invited takes the link, has other roles and teams at once while signed in, and is signed out when the access is closed', async () => {
  const subject = subjectOf('Rasenmäher');
  await sendMail({ from: 'Nils Frey <nils.frey@example.org>', subject, text: 'Er springt nicht an.' });
  const kim = await signedIn('kim', { at: '/administration/people' });
  const name = subjectOf('Nora Feld');
  await kim.getByRole('button', { name: 'Person einladen' }).click();
  const invite = kim.getByRole('dialog', { name: 'Person einladen' });
  await invite.getByLabel('Name', { exact: true }).fill(name);
  await invite.getByLabel('E-Mail-Adresse').fill(`${crypto.randomUUID()}@example.com`);
  expect(await invite.getByRole('checkbox', { name: 'Kundenberatung' }).isChecked()).toBe(true);
  await invite.getByRole('button', { name: 'Person einladen' }).click();
  await invite.waitFor({ state: 'hidden' });
  const notices = kim.getByRole('region', { name: 'Meldungen' });
  const { pathname, hash } = new URL(await notices.getByText(/^http.*#/).innerText());
  const row = kim.getByRole('row', { name: new RegExp(name) });
  await row.getByText('Kundenberatung').waitFor();

  const nora = await newPage();
  await nora.goto(inject('base') + pathname + hash);
  await nora.getByRole('heading', { name: 'Willkommen bei Haus & Heim GmbH' }).waitFor();
  await nora.getByLabel('Neues Passwort').fill(password);
  await nora.getByRole('button', { name: 'Konto einrichten' }).click();
  await nora.waitForURL(/\/inbox/);
  const menu = nora.getByRole('navigation', { name: 'Menü' });
  await menu.getByRole('link', { name: 'Posteingang' }).waitFor();
  expect(await menu.getByRole('link', { name: 'Verwaltung' }).count()).toBe(0);
  await nora.getByRole('link', { name: /^Nicht zugeteilt/ }).click();
  await nora.getByText('Hier ist nichts').or(nora.getByText('Alles erledigt')).first().waitFor();
  await nora.evaluate(() => Object.assign(window, { isSamePage: true }));

  const choose = async (what: string): Promise<void> => {
    await kim.getByRole('button', { name: `Mehr zu ${name}` }).click();
    await kim.getByRole('menuitem', { name: what }).click();
  };
  await choose('Bearbeiten');
  const change = kim.getByRole('dialog', { name });
  await change.getByRole('group', { name: 'Rollen' }).getByText('Verwaltung', { exact: true }).click();
  await change.getByRole('group', { name: 'Teams und Standorte' }).getByText('Kundenservice', { exact: true }).click();
  await change.getByRole('button', { name: 'Speichern' }).click();
  await change.waitFor({ state: 'hidden' });
  await row.getByRole('cell', { name: 'Kundenservice' }).waitFor();
  await menu.getByRole('link', { name: 'Verwaltung' }).waitFor();
  await nora.getByRole('option', { name: new RegExp(subject) }).waitFor();
  expect(await nora.evaluate(() => 'isSamePage' in window)).toBe(true);

  await choose('Zugang sperren');
  await notices.getByText('Zugang gesperrt').waitFor();
  await row.getByText('gesperrt', { exact: true }).waitFor();
  await nora.waitForURL(/\/sign-in/);
  expect(await nora.getByRole('option').count()).toBe(0);
  await Promise.all([kim.context().close(), nora.context().close()]);
});

test('the health page calls entrances and accounts by their names', async () => {
  const page = await signedIn('kim', { at: '/administration/health' });
  const line = page.getByRole('listitem').filter({ hasText: 'Eingang für E-Mail' });
  await line.getByText(/^Nimmt an für service@haus-heim\.example/).waitFor();
  await line.getByText(/^Erreichbar unter 127\.0\.0\.1:\d+$/).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Konto „Service“' }).getByText(address, { exact: true }).first().waitFor();
  expect(await page.getByRole('main').innerText()).not.toMatch(/„email“|[0-9a-f]{8}-[0-9a-f]{4}-/);
  await page.context().close();
});

test('a program gets a token for one role until a last day, ended only when asked twice, and finds what it may call', async () => {
  const page = await signedIn('kim', { at: '/administration/tokens' });
  const name = subjectOf('Auswertung');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Gültig bis').fill('2099-12-31');
  await page.getByRole('button', { name: 'Hinzufügen' }).click();
  await page.getByText('Kopiere den Zugang jetzt').waitFor();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await row.getByText('2099').waitFor();
  await page.getByRole('columnheader', { name: 'Rolle', exact: true }).waitFor();
  await row.getByRole('button', { name: `${name} beenden` }).click();
  const ask = page.getByRole('alertdialog');
  await ask.getByText('Jedes Programm mit diesem Zugang wird sofort abgewiesen.').waitFor();
  await ask.getByRole('button', { name: 'Beenden' }).click();
  await row.waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Beschreibung der Schnittstelle (API)' }).click();
  await page.getByRole('heading', { level: 1, name: 'Nahbar API' }).waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
  // The list of contents stays beside the text: the style has arrived.
  expect(await page.getByRole('navigation').evaluate((nav) => getComputedStyle(nav).position)).toBe('sticky');
  await page.context().close();
});

test('a webhook for an event that does not exist is refused in the reader’s own language, and what was tried at a webhook in vain is said', async () => {
  const page = await signedIn('kim', { at: '/administration/webhooks' });
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

test('what could not be read is found from the channels’ health, tried again, downloaded and marked as dealt with', async () => {
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const [team] = (await call(workspaceEndpoints.listTeams, {})).items;
  const secret = 'beiden Seiten bekannt';
  const echo = { channel: 'echo', name: 'Echo', address: 'unlesbar', teamId: team?.id ?? null, settings: { secret } };
  const { account, hookUrl } = await call(channelsEndpoints.createAccount, echo);
  onTestFinished(() => call(channelsEndpoints.removeAccount, { id: account.id }).then(() => undefined));
  const content = '{"type":"message"';
  const signature = createHmac('sha256', secret).update(content).digest('hex');
  const stored = await fetch(inject('base') + new URL(hookUrl ?? '').pathname, {
    method: 'POST',
    body: content,
    headers: { 'content-type': 'application/json', 'x-echo-signature': `sha256=${signature}` },
  });
  expect(stored.status).toBe(200);
  await expect.poll(async () => (await call(channelsEndpoints.intake, { state: 'failed', accountId: account.id })).items.length).toBe(1);

  const page = await signedIn('kim', { at: '/administration/channels' });
  await page.getByText('Etwas kam an, das sich nicht lesen ließ.').waitFor();
  await page.goto(`${inject('base')}/administration/health`);
  await page.getByRole('link', { name: 'Unlesbare Eingänge ansehen' }).click();
  const list = page.getByRole('list', { name: 'Unlesbare Eingänge' });
  const line = list.getByRole('listitem').filter({ hasText: 'Echo' });
  await line.getByText('Der Aufbau der Nachricht ist beschädigt oder unbekannt.').waitFor();
  expect(await violations(page)).toEqual([]);

  const [file] = await Promise.all([page.waitForEvent('download'), line.getByRole('link', { name: /^Original herunterladen/ }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe(content);

  await line.getByRole('button', { name: /^Noch einmal lesen/ }).click();
  await page.getByText('Wird noch einmal gelesen').first().waitFor();
  // It is as broken as before, so it comes back.
  await line.getByRole('button', { name: /^Als erledigt ablegen/ }).click();
  const ask = page.getByRole('alertdialog', { name: 'Als erledigt ablegen?' });
  await ask.getByText('wer sie schrieb, erfährt nichts davon').waitFor();
  expect(await violations(page)).toEqual([]);
  await ask.getByRole('button', { name: 'Als erledigt ablegen' }).click();
  await page.getByText('Alles ließ sich lesen').waitFor();
  await page.getByRole('button', { name: 'Erledigt', exact: true }).click();
  await line.waitFor();
  expect(await line.getByRole('button', { name: /^Als erledigt ablegen/ }).count()).toBe(0);
  await page.context().close();
});
