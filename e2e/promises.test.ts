import type { Locator, Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { caseEndpoints } from '../contract/cases.ts';
import { conversationEndpoints } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { type Actor, caller, cast, password } from './company.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

const minute = 60_000;
const at = (fromNow: number): string => new Date(Date.now() + fromNow).toISOString();

async function callerFor(actor: Actor): Promise<ReturnType<typeof caller>> {
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast[actor].email, password });
  return call;
}

/** A customer's case that somebody is on, to make promises in. */
async function openCase(call: ReturnType<typeof caller>, words: string): Promise<string> {
  const subject = subjectOf(words);
  await sendMail({ from: `Zita Zusage <zita.${Date.now()}@example.org>`, subject, text: 'Wann kommt mein Sofa?' });
  let found: { id: string; caseId: string | null } | undefined;
  await expect
    .poll(async () => {
      const { items } = await call(conversationEndpoints.list, { view: 'unassigned', limit: 100 });
      found = items.find((item) => item.subject === subject);
      return found?.caseId ?? null;
    })
    .not.toBe(null);
  await call(conversationEndpoints.claim, { id: found?.id ?? '', mode: 'take' });
  return found?.caseId ?? '';
}

const promise = (call: ReturnType<typeof caller>, id: string, text: string, dueTo: string) =>
  call(caseEndpoints.state, { id, kind: 'commitment', text, dueTo, informed: { how: 'phone' } });

/** What is promised in these cases, in the order of the page. */
const listed = (page: Page, mark: string): Promise<string[]> =>
  rows(page)
    .filter({ hasText: mark })
    .evaluateAll((all) => all.map((row) => row.querySelectorAll('td')[1]?.textContent ?? ''));
const rows = (page: Page): Locator => page.getByRole('main').getByRole('table').getByRole('row');

test('promises stand in the order in which they press, are filtered, lead to their case, and follow what others do', async () => {
  const [kim, mehmet] = [await callerFor('kim'), await callerFor('mehmet')];
  const mark = subjectOf('Zusage');
  const [hers, his] = [await openCase(kim, 'Sofa'), await openCase(mehmet, 'Herd')];
  await promise(kim, hers, `${mark} später`, at(48 * 60 * minute));
  await promise(kim, hers, `${mark} bald`, at(3 * 60 * minute));
  await promise(mehmet, his, `${mark} von Mehmet`, at(24 * 60 * minute));
  await promise(kim, hers, `${mark} gebrochen`, at(4_000));

  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  await page.goto(`${inject('base')}/promises`);
  // Broken by itself while somebody looks, it is on top.
  const broken = rows(page).filter({ hasText: `${mark} gebrochen` });
  await broken.getByText(/überfällig seit/).waitFor();
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} gebrochen`, `${mark} bald`, `${mark} von Mehmet`, `${mark} später`]);
  await rows(page)
    .filter({ hasText: `${mark} bald` })
    .getByText(/^fällig /)
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/promises.png' });

  const filter = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  await filter('Meine');
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} gebrochen`, `${mark} bald`, `${mark} später`]);
  await filter('Gebrochen');
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} gebrochen`]);
  await filter('Offen');
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} bald`, `${mark} später`]);
  await filter('Alles Ausstehende');
  await filter('Meine und die meiner Teams');
  await expect.poll(async () => (await listed(page, mark)).length).toBe(4);

  // What a colleague promises and keeps comes and goes by itself.
  const { statement } = (await promise(mehmet, his, `${mark} neu`, at(30 * 60 * minute))) as { statement: { id: string } };
  await expect.poll(() => listed(page, mark)).toContain(`${mark} neu`);
  await mehmet(caseEndpoints.keep, { id: statement.id, evidence: 'Geliefert.' });
  await expect.poll(() => listed(page, mark)).not.toContain(`${mark} neu`);

  const row = rows(page).filter({ hasText: `${mark} von Mehmet` });
  await row.getByRole('link').click();
  await page.waitForURL(`${inject('base')}/cases/${his}`);
  await page.getByRole('region', { name: 'Zusagen' }).getByText(`${mark} von Mehmet`).waitFor();
});

test('a promise by working time is said as a date, which the dialog fills in', async () => {
  const kim = await callerFor('kim');
  const id = await openCase(kim, 'Lampe');
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  await page.goto(`${inject('base')}/cases/${id}`);
  await page.getByRole('button', { name: 'Zusage oder Auskunft festhalten' }).click();
  const dialog = page.getByRole('dialog', { name: 'Was wurde gesagt?' });
  const within = dialog.getByRole('group', { name: 'Termin nach Arbeitszeit' });
  await within.getByLabel('Anzahl').fill('2');
  await within.getByRole('combobox', { name: 'Einheit' }).click();
  await page.getByRole('option', { name: 'Arbeitstagen' }).click();
  const due = dialog.getByLabel('Fällig am');
  expect(await due.inputValue()).toBe('');
  await within.getByRole('button', { name: 'Termin einsetzen' }).click();
  await expect.poll(() => due.inputValue()).not.toBe('');
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Wortlaut').fill('Die Lampe kommt.');
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  // Whether it is looked at before midnight or after it, it is the end of a day of work.
  const teamId = (await kim(caseEndpoints.open, { id })).conversations[0]?.teamId ?? '';
  const ends = async () => (await kim(workspaceEndpoints.workingTime, { teamId, unit: 'days', amount: 2 })).at;
  const before = await ends();
  await expect.poll(async () => (await kim(caseEndpoints.open, { id })).statements.map(({ dueTo }) => dueTo)).toHaveLength(1);
  const { statements } = await kim(caseEndpoints.open, { id });
  expect([before, await ends()]).toContain(statements[0]?.dueTo);
});

test('a promise is settled from the list by its key at once; what is refused comes back with the reason and the words', async () => {
  const kim = await callerFor('kim');
  const mark = subjectOf('Wort');
  const id = await openCase(kim, 'Regal');
  await promise(kim, id, `${mark} eins`, at(60 * minute));
  await promise(kim, id, `${mark} zwei`, at(120 * minute));
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  await page.goto(`${inject('base')}/promises`);
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} eins`, `${mark} zwei`]);
  const settle = (text: string): Locator => page.getByRole('button', { name: `Erfüllt: ${text}` });
  await settle(`${mark} zwei`).focus();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Zusage erfüllt' });
  await dialog.getByText(`${mark} zwei`).waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Woran sieht man es?').fill('Liegt im Laden bereit.');

  // The server is asked, and answers only when the list has been looked at.
  let answer: (() => void) | undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/statements/*/evidence', async (route) => {
    await asked;
    await route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'core.illegal_transition', status: 409, title: 'x' }),
    });
  });
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} eins`]);
  answer?.();
  await page.locator('[data-toast]').filter({ hasText: 'Dein Text steht noch da' }).waitFor();
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} eins`, `${mark} zwei`]);
  await page.unroute('**/statements/*/evidence');

  await settle(`${mark} zwei`).click();
  expect(await dialog.getByLabel('Woran sieht man es?').inputValue()).toBe('Liegt im Laden bereit.');
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} eins`]);
  await page.reload();
  await expect.poll(() => listed(page, mark)).toEqual([`${mark} eins`]);

  await page.setViewportSize({ width: 390, height: 844 });
  const card = page
    .getByRole('list', { name: 'Zusagen' })
    .getByRole('listitem')
    .filter({ hasText: `${mark} eins` });
  await card.getByRole('button', { name: `Erfüllt: ${mark} eins` }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/promises-phone.png' });
});
