import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { asked, newPage, signedIn, signIn, speak, useBrowser } from './browser.ts';
import { invite } from './company.ts';
import { choose, press } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { goWithin } from './walk.ts';

useBrowser();

const presenceOf = async (page: Page): Promise<void> => {
  await page.goto(`${inject('base')}/account`);
  await page.getByRole('tab', { name: /Anwesenheit|Presence/ }).click();
};

test('who becomes available says once a day where, and reads what goes with working elsewhere; by keys alone', async () => {
  // Somebody whom nobody has asked today.
  const page = await newPage();
  await signIn(page, await invite(inject('base'), 'Wanda Wo', ['agent'], true));
  await page.goto(`${inject('base')}/inbox`);
  await press(page.getByRole('button', { name: /Menü von Wanda Wo/ }));
  await choose(page.getByRole('menuitem', { name: /^verfügbar/ }), 'Enter');
  const dialog = page.getByRole('dialog', { name: 'Wo arbeitest du heute?' });
  await choose(dialog.getByRole('radio', { name: 'anderswo' }));
  await dialog.getByText('Niemand hört mit, wenn du über Kund:innen sprichst.').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/presence-where.png' });
  await press(dialog.getByRole('button', { name: 'Ich bin verfügbar' }));
  await page.getByRole('button', { name: /Menü von Wanda Wo – verfügbar/ }).waitFor();

  // The same day it is not asked again.
  await press(page.getByRole('button', { name: /Menü von Wanda Wo/ }));
  await choose(page.getByRole('menuitem', { name: /^beschäftigt/ }), 'Enter');
  await page.getByRole('button', { name: /Menü von Wanda Wo – beschäftigt/ }).waitFor();
  await press(page.getByRole('button', { name: /Menü von Wanda Wo/ }));
  await choose(page.getByRole('menuitem', { name: /^verfügbar/ }), 'Enter');
  await page.getByRole('button', { name: /Menü von Wanda Wo – verfügbar/ }).waitFor();
  expect(await dialog.count()).toBe(0);
  await asked(page, workspaceEndpoints.setPresence, { state: 'away' });
  await page.context().close();
});

test('a recovery pause is taken with one press, is a break to colleagues, and ends by itself, told so', async () => {
  const [mehmet, jana] = await Promise.all([signedIn('mehmet'), signedIn('jana')]);
  await presenceOf(jana);
  const team = jana.getByRole('list', { name: 'Dein Team jetzt' });
  // A pause as short as a journey; the button itself takes five minutes.
  await mehmet.route('**/api/v1/me/presence', async (route) => {
    const said = route.request().method() === 'PUT' ? (route.request().postDataJSON() as { state: string }) : { state: '' };
    const until = new Date(Date.now() + 6_000).toISOString();
    await route.continue(said.state === 'recovery' ? { postData: JSON.stringify({ ...said, until }) } : {});
  });
  await mehmet.keyboard.press('Control+k');
  await mehmet.getByRole('combobox').last().fill('Erholungspause nehmen');
  await mehmet.keyboard.press('Enter');
  await mehmet.getByRole('button', { name: /Menü von Mehmet Kaya – in einer Erholungspause/ }).waitFor();
  await team.getByRole('listitem').filter({ hasText: 'Mehmet Kaya' }).filter({ hasText: 'in der Pause' }).waitFor();
  expect(await jana.getByRole('main').innerText()).not.toMatch(/Mehmet Kaya\s*in einer Erholungspause/);
  await mehmet.getByText('Deine Erholungspause ist vorbei').waitFor();
  await mehmet.getByRole('button', { name: /Menü von Mehmet Kaya – verfügbar/ }).waitFor();
  await team.getByRole('listitem').filter({ hasText: 'Mehmet Kaya' }).filter({ hasText: 'verfügbar' }).waitFor();
  await asked(mehmet, workspaceEndpoints.setPresence, { state: 'away' });
  await Promise.all([mehmet.context().close(), jana.context().close()]);
});

test.each(['de', 'en'] as const)('a break has an end others read, and words they do not (%s)', async (locale) => {
  const german = locale === 'de';
  const page = await newPage();
  const name = german ? 'Paul Pause' : 'Paula Pause';
  await signIn(page, await invite(inject('base'), name, ['agent'], true));
  await speak(page, german ? 'light' : 'dark', locale);
  const until = new Date(Date.now() + 45 * 60_000).toISOString();
  await asked(page, workspaceEndpoints.setPresence, { state: 'break', until, location: 'remote' });
  await presenceOf(page);
  await page.getByLabel(german ? 'Notiz für dich' : 'Note to yourself').fill('Spaziergang');
  await page.getByRole('button', { name: german ? 'Speichern' : 'Save' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Spaziergang' }).first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: `e2e/output/presence-${locale}.png`, fullPage: true });
  const jana = await signedIn('jana');
  await presenceOf(jana);
  const row = jana.getByRole('list', { name: 'Dein Team jetzt' }).getByRole('listitem').filter({ hasText: name });
  // With its day, when the end is tomorrow.
  await row.filter({ hasText: /in der Pause\s*bis (\S+ )?\d\d:\d\d\s*anderswo/ }).waitFor();
  expect(await jana.getByRole('main').innerText()).not.toContain('Spaziergang');
  expect(await violations(jana)).toEqual([]);
  await asked(page, workspaceEndpoints.setPresence, { state: 'away' });
  await Promise.all([page.context().close(), jana.context().close()]);
});

test('the page of whoever is answering breaks off: a colleague finds the work in the list within thirty seconds, and every word is kept', async () => {
  const subject = subjectOf('Abgerissen');
  await sendMail({ from: `Rita Riss <${crypto.randomUUID()}@post.example>`, subject, text: 'Der Schrank wackelt.' });
  const [mehmet, jana] = await Promise.all([signedIn('mehmet'), signedIn('jana')]);
  await goWithin(jana, '/inbox/unassigned');
  await jana.getByRole('option', { name: new RegExp(subject) }).click();
  const field = jana.getByLabel('Antwort an Rita Riss');
  await field.fill('Guten Tag Frau Riss, bitte drehen Sie');
  await jana.getByText('Du bist dran').waitFor();
  await jana.getByText(/Entwurf gespeichert/).waitFor();
  await goWithin(mehmet, '/inbox/unassigned');
  const row = mehmet.getByRole('option', { name: new RegExp(subject) });
  await row.waitFor({ state: 'hidden' });

  const brokeAt = Date.now();
  const url = jana.url();
  await jana.close();
  await row.waitFor({ timeout: 30_000 });
  expect(Date.now() - brokeAt).toBeLessThan(30_000);
  await row.click();
  await mehmet.getByText('Zurück in der Liste: Die Verbindung war abgerissen.').waitFor();

  const back = await jana.context().newPage();
  await back.goto(url);
  await expect.poll(() => back.getByLabel('Antwort an Rita Riss').inputValue()).toBe('Guten Tag Frau Riss, bitte drehen Sie');
  await Promise.all([mehmet.context().close(), jana.context().close()]);
});
