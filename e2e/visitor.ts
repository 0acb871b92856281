import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { signedIn } from './browser.ts';

export const launcher = (page: Page) => page.getByRole('button', { name: /Chat öffnen|Open chat/ });
export const field = (page: Page) => page.getByRole('textbox', { name: /Ihre Nachricht|Your message/ });
export const log = (page: Page) => page.getByRole('log');

export async function openChat(page: Page): Promise<void> {
  await launcher(page).click();
  await field(page).waitFor();
}

export async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.keyboard.press('Enter');
}

/** An adviser finds what was asked, and answers it. */
export async function answerTo(question: string, text: string): Promise<void> {
  const desk = await signedIn('mehmet');
  await desk.goto(`${inject('base')}/inbox/unassigned`);
  await desk.getByRole('option', { name: new RegExp(question) }).click();
  await desk.getByLabel('Antwort an Gast', { exact: true }).pressSequentially(text);
  await desk.getByText('Entwurf gespeichert').waitFor();
  await desk.keyboard.press('Control+Enter');
  await desk.getByText(/^(gesendet|gelesen)$/).waitFor();
  await desk.context().close();
}
