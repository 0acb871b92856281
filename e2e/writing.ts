import type { Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { expect, inject } from 'vitest';
import { sendMail, subjectOf } from './mail.ts';

/** A customer's mail, open on the desk with nobody on it. */
export async function opened(page: Page, words: string, from = 'Paula Gruber <paula@example.org>'): Promise<string> {
  const subject = subjectOf(words);
  await sendMail({ from, subject, text: 'Wann kommt mein Sofa?' });
  await page.goto(`${inject('base')}/inbox/unassigned`);
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByRole('heading', { name: subject }).waitFor();
  return subject;
}

export const field = (page: Page) => page.getByRole('textbox', { name: /^Antwort an/ });
/** What left, as it lies in the outbox of a company without a mail server. */
export async function leftMail(page: Page, subject: string): Promise<{ raw: string; mail: Awaited<ReturnType<PostalMime['parse']>> }> {
  const api = `${inject('base')}/api/v1/outbox/local`;
  let id = '';
  await expect
    .poll(
      async () => {
        const { items } = (await (await page.request.get(`${api}?limit=200`)).json()) as {
          items: { id: string; subject: string | null }[];
        };
        return (id = items.find((item) => item.subject?.includes(subject))?.id ?? '');
      },
      { timeout: 30_000 },
    )
    .not.toBe('');
  const raw = await (await page.request.get(`${api}/${id}/raw`)).text();
  return { raw, mail: await new PostalMime().parse(raw) };
}

/** Pastes as a program beside the browser would. */
export const paste = (page: Page, data: Record<string, string>): Promise<void> =>
  page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, data);
