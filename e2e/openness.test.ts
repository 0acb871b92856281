import { createTransport } from 'nodemailer';
import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { scriptedSmtp } from '../channels/email/testing/scripted-smtp.ts';
import { channelsEndpoints } from '../contract/channels.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { subjectOf } from './mail.ts';

useBrowser();
/** Looked at by axe more than once; a loaded machine takes its time. */
const patience = 120_000;

/** Free of violations as it stands; pictured in both themes when asked for (`PICTURES=<folder>`). */
async function check(page: Page, name: string): Promise<void> {
  expect(await violations(page)).toEqual([]);
  const folder = process.env['PICTURES'];
  if (!folder) return;
  for (const theme of ['dark', 'light']) {
    await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${folder}/${name}-${theme}.png`, fullPage: true });
  }
}

/** The one team, and who works there by address. */
async function teamOf(call: ReturnType<typeof caller>) {
  const [team] = (await call(workspaceEndpoints.listTeams, {})).items.filter((one) => one.name === 'Kundenservice');
  if (!team) throw new Error('no team');
  const { items } = await call(workspaceEndpoints.listPeople, { limit: 200 });
  return { team, people: new Map(items.map(({ email, id }) => [email, id])) };
}

test(
  'one says how one is there, sees the own history, and takes nothing away from others',
  async () => {
    const page = await signedIn('mehmet');
    await page.getByRole('button', { name: /Menü von Mehmet Kaya/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /in einer Erholungspause/ }).waitFor();
    await check(page, 'person-menu');
    await page.keyboard.press('Escape');
    // Shown before the server has answered.
    const seen = Promise.withResolvers<void>();
    await page.route('**/api/v1/me/presence', async (route) => {
      if (route.request().method() === 'PUT') await seen.promise;
      await route.continue();
    });
    const answered = page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().endsWith('/me/presence'));
    await page.getByRole('button', { name: /Menü von Mehmet Kaya/ }).click();
    await page.getByRole('menuitem', { name: /in einer Erholungspause/ }).click();
    await page.getByRole('button', { name: /Menü von Mehmet Kaya – in einer Erholungspause/ }).waitFor();
    seen.resolve();
    await answered;
    await page.unroute('**/api/v1/me/presence');

    await page.goto(`${inject('base')}/account`);
    await page.getByRole('tab', { name: 'Anwesenheit' }).click();
    await page.getByRole('listitem').filter({ hasText: 'in einer Erholungspause' }).waitFor();
    await page.getByRole('combobox', { name: 'Ich bin …' }).click();
    await page.getByRole('option', { name: 'verfügbar' }).click();
    // Once a day it is asked where one works.
    const where = page.getByRole('dialog', { name: 'Wo arbeitest du heute?' });
    const isFree = page.getByRole('button', { name: /Menü von Mehmet Kaya – verfügbar/ });
    await where.or(isFree).first().waitFor();
    if (await where.isVisible()) await where.getByRole('button', { name: 'Ich bin verfügbar' }).click();
    await isFree.waitFor();
    await page.getByRole('listitem').filter({ hasText: 'verfügbar' }).first().waitFor();
    await check(page, 'presence');

    // A refusal takes the guess back and says so.
    await page.route('**/api/v1/me/presence', (route) =>
      route.request().method() === 'PUT'
        ? route.fulfill({ status: 429, contentType: 'application/problem+json', body: '{"code":"core.too_many_requests"}' })
        : route.continue(),
    );
    await page.getByRole('combobox', { name: 'Ich bin …' }).click();
    await page.getByRole('option', { name: 'beschäftigt' }).click();
    await page
      .getByText(/Zu viele Versuche in kurzer Zeit/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /Menü von Mehmet Kaya – verfügbar/ }).waitFor();
    await page.context().close();
  },
  patience,
);

test(
  'the log says in words who did what, as far as one may read it, and whether it is whole',
  async () => {
    const call = caller(inject('base'));
    await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
    const { people, team } = await teamOf(call);
    await call(workspaceEndpoints.changeTeam, { id: team.id, leadIds: [people.get(cast.jana.email) ?? ''] });
    onTestFinished(async () => void (await call(workspaceEndpoints.changeTeam, { id: team.id, leadIds: team.leadIds })));
    const other = caller(inject('base'));
    await other(workspaceEndpoints.signIn, { email: cast.mehmet.email, password });
    await other(workspaceEndpoints.signOut, {});
    const page = await signedIn('jana', { at: '/administration' });
    await page.getByRole('link', { name: 'Protokoll' }).click();
    await page.getByText(/Einträge, die Kette ist geschlossen/).waitFor();
    const list = page.getByRole('list', { name: 'Protokoll' });
    await list.getByText('Jana Wolf hat sich angemeldet.').first().waitFor();
    await check(page, 'audit');

    // By person and by what happened; a lead reads the team's entries.
    await page.getByRole('combobox', { name: 'Person' }).click();
    await page.getByRole('option', { name: 'Mehmet Kaya' }).click();
    await list.getByText('Mehmet Kaya hat sich angemeldet.').first().waitFor();
    expect(await list.getByText(/^Jana Wolf/).count()).toBe(0);
    await page.getByRole('combobox', { name: 'Was geschah' }).click();
    await page.getByRole('option', { name: '… hat sich abgemeldet.' }).click();
    await list.getByText('Mehmet Kaya hat sich abgemeldet.').waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
    await list.getByText('Einzelheiten').click();
    await list.getByText('workspace.signed_out').waitFor();

    // Nothing so early: an empty list says so and offers the way back.
    await page.getByLabel('Bis Tag').fill('2020-01-01');
    await page.getByText('Nichts gefunden').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Alle zeigen' }).click();
    await list.getByText('Jana Wolf hat sich angemeldet.').first().waitFor();
    await page.context().close();

    // Who is neither lead nor guardian of privacy reads the own entries, and is not offered others.
    const admin = await signedIn('kim');
    await admin.route('**/api/v1/audit?**', (route) =>
      route.fulfill({ status: 429, contentType: 'application/problem+json', body: '{"code":"core.too_many_requests"}' }),
    );
    await admin.goto(`${inject('base')}/administration/audit`);
    await admin
      .getByText(/Zu viele Versuche in kurzer Zeit/)
      .first()
      .waitFor({ timeout: 20_000 });
    await admin.unroute('**/api/v1/audit?**');
    await admin.getByRole('button', { name: 'Noch einmal versuchen' }).click();
    await admin.getByRole('list', { name: 'Protokoll' }).getByText('Kim Sommer hat sich angemeldet.').first().waitFor();
    await admin.context().close();
  },
  patience,
);

test(
  'older entries are loaded on demand',
  async () => {
    const call = caller(inject('base'));
    await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
    const { name } = await call(workspaceEndpoints.getSettings, {});
    for (let n = 0; n < 55; n += 1) await call(workspaceEndpoints.changeSettings, { name });
    const page = await signedIn('kim', { at: '/administration/audit' });
    const lines = page.getByRole('list', { name: 'Protokoll' }).getByRole('listitem');
    await expect.poll(() => lines.count(), { timeout: 15_000 }).toBe(50);
    await page.getByRole('button', { name: 'Weitere laden' }).press('Enter');
    await expect.poll(() => lines.count(), { timeout: 15_000 }).toBeGreaterThan(55);
    await page.context().close();
  },
  patience,
);

test(
  'a mail that cannot be delivered says so in our words, with the server’s behind them; its password stays where it belongs',
  async () => {
    const own = await scriptedSmtp((said) => (said.startsWith('RCPT') ? '550 5.1.1 Unknown user in virtual table' : undefined));
    const other = await scriptedSmtp();
    const call = caller(inject('base'));
    await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
    const address = `${subjectOf('versand').replace(' ', '-')}@haus-heim.example`;
    const { team } = await teamOf(call);
    const settings = { user: 'versand', password: 'streng geheim', smtpHost: '127.0.0.1', smtpPort: own.port };
    const name = subjectOf('Versand');
    const { account } = await call(channelsEndpoints.createAccount, { channel: 'email', name, address, teamId: team.id, settings });
    try {
      const subject = subjectOf('Unzustellbar');
      const transport = createTransport({ host: '127.0.0.1', port: inject('smtpPort'), secure: false, tls: { rejectUnauthorized: false } });
      // The account is known to the mail receiver a moment later.
      await expect
        .poll(
          () =>
            transport
              .sendMail({ from: 'Ute Lang <ute.lang@example.org>', to: address, subject, text: 'Wo ist es?' })
              .then(() => 'taken', String),
          { timeout: 10_000 },
        )
        .toBe('taken');
      transport.close();
      const page = await signedIn('mehmet', { at: '/inbox/unassigned' });
      await page
        .getByRole('option', { name: new RegExp(subject) })
        .first()
        .click();
      await page.getByLabel('Antwort an Ute Lang').pressSequentially('Guten Tag Frau Lang, es ist unterwegs.');
      await page.getByText('Entwurf gespeichert').waitFor();
      await page.keyboard.press('Control+Enter');
      await page
        .getByText(/Nicht zugestellt: Diese Adresse gibt es nicht\. Dein Text bleibt hier im Gespräch\./)
        .first()
        .waitFor({ timeout: 30_000 });
      expect(await page.getByText('Unknown user in virtual table').isVisible()).toBe(false);
      await page.getByText('Der Server sagt dazu').click();
      await page.getByText('Unknown user in virtual table').waitFor();
      await check(page, 'delivery-problem');
      await page.context().close();

      const admin = await signedIn('kim', { at: '/administration/channels' });
      await admin.getByRole('button', { name: `${name} bearbeiten` }).click();
      const dialog = admin.getByRole('dialog', { name });
      await dialog.getByLabel('Versand: Port').fill(String(other.port));
      await dialog.getByText(/Bitte noch einmal eingeben, denn geändert ist: Versand: Port\./).waitFor();
      await dialog.getByRole('button', { name: 'Verbindung prüfen' }).click();
      await dialog.getByText(/ginge an einen anderen Server/).waitFor();
      expect(other.connections()).toBe(0);
      await check(admin, 'secret-again');
      await dialog.getByLabel('Passwort', { exact: true }).fill('ein anderes');
      await dialog.getByRole('button', { name: 'Verbindung prüfen' }).click();
      await dialog.getByText('Alles in Ordnung').waitFor();
      expect(other.connections()).toBe(1);
      await dialog.getByRole('button', { name: 'Speichern' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await admin.context().close();
    } finally {
      await call(channelsEndpoints.removeAccount, { id: account.id });
      await Promise.all([own.stop(), other.stop()]);
    }
  },
  patience,
);
