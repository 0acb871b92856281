import { expect, inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('what is typed while the server is away is kept, saved by itself when it is back, and survives a reload meanwhile', async () => {
  const subject = subjectOf('Ausfall');
  await sendMail({ from: 'Lotte Brahms <lotte.brahms@example.org>', subject, text: 'Kommt mein Paket noch?' });
  const page = await signedIn('kim');
  await page.goto(`${inject('base')}/inbox/unassigned`);
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
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('nahbar.unsaved')))).toEqual([]);
  await page.context().close();
});
