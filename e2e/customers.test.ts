import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { conversationEndpoints } from '../contract/conversations.ts';
import { customersEndpoints as customers } from '../contract/customers.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { newPage, signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

const base = (): string => inject('base');

/** An adviser who is no lead: in the team, or in none. */
async function adviser(where: 'team' | 'nowhere'): Promise<{ page: Page; call: ReturnType<typeof caller> }> {
  const admin = caller(base());
  await admin(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const team = (await admin(workspaceEndpoints.listTeams, {})).items[0];
  const email = `adviser.${where}.${Date.now().toString(36)}@example.com`;
  const teamIds = where === 'team' && team ? [team.id] : [];
  const { invitation } = await admin(workspaceEndpoints.invitePerson, { name: `Beraterin ${where}`, email, roles: ['agent'], teamIds });
  await caller(base())(workspaceEndpoints.acceptInvitation, { token: invitation.url?.split('#')[1] ?? '', password });
  const call = caller(base());
  await call(workspaceEndpoints.signIn, { email, password });
  const page = await newPage();
  await page.goto(`${base()}/sign-in`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await page.waitForURL(/\/inbox/);
  return { page, call };
}

test('the name of somebody proved changes once the adviser recorded who speaks; the page says who it is', async () => {
  const subject = subjectOf('Umzug');
  const mail = `rita.neu.${Date.now()}@example.org`;
  await sendMail({ from: `Rita Neu <${mail}>`, subject, text: 'Ich heiße jetzt anders.' });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  const panel = page.getByRole('region', { name: 'Kund:in' });
  await panel.getByText('Stufe 0: nicht geprüft').waitFor();
  await panel.locator('dl', { hasText: 'Anrede' }).getByText('Sie', { exact: true }).waitFor();
  await panel.getByRole('link', { name: 'Rita Neu' }).click();
  const head = page.getByRole('banner').or(page.locator('main header').first());
  await head.getByText(mail).waitFor();
  await head.getByText('Anrede: Sie').waitFor();

  await page.getByRole('tab', { name: 'Angaben' }).click();
  await page.getByRole('button', { name: 'Als belegt eintragen' }).click();
  await page.getByRole('menuitem', { name: 'Signierter Link' }).click();
  await page.getByText('Name, Kundennummer und Erkennungsmerkmale ändert deshalb nur').waitFor();
  // Wishes need no level, although the form holds name and number, too.
  await page.getByLabel('Lieferwunsch').fill('bis in die Wohnung');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.locator('[data-toast]').filter({ hasText: 'Gespeichert' }).first().waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Rita Anders');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('alert').filter({ hasText: 'Stufe 3' }).waitFor();

  await page.getByRole('button', { name: 'Identität prüfen' }).click();
  const dialog = page.getByRole('dialog', { name: 'Identität prüfen: Rita Neu' });
  // Nobody proved a number: nothing to call back.
  await dialog.getByText('Die Person ist gerade im Kundenkonto angemeldet').click();
  expect(await dialog.getByText('zurückgerufen').count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Festhalten' }).click();
  await page.getByRole('region', { name: 'Wer spricht?' }).getByText('Stufe 3: sicher erkannt').waitFor();
  // What was typed is still there.
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('heading', { level: 1, name: 'Rita Anders' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('two of the same name are told apart, and a merge says what holds, what is missing and who stays', async () => {
  const { page, call } = await adviser('team');
  const at = Date.now().toString(36);
  const make = async (which: string, more: { number?: string; salutation?: 'informal' }) =>
    call(customers.create, { name: `Paul Zwilling ${at}`, identities: [{ kind: 'mail', value: `${which}.${at}@example.org` }], ...more });
  const one = await make('eins', { number: `Z-${at}` });
  const two = await make('zwei', { salutation: 'informal' });
  await page.goto(`${base()}/customers/${one.id}`);
  await page.getByRole('button', { name: 'Mit anderer Person zusammenführen' }).click();
  await page.getByLabel('Mit wem?').fill(`Paul Zwilling ${at}`);
  const hit = page.getByRole('list', { name: 'Gefunden' }).getByRole('button');
  await hit.filter({ hasText: `zwei.${at}@example.org` }).click();
  const preview = page.getByRole('region', { name: 'Was dann gilt' });
  await preview.getByRole('row', { name: /Anrede.*Sie.*Du/ }).waitFor();
  expect(await preview.textContent()).not.toMatch(/name_source|preferences|salutation|\{|null/);
  // Neither is proved: the page says so of both, and where to go.
  await preview.getByText('Zusammenführen kannst du nur, wenn von beiden etwas belegt ist.').waitFor();
  expect(await preview.getByText('ist keine Adresse oder Nummer belegt').count()).toBe(2);
  expect(await preview.getByRole('button', { name: 'Zusammenführen' }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);

  for (const { id, identities } of [one, two])
    await call(customers.verifyIdentity, { id, identityId: identities[0]?.id ?? '', evidence: 'link_signed' });
  await page.reload();
  await page.getByLabel('Mit wem?').fill(`Paul Zwilling ${at}`);
  await hit.filter({ hasText: `zwei.${at}@example.org (belegt)` }).click();
  await page.getByRole('radiogroup', { name: 'Wer bleibt?' }).getByText(`zwei.${at}@example.org`).click();
  // The other way round the number joins.
  await preview.getByRole('row', { name: new RegExp(`Kundennummer.*–.*Z-${at}.*gilt dann`) }).waitFor();
  await preview.getByLabel('Grund').fill('Am Telefon bestätigt');
  await preview.getByRole('button', { name: 'Zusammenführen' }).click();
  await page.waitForURL(new RegExp(`/customers/${two.id}`));
  await page.getByRole('tab', { name: 'Zusammenführen' }).click();
  await page.getByRole('region', { name: 'Zusammengeführt mit' }).getByText(`eins.${at}@example.org`).waitFor();
  await page.context().close();
});

test('a link to a conversation of others opens with a reason, for reading', async () => {
  const subject = subjectOf('Fremd');
  await sendMail({ from: 'Udo Fremd <udo.fremd@example.org>', subject, text: 'Wo bleibt der Schrank?' });
  const kim = caller(base());
  await kim(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const find = async () => (await kim(conversationEndpoints.list, { sort: 'newest' })).items.find((item) => item.subject === subject)?.id;
  await expect.poll(find).toBeTruthy();
  const { page } = await adviser('nowhere');
  await page.goto(`${base()}/inbox/open/${await find()}`);
  await page.getByText('Dieses Gespräch gehört nicht zu deiner Arbeit').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Grund').fill('Der Kunde hat am Telefon danach gefragt');
  await page.getByRole('button', { name: 'Mit diesem Grund öffnen' }).click();
  await page.getByText('Wo bleibt der Schrank?').first().waitFor();
  expect(await page.getByRole('button', { name: 'Übernehmen', exact: true }).count()).toBe(0);
  await page.context().close();
});

test('a list that is longer than a page is read on, to its end', async () => {
  const kim = caller(base());
  await kim(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const name = `Reihe${Date.now().toString(36)}`;
  for (let n = 0; n < 60; n += 1) await kim(customers.create, { name: `${name} ${n}`, identities: [] });
  const page = await signedIn('kim', { at: '/customers' });
  await page.getByRole('searchbox').fill(name);
  const rows = page.getByRole('main').getByRole('listitem');
  const more = page.getByRole('button', { name: 'Weitere laden' });
  await more.waitFor();
  await expect.poll(() => rows.count()).toBe(50);
  expect(await violations(page)).toEqual([]);
  await more.click();
  await expect.poll(() => rows.count()).toBe(60);
  expect(new Set(await rows.allInnerTexts()).size).toBe(60);
  expect(await more.count()).toBe(0);
  await page.context().close();
});
