import type { Page, Route } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

interface Answer {
  status: number;
  body: string;
}

/** Keeps every request of a kind waiting, each until it is told what becomes of it. */
async function holdBack(page: Page, method: string, path: RegExp) {
  const held: Route[] = [];
  const listener = (route: Route): void => {
    if (route.request().method() === method) held.push(route);
    else void route.fallback();
  };
  await page.route(path, listener);
  const next = async (): Promise<Route> => {
    await expect.poll(() => held.length, { timeout: 15_000 }).toBeGreaterThan(0);
    return held.shift() as Route;
  };
  return {
    refuse: async ({ status, body }: Answer) => (await next()).fulfill({ status, body, contentType: 'application/problem+json' }),
    letThrough: async () => (await next()).continue(),
    end: () => page.unroute(path, listener),
  };
}

/** What the server itself answers to something that it does not do. */
async function refusalOf(page: Page, method: string, path: string, data: unknown): Promise<Answer> {
  const origin = inject('base');
  const headers = { origin, 'x-nahbar': '1', 'idempotency-key': crypto.randomUUID() };
  const response = await page.request.fetch(`${origin}/api/v1${path}`, { method, data, headers });
  const answer = { status: response.status(), body: await response.text() };
  expect([400, 409, 422], answer.body).toContain(answer.status);
  return answer;
}

const toast = (page: Page, text: string) => page.locator('[data-toast]').filter({ hasText: text });

/** A conversation in front of Kim. */
async function opened(name: string) {
  const subject = subjectOf(name);
  await sendMail({ from: `Greta ${name} <${crypto.randomUUID()}@example.org>`, subject, text: 'Wo ist mein Paket?' });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  const id = page.url().split('/').at(-1) ?? '';
  return { page, id, subject };
}

/** One that she holds. */
async function taken(name: string) {
  const open = await opened(name);
  await open.page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await open.page.getByText('Du bist dran').waitFor();
  return open;
}

const lost = (page: Page, id: string) =>
  refusalOf(page, 'POST', `/conversations/${id}/messages`, { text: 'x', draftId: crypto.randomUUID(), fence: 0, baseSeq: 1 });

test('an answer stands in the timeline before the server has it; refused, it goes, and its text and the reason stand in the composer; undone, it comes back at once', async () => {
  const { page, id } = await taken('Antwort');
  const answer = page.getByLabel('Antwort an Greta Antwort');
  const card = page.getByRole('article').filter({ hasText: 'Es kommt morgen.' });
  const sending = await holdBack(page, 'POST', /\/conversations\/[^/]+\/messages$/);
  await answer.fill('Es kommt morgen.');
  await answer.press('Control+Enter');
  await card.getByText('wird gesendet').waitFor();
  expect(await answer.inputValue()).toBe('');

  // The composer is free meanwhile; what came back stands above what was typed since.
  await answer.pressSequentially('Und noch etwas.');
  await sending.refuse(await lost(page, id));
  await page.locator('[data-composer]').getByText('ist jetzt dran').waitFor();
  await card.waitFor({ state: 'hidden' });
  await expect.poll(() => answer.inputValue()).toBe('Es kommt morgen.\n\nUnd noch etwas.');

  await answer.fill('Es kommt morgen.');
  await answer.press('Control+Enter');
  await card.waitFor();
  await sending.letThrough();
  await sending.end();

  const undoing = await holdBack(page, 'DELETE', /\/delivery$/);
  const undo = toast(page, 'Wird gesendet').getByRole('button', { name: 'Rückgängig' });
  await undo.click();
  await page
    .getByText(/zurückgenommen|zurückgeholt/)
    .first()
    .waitFor();
  await expect.poll(() => answer.inputValue()).toBe('Es kommt morgen.');
  await undoing.refuse(await lost(page, id));
  await toast(page, 'Du bist nicht mehr dran.').waitFor();
  await card.getByText(/geht gleich raus|wird gesendet|gesendet/).waitFor();
  await expect.poll(() => answer.inputValue()).toBe('');
  await page.context().close();
});

test('what is taken back in time stands in the field before the server has answered, and is its draft afterwards', async () => {
  const { page } = await taken('Zurück');
  const answer = page.getByLabel('Antwort an Greta Zurück');
  await answer.fill('Zu früh.');
  await answer.press('Control+Enter');
  const undoing = await holdBack(page, 'DELETE', /\/delivery$/);
  await toast(page, 'Wird gesendet').getByRole('button', { name: 'Rückgängig' }).click();
  await expect.poll(() => answer.inputValue()).toBe('Zu früh.');
  await undoing.letThrough();
  await page.getByText('Entwurf gespeichert').waitFor();
  await page.reload();
  await expect.poll(() => answer.inputValue(), { timeout: 10_000 }).toBe('Zu früh.');
  await page.context().close();
});

test('a note stands in the timeline before the server has it, and comes back with the reason', async () => {
  const { page, id } = await taken('Notiz');
  const wrong = await refusalOf(page, 'POST', `/conversations/${id}/notes`, { noteId: crypto.randomUUID(), text: '' });
  await page.getByRole('button', { name: 'Interne Notiz' }).click();
  const field = page.getByLabel('Interne Notiz', { exact: true }).last();
  const card = page.getByRole('article', { name: /Interne Notiz von/ });
  const noting = await holdBack(page, 'POST', /\/notes$/);
  await field.fill('Nachbarin fragen.');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await card.getByText('Nachbarin fragen.').waitFor();
  expect(await field.inputValue()).toBe('');
  await noting.refuse(wrong);
  await card.waitFor({ state: 'hidden' });
  await expect.poll(() => field.inputValue()).toBe('Nachbarin fragen.');
  await page.locator('[data-composer=note]').getByRole('alert').first().waitFor();

  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await card.getByText('Nachbarin fragen.').waitFor();
  await noting.letThrough();
  await noting.end();
  await page.reload();
  await card.getByText('Nachbarin fragen.').waitFor();
  expect(await card.count()).toBe(1);
  await page.context().close();
});

test('tags, a colleague and a later time stand in their places at once, and what stood there stands there again when they were refused', async () => {
  const { page, id, subject } = await opened('Ablage');
  const wrong = await refusalOf(page, 'PATCH', `/conversations/${id}`, { assigneeId: crypto.randomUUID() });
  const reason = (JSON.parse(wrong.body) as { code: string }).code;
  expect(reason).toBe('conversations.assignee_cannot_read');
  const row = page.getByRole('option', { name: new RegExp(subject) });
  await row.waitFor();
  const changing = await holdBack(page, 'PATCH', /\/conversations\/[^/]+$/);
  const refusedOnScreen = async (): Promise<void> => {
    await changing.refuse(wrong);
    const notice = page.locator('[data-toast]').filter({ hasText: 'nicht' }).first();
    await notice.waitFor();
    await notice.locator('button').click();
    // While it has the focus, keys are its own.
    await notice.waitFor({ state: 'hidden' });
  };

  await page.keyboard.press('t');
  await page.getByRole('dialog').getByLabel('Schlagwörter').fill('dringlich');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
  await row.getByText('dringlich').waitFor();
  await refusedOnScreen();
  await row.getByText('dringlich').waitFor({ state: 'hidden' });

  await page.keyboard.press('a');
  await page.getByRole('dialog').getByRole('combobox').fill('Jana');
  await page.keyboard.press('Enter');
  await row.waitFor({ state: 'hidden' });
  await refusedOnScreen();
  await row.waitFor();

  await page.keyboard.press('s');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Morgen früh/ })
    .click();
  await row.waitFor({ state: 'hidden' });
  await refusedOnScreen();
  await row.waitFor();
  await page.context().close();
});

test('a fact, a promise and that it was kept stand in the case at once; refused, they go, and what was typed stands there with the reason', async () => {
  const { page } = await taken('Zusage');
  const facts = page.locator('section[aria-label="Schon bekannt"]');
  const noting = await holdBack(page, 'PUT', /\/facts\/[^/]+$/);
  await facts.getByRole('button', { name: 'Tatsache festhalten' }).click();
  await page.getByLabel('Was (z. B. Bestellnummer)').fill('Bestellung');
  await page.getByLabel('Wert', { exact: true }).fill('B-77');
  await page.keyboard.press('Enter');
  await facts.getByText('B-77').waitFor();
  const caseId = (await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)))
    .map((name) => /\/cases\/([0-9a-f-]{36})/.exec(name)?.[1])
    .find(Boolean);
  await noting.refuse(await refusalOf(page, 'PUT', `/cases/${caseId}/facts/x`, { label: '', value: 'x', source: 'adviser' }));
  await facts.getByText('B-77').waitFor({ state: 'hidden' });
  await page.getByRole('alert').first().waitFor();
  expect(await page.getByLabel('Wert', { exact: true }).inputValue()).toBe('B-77');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await facts.getByText('B-77').waitFor();
  await noting.letThrough();
  await noting.end();

  const late = await refusalOf(page, 'POST', `/cases/${caseId}/statements`, {
    kind: 'commitment',
    text: 'x',
    dueTo: '2020-01-01T00:00:00.000Z',
    informed: { how: 'phone' },
  });
  // By its mark, not its role: an open dialog hides the rest of the page from those.
  const promises = page.locator('section[aria-label="Zusagen"]');
  const dialog = page.getByRole('dialog', { name: 'Was wurde gesagt?' });
  const telling = await holdBack(page, 'POST', /\/statements$/);
  await promises.getByRole('button', { name: 'Zusage oder Auskunft festhalten' }).click();
  await dialog.getByLabel('Wortlaut').fill('Wir rufen an.');
  await dialog.getByLabel('Fällig am').fill(`${new Date(Date.now() + 172_800_000).toISOString().slice(0, 10)}T10:00`);
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await promises.getByText('Wir rufen an.').waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await telling.refuse(late);
  await dialog.getByRole('alert').waitFor();
  await promises.getByText('Wir rufen an.').waitFor({ state: 'hidden' });
  expect(await dialog.getByLabel('Wortlaut').inputValue()).toBe('Wir rufen an.');
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await promises.getByText('Wir rufen an.').waitFor();
  // What is opened before the answer is there is not closed by it.
  const evidence = page.getByRole('dialog', { name: 'Zusage erfüllt' });
  await promises.getByRole('button', { name: 'Erfüllt' }).click();
  await evidence.getByLabel('Woran sieht man es?').fill('Angerufen.');
  const told = page.waitForResponse(/\/statements$/);
  await telling.letThrough();
  await (await told).finished();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  expect(await evidence.getByLabel('Woran sieht man es?').inputValue({ timeout: 1000 })).toBe('Angerufen.');
  await telling.end();

  const keeping = await holdBack(page, 'POST', /\/evidence$/);
  await evidence.getByRole('button', { name: 'Speichern' }).click();
  await promises.getByText('Nichts offen').waitFor();
  await keeping.refuse(await refusalOf(page, 'POST', `/statements/${crypto.randomUUID()}/evidence`, { evidence: '' }));
  await toast(page, 'Dein Text steht noch da').waitFor();
  await promises.getByText('Wir rufen an.').waitFor();
  await promises.getByRole('button', { name: 'Erfüllt' }).click();
  expect(await evidence.getByLabel('Woran sieht man es?').inputValue()).toBe('Angerufen.');
  await evidence.getByRole('button', { name: 'Speichern' }).click();
  await promises.getByText('Nichts offen').waitFor();
  await keeping.letThrough();
  await page.reload();
  await facts.getByText('B-77').waitFor();
  await promises.getByText('Nichts offen').waitFor();
  await page.context().close();
});

test('a case is resolved in the list and in its own place at once; refused, it is open again and the dialog has the reasons and the words', async () => {
  const { page, subject } = await taken('Lösung');
  const dialog = page.getByRole('dialog', { name: /lösen$/ });
  const row = page.getByRole('option', { name: new RegExp(subject) });
  const resolving = await holdBack(page, 'POST', /\/cases\/[^/]+\/resolution$/);
  await page.goto(`${inject('base')}/inbox/mine`);
  await row.click();
  await page.getByRole('button', { name: 'Lösen' }).first().click();
  await dialog.getByLabel('Was war die Lösung?').fill('Paket gefunden.');
  const caseId = (await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)))
    .map((name) => /\/cases\/([0-9a-f-]{36})/.exec(name)?.[1])
    .find(Boolean);
  // Nobody has told the customer anything yet.
  const refusal = await refusalOf(page, 'POST', `/cases/${caseId}/resolution`, { summary: 'x', carriedCommitmentIds: [] });
  await dialog.getByRole('button', { name: 'Lösen' }).click();
  await row.waitFor({ state: 'hidden' });
  await dialog.waitFor({ state: 'hidden' });
  await resolving.refuse(refusal);
  await dialog.getByRole('alert').getByText('Die Kund:in weiß es noch nicht.').waitFor();
  expect(await dialog.getByLabel('Was war die Lösung?').inputValue()).toBe('Paket gefunden.');
  await page.locator('[role=option]').filter({ hasText: subject }).waitFor({ state: 'attached' });

  await dialog.getByRole('combobox').click();
  await page.getByRole('option', { name: 'Am Telefon' }).click();
  await dialog.getByRole('button', { name: 'Lösen' }).click();
  await row.waitFor({ state: 'hidden' });
  await resolving.letThrough();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  await expect.poll(() => page.getByRole('option', { name: new RegExp(subject) }).count()).toBe(0);
  await page.context().close();
});

test('a conversation is given back at once, and held again when that was refused; a claim is never shown before it is held', async () => {
  const { page, id } = await taken('Rückgabe');
  const giving = await holdBack(page, 'DELETE', /\/claim$/);
  await page.getByRole('button', { name: 'Zurückgeben' }).click();
  await page.getByText('Niemand ist dran').waitFor();
  await giving.refuse(await lost(page, id));
  await toast(page, 'Du bist nicht mehr dran.').waitFor();
  await page.getByText('Du bist dran').waitFor();
  await page.getByRole('button', { name: 'Zurückgeben' }).click();
  await page.getByText('Niemand ist dran').waitFor();
  await giving.letThrough();
  await giving.end();

  const taking = await holdBack(page, 'POST', /\/claim$/);
  const take = page.getByRole('button', { name: 'Übernehmen', exact: true });
  await take.click();
  await expect.poll(() => take.getAttribute('aria-busy')).toBe('true');
  expect(await page.getByText('Du bist dran').count()).toBe(0);
  await taking.letThrough();
  await page.getByText('Du bist dran').waitFor();
  await page.context().close();
});
