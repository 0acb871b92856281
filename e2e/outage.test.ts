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

test('an answer that could not be sent is stored at once, and one whose storing got no reply is our own', async () => {
  const subject = subjectOf('Wackelt');
  await sendMail({ from: 'Lotte Brahms <lotte.brahms@example.org>', subject, text: 'Und die Rechnung?' });
  const page = await signedIn('kim');
  await page.goto(`${inject('base')}/inbox/unassigned`);
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  const answer = page.getByLabel('Antwort an Lotte Brahms');
  const stored = async (): Promise<string | undefined> => {
    const id = page.url().split('/').at(-1) ?? '';
    const response = await page.request.get(`${inject('base')}/api/v1/conversations/${id}`);
    return ((await response.json()) as { drafts: { text: string }[] }).drafts[0]?.text;
  };

  // Sent before the pause after the last letter is over, and the line is gone just then.
  const messages = /\/conversations\/[^/]+\/messages$/;
  await page.route(messages, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await answer.pressSequentially('Kommt heute.');
  await answer.press('Control+Enter');
  await page.getByText('Entwurf gespeichert').waitFor();
  expect([await stored(), await answer.inputValue()]).toEqual(['Kommt heute.', 'Kommt heute.']);
  await page.unroute(messages);

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
}, 180_000);
