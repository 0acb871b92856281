import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, signedIn, signIn, useBrowser } from './browser.ts';
import { cast, setUpCompany } from './company.ts';
import { sendMail, subjectOf } from './mail.ts';
import { startNahbar } from './server.ts';

useBrowser();

test('what is typed while the server is away is kept, saved by itself when it is back, and survives a reload meanwhile', async () => {
  const subject = subjectOf('Ausfall');
  await sendMail({ from: 'Lotte Brahms <lotte.brahms@example.org>', subject, text: 'Kommt mein Paket noch?' });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  const answer = page.getByLabel('Antwort an Lotte Brahms');
  await answer.pressSequentially('Guten Tag');
  await page.getByText('Entwurf gespeichert').waitFor();

  const drafts = /\/drafts?(\/|$|\?)/;
  await page.route(drafts, (route) => route.abort());
  await answer.pressSequentially(', Frau Brahms');
  await page.getByText('Entwurf noch nicht gespeichert').waitFor();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect.poll(() => answer.inputValue(), { timeout: 10_000 }).toBe('Guten Tag, Frau Brahms');
  await page.getByText('Entwurf noch nicht gespeichert').waitFor();

  await page.unroute(drafts);
  await page.getByText('Entwurf gespeichert').waitFor({ timeout: 10_000 });
  await page.reload();
  await expect.poll(() => answer.inputValue(), { timeout: 10_000 }).toBe('Guten Tag, Frau Brahms');
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('nahbar.kept')))).toEqual([]);
  await page.context().close();
});

test('a draft whose storing got no reply is our own', async () => {
  const subject = subjectOf('Wackelt');
  await sendMail({ from: 'Lotte Brahms <lotte.brahms@example.org>', subject, text: 'Und die Rechnung?' });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  const answer = page.getByLabel('Antwort an Lotte Brahms');
  const stored = async (): Promise<string | undefined> => {
    const id = page.url().split('/').at(-1) ?? '';
    const response = await page.request.get(`${inject('base')}/api/v1/conversations/${id}`);
    return ((await response.json()) as { drafts: { text: string }[] }).drafts[0]?.text;
  };
  await answer.pressSequentially('Kommt heute.');
  await page.getByText('Entwurf gespeichert').waitFor();

  // Stored, but the answer to it never arrives.
  let isLost = false;
  await page.route(/\/drafts?(\/|$|\?)/, async (route) => {
    if (isLost) return route.continue();
    isLost = true;
    await route.fetch();
    await route.abort();
  });
  await answer.pressSequentially(' Versprochen.');
  await expect.poll(() => isLost).toBe(true);
  await answer.pressSequentially(' Grüße');
  await expect.poll(stored, { timeout: 15_000 }).toBe('Kommt heute. Versprochen. Grüße');
  await page.getByText('Entwurf gespeichert').waitFor();
  expect(await page.getByText('neuer geschrieben').count()).toBe(0);
  await page.context().close();
});

test('a field that is left and entered again while its last words are on their way knows them as its own', async () => {
  const [subject, another] = [subjectOf('Hin'), subjectOf('Her')];
  for (const one of [subject, another])
    await sendMail({ from: `Lotte Brahms <${crypto.randomUUID()}@example.org>`, subject: one, text: 'Und die Rechnung?' });
  const page = await signedIn('kim', { at: '/inbox/open' });
  const go = (where: string) => page.getByRole('option', { name: new RegExp(where) }).click();
  await go(subject);
  const answer = page.getByLabel('Antwort an Lotte Brahms');
  await answer.pressSequentially('Kommt heute.');
  await page.getByText('Entwurf gespeichert').waitFor();
  await page.route(/\/drafts?(\/|$|\?)/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await answer.pressSequentially(' Bald.');
  await go(another);
  await page.getByRole('heading', { name: another }).waitFor();
  await go(subject);
  await expect.poll(() => answer.inputValue()).toBe('Kommt heute. Bald.');
  await answer.press('End');
  await answer.pressSequentially(' Grüße');
  await page.getByText('Entwurf gespeichert').waitFor();
  expect(await page.getByText('neuer geschrieben').count()).toBe(0);
  expect(await answer.inputValue()).toBe('Kommt heute. Bald. Grüße');
  await page.context().close();
});

test('a page whose server goes away says so within seconds, keeps what is typed, and catches up by itself when it is back', async () => {
  const nahbar = await startNahbar();
  onTestFinished(() => nahbar.stop(), 60_000);
  await setUpCompany(nahbar.base);
  const mail = (subject: string): Promise<void> =>
    sendMail({ from: 'Lotte Brahms <lotte.brahms@example.org>', subject, text: 'Ist jemand da?' }, nahbar.smtpPort);
  const page = await newPage();
  await signIn(page, cast.kim.email, nahbar.base);
  await mail('Vorher');
  await page.goto(`${nahbar.base}/inbox/unassigned`);
  await page.getByRole('option', { name: /Vorher/ }).click();
  const answer = page.getByLabel('Antwort an Lotte Brahms');
  await answer.pressSequentially('Guten Tag');
  await page.getByText('Entwurf gespeichert').waitFor();

  await nahbar.away();
  await page.getByText(/Diese Ansicht ist .* alt\. Was du schreibst, bleibt erhalten\./).waitFor({ timeout: 10_000 });
  await answer.pressSequentially(', Frau Brahms');
  await page.getByText('Entwurf noch nicht gespeichert').waitFor();
  await page.getByRole('status').getByText('Der Server ist nicht erreichbar.').waitFor();
  expect(await violations(page)).toEqual([]);
  // Nobody takes the mail, so whoever sends it tries again.
  await expect(mail('Inzwischen')).rejects.toThrow('ECONNREFUSED');

  await nahbar.back();
  await mail('Inzwischen');
  await page.getByRole('option', { name: /Inzwischen/ }).waitFor({ timeout: 20_000 });
  await page.getByRole('region', { name: 'Meldungen' }).getByText('Die Verbindung ist wieder da.').waitFor();
  await page.getByText('Was du schreibst, bleibt erhalten.').waitFor({ state: 'detached' });
  await page.getByText('Entwurf gespeichert').waitFor({ timeout: 10_000 });
  expect(await answer.inputValue()).toBe('Guten Tag, Frau Brahms');
  await page.context().close();
});

/** A customer's conversation, open in front of Kim, who holds it. */
async function opened(name: string) {
  const subject = subjectOf(name);
  const from = `Lotte ${name} <${crypto.randomUUID()}@example.org>`;
  await sendMail({ from, subject, text: 'Wo bleibt es?' });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await page.getByText('Du bist dran').waitFor();
  const id = page.url().split('/').at(-1) ?? '';
  return { page, id, subject, address: `${inject('base')}/inbox/mine/${id}`, answer: page.getByLabel(`Antwort an Lotte ${name}`) };
}

async function note(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Interne Notiz' }).click();
  await page.getByLabel('Interne Notiz', { exact: true }).last().fill(text);
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
}

/** What the server has, each as often as it has it. */
async function stored(page: Page, id: string): Promise<string[]> {
  const response = await page.request.get(`${inject('base')}/api/v1/conversations/${id}`);
  const { messages } = (await response.json()) as { messages: { kind: string; seq: number; text: string }[] };
  return messages
    .filter(({ kind, seq }) => kind !== 'system' && seq > 1)
    .map(({ text }) => text)
    .toSorted();
}

const waits = (page: Page) => page.getByText('Wartet auf Verbindung.', { exact: true });

test('what is sent while the line is away waits in the timeline, survives the closing of the page, and leaves once when the line is back', async () => {
  const { page, id, address, answer } = await opened('Leitung');
  const context = page.context();
  await context.setOffline(true);
  await answer.fill('Morgen ist es da.');
  await answer.press('Control+Enter');
  await waits(page).waitFor();
  expect(await answer.inputValue()).toBe('');
  await note(page, 'Lager angerufen.');
  await expect.poll(() => waits(page).count()).toBe(2);
  await page.getByText('2 Nachrichten warten auf Verbindung.').waitFor({ timeout: 15_000 });
  expect(await violations(page)).toEqual([]);

  // Called back, it is a text again; sent again, it goes on under the id that it may have arrived with.
  await page.getByRole('article').filter({ hasText: 'Lager angerufen.' }).getByRole('button', { name: 'Zurückholen' }).click();
  const field = page.getByLabel('Interne Notiz', { exact: true }).last();
  await expect.poll(() => field.inputValue()).toBe('Lager angerufen.');
  await field.fill('Lager zweimal angerufen.');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await expect.poll(() => waits(page).count()).toBe(2);
  await page.getByRole('button', { name: 'Antwort', exact: true }).click();
  await answer.pressSequentially('Angefangen');
  await page.getByText('Entwurf noch nicht gespeichert').waitFor();
  await page.close();

  const again = await context.newPage();
  await context.setOffline(false);
  await again.goto(address);
  await expect.poll(() => stored(again, id), { timeout: 30_000 }).toEqual(['Lager zweimal angerufen.', 'Morgen ist es da.']);
  await again.getByRole('article').filter({ hasText: 'Morgen ist es da.' }).waitFor();
  expect(await again.getByRole('article').filter({ hasText: 'Morgen ist es da.' }).count()).toBe(1);
  expect(await again.getByRole('article').filter({ hasText: 'Lager zweimal angerufen.' }).count()).toBe(1);
  // What was typed and not sent is there, too.
  await expect.poll(() => again.getByLabel('Antwort an Lotte Leitung').inputValue(), { timeout: 10_000 }).toBe('Angefangen');
  await context.close();
});

test('nothing leaves over what a colleague has written meanwhile: the text stands in its field with the reason', async () => {
  const { page, id, answer } = await opened('Inzwischen');
  await page.context().setOffline(true);
  await answer.fill('Ich rufe an.');
  await answer.press('Control+Enter');
  await waits(page).waitFor();
  const jana = await signedIn('jana', { at: `/inbox/open/${id}` });
  await jana.getByRole('button', { name: 'Ablösen' }).click();
  await jana.getByLabel('Grund').fill('Kim ist nicht zu erreichen.');
  await jana.getByRole('dialog').getByRole('button', { name: 'Ablösen' }).click();
  await jana.getByText('Du bist dran').waitFor();
  await jana.getByLabel('Antwort an Lotte Inzwischen').fill('Schon geklärt.');
  await jana.getByRole('button', { name: 'Senden', exact: true }).click();
  await expect.poll(() => stored(jana, id)).toEqual(['Schon geklärt.']);

  await page.context().setOffline(false);
  await expect.poll(() => answer.inputValue(), { timeout: 30_000 }).toBe('Ich rufe an.');
  await page
    .locator('[data-composer]')
    .getByText(/nicht mehr dran|jetzt dran|etwas Neues dazugekommen/)
    .waitFor();
  await waits(page).waitFor({ state: 'hidden' });
  expect(await stored(page, id)).toEqual(['Schon geklärt.']);
  await Promise.all([page.context().close(), jana.context().close()]);
});

test('of two windows of a person one sends what waits', async () => {
  const { page, id, address, answer } = await opened('Doppelt');
  const other = await page.context().newPage();
  await other.goto(address);
  await other.getByText('Du bist dran').waitFor();
  const taken: string[] = [];
  for (const each of [page, other])
    each.on('response', (response) => {
      const isSend = response.request().method() === 'POST' && /\/conversations\/[^/]+\/messages$/.test(response.url());
      if (isSend) taken.push(response.url());
    });
  await page.context().setOffline(true);
  await answer.fill('Einmal genügt.');
  await answer.press('Control+Enter');
  await waits(page).waitFor();
  await other.getByRole('article').filter({ hasText: 'Einmal genügt.' }).waitFor();
  await page.context().setOffline(false);
  await expect.poll(() => stored(page, id), { timeout: 30_000 }).toEqual(['Einmal genügt.']);
  for (const each of [page, other]) {
    await waits(each).waitFor({ state: 'hidden' });
    expect(await each.getByRole('article').filter({ hasText: 'Einmal genügt.' }).count()).toBe(1);
  }
  expect(taken).toHaveLength(1);
  await page.context().close();
});

test('signing out asks while something waits, and forgets it', async () => {
  const { page, id, answer } = await opened('Abmelden');
  const messages = /\/conversations\/[^/]+\/messages$/;
  await page.route(messages, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await answer.fill('Noch nicht weg.');
  await answer.press('Control+Enter');
  await waits(page).waitFor();
  const leave = async (): Promise<void> => {
    await page.getByRole('button', { name: /^Menü von/ }).click();
    await page.getByRole('menuitem', { name: 'Abmelden' }).click();
  };
  await leave();
  const dialog = page.getByRole('dialog', { name: 'Noch nicht gesendet' });
  await dialog.getByText('Ein Text liegt nur in diesem Browser.').waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Angemeldet bleiben' }).click();
  await waits(page).waitFor();
  await leave();
  await dialog.getByRole('button', { name: 'Abmelden und verwerfen' }).click();
  await page.waitForURL(/sign-in/);
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => /^nahbar\.kept/.test(key)));
  expect(kept).toEqual([]);
  await page.context().close();
  const jana = await signedIn('jana');
  expect(await stored(jana, id)).toEqual([]);
  await jana.context().close();
});
