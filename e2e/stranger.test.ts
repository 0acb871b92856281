import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

const customer = 'klein.vertrag@example.org';
const newcomer = 'dritt@fremd.example';

/** Where our last mail about this subject wants its answers: the address with the token, which a forwarded mail shows to anybody. */
async function answersTo(page: Page, subject: string): Promise<string> {
  const outbox = await page.context().newPage();
  await outbox.goto(`${inject('base')}/outbox`);
  await outbox
    .getByRole('button', { name: new RegExp(subject) })
    .first()
    .click();
  const href = await outbox.getByRole('link', { name: 'Original herunterladen' }).getAttribute('href');
  const raw = await outbox.evaluate(async (from) => (await fetch(from)).text(), href ?? '');
  await outbox.close();
  return /service\+\w{44}@haus-heim\.example/.exec(raw)?.[0] ?? '';
}

const sent = async (page: Page, count: number): Promise<void> =>
  await expect.poll(() => page.getByText('gesendet', { exact: true }).count(), { timeout: 20_000 }).toBe(count);

test('who answers a mail that the customer handed on is pointed out, and answered only by who chooses to', async () => {
  const subject = subjectOf('Vertrag');
  await sendMail({ from: `Erika Klein <${customer}>`, subject, text: 'Bis wann läuft mein Vertrag?' });
  const page = await signedIn('mehmet', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByLabel('Antwort an Erika Klein').fill('Ihr Vertrag läuft bis Mai.');
  await page.getByText('Du bist dran').waitFor();
  await page.keyboard.press('Control+Enter');
  await sent(page, 1);

  const to = await answersTo(page, subject);
  expect(to).not.toBe('');
  await sendMail({ from: `Dieter Dritt <${newcomer}>`, to, subject: `AW: WG: ${subject}`, text: 'Kündigen Sie ihn bitte sofort.' });
  const card = page.getByRole('article', { name: /Dieter Dritt/ });
  await card.getByText('neu im Gespräch', { exact: true }).waitFor();
  await card.getByText(/gehörte bisher nicht zu diesem Gespräch. Prüfe, wer das ist/).waitFor();

  // Beside the field: who wrote last, and that an answer goes to the customer all the same.
  const composer = page.locator('[data-composer]');
  await composer.getByText(`Zuletzt schrieb ${newcomer}`).waitFor();
  await composer.getByText(`Geht an: ${customer}`, { exact: true }).waitFor();
  const field = page.getByRole('textbox', { name: /^Antwort an/ });
  await field.fill('Guten Tag, wer schreibt hier?');
  expect(await field.getAttribute('aria-label')).toBe('Antwort an Erika Klein');

  // Chosen knowingly from the message itself: what is written stays, whom it goes to is marked, and there is a way back.
  await card.getByRole('button', { name: /Mehr zur Nachricht/ }).click();
  await page.getByRole('menuitem', { name: 'An diese Adresse antworten' }).click();
  await composer.getByText(`Geht an: ${newcomer}`, { exact: true }).waitFor();
  await composer.getByText('neu im Gespräch', { exact: true }).waitFor();
  await composer.getByText(`Private Antwort an ${newcomer}`).waitFor();
  expect(await field.inputValue()).toBe('Guten Tag, wer schreibt hier?');
  await composer.getByRole('button', { name: `Lieber an ${customer}` }).click();
  await composer.getByText(`Geht an: ${customer}`, { exact: true }).waitFor();
  await composer.getByRole('button', { name: 'An diese Adresse antworten' }).click();
  await composer.getByRole('button', { name: 'Empfänger ändern' }).click();
  await composer.getByText('neu im Gespräch', { exact: true }).waitFor();

  expect(await violations(page)).toEqual([]);

  // The field was open before the mail came.
  await field.press('Control+Enter');
  await page.getByRole('button', { name: 'Gelesen, trotzdem senden' }).click();
  await sent(page, 2);
  await composer.getByText('neu im Gespräch', { exact: true }).waitFor({ state: 'hidden' });
  await composer.getByText('Private Antwort an Erika Klein').waitFor();

  // From then on the address takes part.
  await sendMail({ from: `Dieter Dritt <${newcomer}>`, to, subject: `AW: ${subject}`, text: 'Ihr neuer Ansprechpartner.' });
  const next = page.getByRole('article', { name: /Dieter Dritt/ }).filter({ hasText: 'Ihr neuer Ansprechpartner.' });
  await next.waitFor();
  expect(await next.getByText('neu im Gespräch', { exact: true }).count()).toBe(0);
  expect(await composer.getByText('Zuletzt schrieb').count()).toBe(0);
  await page.context().close();
});
