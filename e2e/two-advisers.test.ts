import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { conversationEndpoints } from '../contract/conversations.ts';
import { violations } from './axe.ts';
import { asked, signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { goWithin } from './walk.ts';

useBrowser();

const inSight = (card: Locator): Promise<boolean> =>
  card.evaluate((element) => {
    const pane = element.closest('[role=region]')?.getBoundingClientRect();
    const { top } = element.getBoundingClientRect();
    return pane !== undefined && top >= pane.top && top < pane.bottom;
  });

test('the second adviser sees the first before typing, and cannot answer over', async () => {
  const subject = subjectOf('Kühlschrank');
  await sendMail({ from: 'Horst Brandt <horst.brandt@example.org>', subject, text: 'Er passt nicht durch die Tür.' });
  const [mehmet, jana] = await Promise.all([signedIn('mehmet'), signedIn('jana')]);
  for (const page of [mehmet, jana]) {
    await goWithin(page, '/inbox/unassigned');
    await page.getByRole('option', { name: new RegExp(subject) }).click();
    await page.getByLabel('Antwort an Horst Brandt').waitFor();
  }
  await mehmet.getByLabel('Antwort an Horst Brandt').pressSequentially('Guten Tag Herr Brandt');
  await jana.getByText('Mehmet Kaya schreibt').waitFor();
  await jana.getByText(/ist seit .* dran/).waitFor();
  await expect.poll(() => jana.getByLabel('Antwort an Horst Brandt').isDisabled()).toBe(true);

  // A note is always possible, and reads as one.
  await jana.keyboard.press('Escape');
  await jana.getByRole('button', { name: 'Interne Notiz' }).click();
  await jana.getByLabel('Interne Notiz', { exact: true }).last().fill('Ich habe ihn auch am Telefon.');
  await jana.getByRole('button', { name: 'Notiz speichern' }).click();
  await mehmet.getByRole('article', { name: /Interne Notiz von Jana Wolf/ }).waitFor();

  // Jana takes over with a reason; Mehmet learns it and keeps his text.
  await jana.getByRole('button', { name: 'Ablösen' }).click();
  await jana.getByLabel('Grund').fill('Ich habe ihn gerade am Apparat.');
  await jana.getByRole('dialog').getByRole('button', { name: 'Ablösen' }).click();
  await jana.getByText('Du bist dran').waitFor();
  await mehmet.getByText('Jana Wolf').first().waitFor();
  await mehmet.getByText('Jana Wolf hat Mehmet Kaya abgelöst: Ich habe ihn gerade am Apparat.').waitFor();
  await Promise.all([mehmet.context().close(), jana.context().close()]);
});

test('who opens another conversation of a customer a colleague serves sees who and where, is refused, and takes over with a reason the other reads', async () => {
  const [first, second] = [subjectOf('Herd'), subjectOf('Dunstabzug')];
  const from = `Selma Roth <${crypto.randomUUID()}@example.org>`;
  for (const subject of [first, second]) await sendMail({ from, subject, text: 'Er geht nicht an.' });
  const [mehmet, jana] = await Promise.all([signedIn('mehmet'), signedIn('jana')]);
  const open = async (page: Page, subject: string) => {
    await goWithin(page, '/inbox/open');
    await page.getByRole('option', { name: new RegExp(subject) }).click();
    await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  };
  await Promise.all([open(mehmet, first), open(jana, second)]);
  await jana.getByText('Niemand ist dran').waitFor();

  // It is told to whoever has the other one open already.
  await mehmet.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await mehmet.getByText('Du bist dran').waitFor();
  await jana.getByText(/Mehmet Kaya spricht seit .* schon mit dieser Person/).waitFor();
  expect(await jana.getByRole('button', { name: 'Übernehmen', exact: true }).count()).toBe(0);
  expect(await violations(jana)).toEqual([]);
  const answer = jana.getByLabel('Antwort an Selma Roth');
  await answer.pressSequentially('Guten Tag');
  const refusal = jana.getByRole('status').filter({ hasText: 'Mehmet Kaya spricht gerade schon mit dieser Person.' });
  await refusal.waitFor();
  expect(await jana.getByText('Du bist dran').count()).toBe(0);
  await jana.getByRole('link', { name: first, exact: true }).click();
  await jana.getByRole('heading', { level: 1, name: first }).waitFor();
  await jana.getByText(/ist seit .* dran/).waitFor();

  // Who has not heard of it yet and takes it is told why not.
  const detail = /\/api\/v1\/conversations\/[0-9a-f-]{36}$/;
  await jana.route(detail, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), customerHeldBy: null } });
  });
  await jana.reload();
  await open(jana, second);
  await jana.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await jana.getByRole('region', { name: 'Meldungen' }).getByText('Mehmet Kaya spricht gerade schon mit dieser Person.').waitFor();
  await jana.unrouteAll({ behavior: 'wait' });
  await jana.reload();
  await open(jana, second);

  await jana.getByRole('button', { name: 'Ablösen' }).click();
  const dialog = jana.getByRole('dialog', { name: 'Mehmet Kaya ablösen?' });
  await dialog.getByRole('button', { name: 'Ablösen' }).click();
  await dialog.getByText('Schreib kurz, warum du übernimmst.').waitFor();
  await dialog.getByLabel('Grund').fill('Sie steht gerade hier im Laden.');
  await dialog.getByRole('button', { name: 'Ablösen' }).click();
  await jana.getByText('Du bist dran').waitFor();
  await expect.poll(() => answer.inputValue()).toBe('Guten Tag');
  expect(await refusal.count()).toBe(0);
  await mehmet.getByText('Jana Wolf hat Mehmet Kaya abgelöst: Sie steht gerade hier im Laden.').waitFor();
  await mehmet.getByText(/Jana Wolf spricht seit .* schon mit dieser Person/).waitFor();
  await mehmet.getByRole('link', { name: second, exact: true }).waitFor();
  await Promise.all([mehmet.context().close(), jana.context().close()]);
});

test('two who ask for the next at the same moment get different ones, and where nothing is free that is said', async () => {
  const subjects = [subjectOf('Trockner'), subjectOf('Backofen')];
  for (const subject of subjects) await sendMail({ from: `Eva Blum <${crypto.randomUUID()}@example.org>`, subject, text: 'Er piept.' });
  const pages = await Promise.all([signedIn('mehmet'), signedIn('jana')]);
  for (const page of pages) {
    await goWithin(page, '/inbox/unassigned');
    for (const subject of subjects) await page.getByRole('option', { name: new RegExp(subject) }).waitFor();
  }
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Nächstes freies Gespräch übernehmen' }).click()));
  const got = await Promise.all(
    pages.map(async (page) => {
      await page.getByText('Du bist dran').waitFor();
      return page.getByRole('heading', { level: 1, name: /Trockner|Backofen/ }).innerText();
    }),
  );
  expect(got.toSorted()).toEqual(subjects.toSorted());

  const [mehmet] = pages;
  if (!mehmet) return;
  const view = crypto.randomUUID();
  const filter = { tags: ['gibt-es-nicht'] };
  await asked(mehmet, conversationEndpoints.saveView, { id: view, name: 'Leer', filter, sort: 'newest', position: 9, shared: false });
  await goWithin(mehmet, `/inbox/${view}`);
  await mehmet.getByText('Hier ist nichts').waitFor();
  await mehmet.keyboard.press('g');
  await mehmet.keyboard.press('n');
  await mehmet.getByRole('region', { name: 'Meldungen' }).getByText('Hier ist gerade nichts frei.').waitFor();
  await asked(mehmet, conversationEndpoints.dropView, { id: view });
  await Promise.all(pages.map((page) => page.context().close()));
});

test('who goes on while a conversation is still being taken holds that one, and the next only once it is taken', async () => {
  const [first, second] = [subjectOf('Waage'), subjectOf('Mixer')];
  for (const subject of [first, second])
    await sendMail({ from: `Rolf Wind <${crypto.randomUUID()}@example.org>`, subject, text: 'Kaputt.' });
  const page = await signedIn('kim');
  await goWithin(page, '/inbox/unassigned');
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/claim$/, async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  const open = async (subject: string) => {
    await page.getByRole('option', { name: new RegExp(subject) }).click();
    await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  };
  await open(second);
  await page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await open(first);
  letGo();
  // What was taken is one's own, and this one is not.
  await page.getByRole('link', { name: /^Meine/ }).click();
  await page.getByRole('option', { name: new RegExp(second) }).waitFor();
  expect(await page.getByRole('option', { name: new RegExp(first) }).count()).toBe(0);
  await goWithin(page, '/inbox/unassigned');
  await open(first);
  await page.getByText('Niemand ist dran').waitFor();
  await page.getByLabel('Antwort an Rolf Wind').fill('Wir tauschen sie.');
  await page.getByText('Du bist dran').waitFor();
  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  await page.getByText('geht gleich raus').waitFor();
  await page.context().close();
});

test('written text never changes its audience without being asked', async () => {
  const subject = subjectOf('Wechsel');
  await sendMail({ from: 'Ute Lang <ute.lang@example.org>', subject, text: 'Eine Frage.' });
  const page = await signedIn('kim');
  await goWithin(page, '/inbox/unassigned');
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByRole('button', { name: 'Interne Notiz' }).click();
  await page.getByLabel('Interne Notiz', { exact: true }).last().fill('Nur für uns.');
  await page.getByRole('button', { name: 'Antwort', exact: true }).click();
  await page.getByRole('dialog', { name: 'Zur Antwort wechseln?' }).waitFor();
  await page.getByRole('button', { name: 'Notiz als Entwurf behalten, leere Antwort beginnen' }).click();
  expect(await page.getByLabel('Antwort an Ute Lang').inputValue()).toBe('');
  await page.context().close();
});

test('a send that passes over something newer says who wrote what, below text that has room', async () => {
  const subject = subjectOf('Spülmaschine');
  const id = `${crypto.randomUUID()}@example.org`;
  const from = 'Gisela Vogt <gisela.vogt@example.org>';
  await sendMail({ from, subject, text: 'Sie leckt.\n'.repeat(60), messageId: `<${id}>` });
  const mehmet = await signedIn('mehmet');
  await goWithin(mehmet, '/inbox/unassigned');
  await mehmet.getByRole('option', { name: new RegExp(subject) }).click();
  await mehmet.getByLabel('Antwort an Gisela Vogt').pressSequentially('Wir kommen am Montag.');
  await mehmet.getByText('Du bist dran').waitFor();
  await sendMail({ from, subject: `Re: ${subject}`, text: 'Sie leckt doch nicht, es war der Hahn.', inReplyTo: `<${id}>` });
  await mehmet
    .getByRole('article', { name: /Gisela Vogt/ })
    .nth(1)
    .waitFor();
  await mehmet.getByRole('button', { name: 'Senden', exact: true }).click();
  const refusal = mehmet.getByRole('status').filter({ hasText: 'Gelesen, trotzdem senden' });
  await refusal.getByText('Sie leckt doch nicht, es war der Hahn.').waitFor();
  expect(await refusal.getByRole('listitem').allTextContents()).toEqual([expect.stringMatching(/^Gisela Vogt /)]);
  // The buttons stand below, not beside.
  const [text, button] = await Promise.all([
    refusal.getByRole('listitem').boundingBox(),
    refusal.getByRole('button', { name: 'Gelesen, trotzdem senden' }).boundingBox(),
  ]);
  expect(button?.y).toBeGreaterThan((text?.y ?? 0) + (text?.height ?? 0) - 1);
  // From further up the newer message is one key away; the text being written stays.
  const newer = mehmet.getByRole('article', { name: /Gisela Vogt/ }).nth(1);
  await mehmet.getByRole('region', { name: 'Verlauf' }).evaluate((region) => region.scrollTo(0, 0));
  await expect.poll(() => inSight(newer)).toBe(false);
  await refusal.getByRole('button', { name: 'Neue Nachricht zeigen' }).press('Enter');
  await expect.poll(() => inSight(newer)).toBe(true);
  expect(await newer.evaluate((article) => article === document.activeElement)).toBe(true);
  expect(await newer.getAttribute('data-marked')).toBe('true');
  await expect.poll(() => newer.getAttribute('data-marked'), { timeout: 10_000 }).toBeNull();
  expect(await mehmet.getByLabel('Antwort an Gisela Vogt').inputValue()).toBe('Wir kommen am Montag.');
  await refusal.getByRole('button', { name: 'Gelesen, trotzdem senden' }).click();
  await mehmet
    .getByRole('article', { name: /Mehmet Kaya/ })
    .getByText('Wir kommen am Montag.')
    .waitFor();
  await mehmet.context().close();
});
