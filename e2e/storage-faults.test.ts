import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { conversationEndpoints } from '../contract/conversations.ts';
import { canMount } from '../server/cli/suites.ts';
import { violations } from './axe.ts';
import { newPage, signIn, useBrowser } from './browser.ts';
import { caller, cast, password, setUpCompany } from './company.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { sendMail } from './mail.ts';
import { type Nahbar, startNahbar } from './server.ts';
import { databaseAway, smallDisk } from './storage.ts';

useBrowser();

/** Kim has a conversation open and has begun to answer. */
async function begun(nahbar: Nahbar) {
  await setUpCompany(nahbar.base);
  await sendMail(
    { from: 'Lotte Brahms <lotte.brahms@example.org>', subject: 'Lieferung', text: 'Kommt mein Paket noch?' },
    nahbar.smtpPort,
  );
  const page = await newPage();
  await signIn(page, cast.kim.email, nahbar.base);
  await page.goto(`${nahbar.base}/inbox/unassigned`);
  await page.getByRole('option', { name: /Lieferung/ }).click();
  const answer = page.getByLabel('Antwort an Lotte Brahms');
  await answer.pressSequentially('Guten Tag');
  await page.getByText('Entwurf gespeichert').waitFor();
  return { page, answer, id: page.url().split('/').at(-1) ?? '' };
}

/** Every answer that the server has, asked by another person: no page's memory counts. */
async function answers(base: string, id: string): Promise<string[]> {
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email: cast.jana.email, password });
  const { messages } = await call(conversationEndpoints.open, { id });
  return messages.filter(({ direction }) => direction === 'out').map(({ text }) => text);
}

const noise = (bytes: number): string => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');

/** Mails come in until what the database had set aside before is used up, too. */
async function usedUp(nahbar: Nahbar): Promise<void> {
  const attachments = [{ filename: 'bild.bin', content: Buffer.from(noise(32_768).repeat(8)) }];
  const facts = { from: 'Erika Klein <klein@example.org>', subject: 'Bild', text: 'Anbei', attachments };
  for (let n = 0, refused = 0; refused < 5; n += 1) {
    if (n > 150) throw new Error('The disk was never full');
    await sendMail(facts, nahbar.smtpPort).catch(() => {
      refused += 1;
    });
  }
}

const waits = (page: Page) => page.getByText('Wartet auf Verbindung.', { exact: true });

test('while the database is away the page says so, keeps what is typed and sent, and sends it once when it is back', async () => {
  const nahbar = await startNahbar();
  onTestFinished(() => nahbar.stop(), 60_000);
  const { page, answer, id } = await begun(nahbar);

  const back = await databaseAway(nahbar.data);
  try {
    await answer.pressSequentially(', Frau Brahms.');
    await page.getByText('Entwurf noch nicht gespeichert').waitFor();
    await answer.press('Control+Enter');
    await waits(page).waitFor();
    const banner = page.getByRole('status').filter({ hasText: 'Der Server kann gerade nichts speichern' });
    await banner.waitFor({ timeout: 15_000 });
    await page.getByText(/bleibt erhalten/).waitFor();
    await page.getByText('Eine Nachricht wartet auf Verbindung.').waitFor();
    expect(await violations(page)).toEqual([]);
    await answer.pressSequentially('Und noch etwas');
    await page.getByText('Entwurf noch nicht gespeichert').waitFor();
  } finally {
    back();
  }

  await waits(page).waitFor({ state: 'hidden', timeout: 60_000 });
  await page.getByText('Entwurf gespeichert', { exact: true }).waitFor({ timeout: 30_000 });
  expect(await answers(nahbar.base, id)).toEqual(['Guten Tag, Frau Brahms.']);
  await page.reload();
  await page.getByRole('article').filter({ hasText: 'Guten Tag, Frau Brahms.' }).waitFor();
  await expect.poll(() => answer.inputValue()).toBe('Und noch etwas');
  expect(await page.getByRole('article').filter({ hasText: 'Guten Tag, Frau Brahms.' }).count()).toBe(1);
  await page.context().close();
});

test.skipIf(!canMount() && !process.env['CI'])(
  'while the disk is full the page says so, keeps the draft, and goes on once there is room',
  async () => {
    const disk = smallDisk(400);
    onTestFinished(() => disk.remove(), 60_000);
    const nahbar = await startNahbar(disk.folder);
    onTestFinished(() => nahbar.stop(), 60_000);
    const { page, answer, id } = await begun(nahbar);
    // Long and like nothing else, so that it needs room.
    const letter = `Guten Tag, Frau Brahms. ${noise(30_000)}`;

    disk.fill();
    const filling = setInterval(() => disk.fill(), 200);
    try {
      await usedUp(nahbar);
      await answer.fill(letter);
      await page.getByText('Entwurf noch nicht gespeichert').waitFor();
      await answer.press('Control+Enter');
      await waits(page).waitFor();
      await page.getByRole('status').filter({ hasText: 'Der Server kann gerade nichts speichern' }).waitFor({ timeout: 15_000 });
      await page.getByText(/bleibt erhalten/).waitFor();
      expect(await violations(page)).toEqual([]);
    } finally {
      clearInterval(filling);
      disk.free();
    }

    await waits(page).waitFor({ state: 'hidden', timeout: 60_000 });
    await expect.poll(() => answers(nahbar.base, id), { timeout: 30_000 }).toEqual([letter]);
    await page.context().close();
  },
  240_000,
);
