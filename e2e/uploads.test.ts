import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { field, leftMail, opened } from './writing.ts';

useBrowser();

/** Bytes that repeat nowhere, so that a part which is lost, doubled or moved shows. */
const bytesOf = (count: number): Buffer =>
  Buffer.concat(Array.from({ length: Math.ceil(count / 32) }, (_, n) => createHash('sha256').update(String(n)).digest())).subarray(
    0,
    count,
  );

/** What the one attachment of the sent mail is. */
async function sentFile(page: Page, subject: string): Promise<{ filename: string | null; content: Buffer }> {
  const { mail } = await leftMail(page, subject);
  expect(mail.attachments.length).toBe(1);
  const [{ filename, content } = { filename: null, content: '' }] = mail.attachments;
  return { filename, content: Buffer.from(typeof content === 'string' ? content : new Uint8Array(content)) };
}

test('a line that breaks while a file is half way loses and doubles nothing: the file goes on by itself and arrives as it was', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const subject = await opened(page, 'Auf halbem Weg');
  await field(page).pressSequentially('Anbei die Zeichnung.');
  await page.getByText('Entwurf gespeichert').waitFor();
  const line = await page.context().newCDPSession(page);
  await line.send('Network.enable');
  const throttle = (uploadThroughput: number): Promise<unknown> =>
    line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await throttle(100_000);
  const content = bytesOf(1_500_000);
  await page.locator('input[type=file]').setInputFiles({ name: 'zeichnung.bin', mimeType: 'application/octet-stream', buffer: content });
  const bar = page.getByRole('progressbar', { name: 'zeichnung.bin' });
  const part = async (): Promise<number> => Number(await bar.getAttribute('aria-valuenow', { timeout: 2_000 }));
  await expect.poll(part).toBeGreaterThan(0);
  expect(await part()).toBeLessThan(100);
  await page.context().setOffline(true);
  // It says so, and what lacks its file does not leave.
  await page.getByRole('alert').getByRole('button', { name: 'Erneut versuchen' }).waitFor();
  expect(await page.getByRole('button', { name: 'Senden', exact: true }).isDisabled()).toBe(true);
  expect(await field(page).inputValue()).toBe('Anbei die Zeichnung.');
  await throttle(-1);
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'zeichnung.bin entfernen' }).waitFor({ timeout: 60_000 });
  expect(await page.getByText('zeichnung.bin').count()).toBe(1);
  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  const sent = await sentFile(page, subject);
  expect(sent.filename).toBe('zeichnung.bin');
  expect(sent.content.equals(content)).toBe(true);
});

test('a file that was stored while the reply to it was lost is sent once', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const subject = await opened(page, 'Antwort verloren');
  await field(page).pressSequentially('Anbei der Beleg.');
  const statuses: number[] = [];
  await page.route('**/api/v1/attachments*', async (route) => {
    const response = await route.fetch();
    statuses.push(response.status());
    if (statuses.length === 1) await route.abort('failed');
    else await route.fulfill({ response });
  });
  const content = bytesOf(40_000);
  await page.locator('input[type=file]').setInputFiles({ name: 'beleg.pdf', mimeType: 'application/pdf', buffer: content });
  // Stored both times; the one nobody knows of hangs on nothing.
  await expect.poll(() => statuses.map((status) => status < 300)).toEqual([true, true]);
  await page.getByText('40 kB').waitFor();
  expect(await page.getByText('beleg.pdf').count()).toBe(1);
  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  const sent = await sentFile(page, subject);
  expect(sent.filename).toBe('beleg.pdf');
  expect(sent.content.equals(content)).toBe(true);
});

/** What a file manager or another program hands over; the page is asked as a browser would ask it. */
async function hand(target: Locator, kind: 'dragover' | 'dragleave' | 'drop' | 'paste', name: string, text: string): Promise<boolean> {
  return target.evaluate(
    (element, given) => {
      const data = new DataTransfer();
      data.items.add(new File([given.text], given.name, { type: 'text/plain' }));
      const init = { bubbles: true, cancelable: true };
      const event =
        given.kind === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: data })
          : new DragEvent(given.kind, { ...init, dataTransfer: data });
      return !element.dispatchEvent(event);
    },
    { kind, name, text },
  );
}

test.each([
  ['an answer', 'r', /^Antwort an/, 'Senden'],
  ['a note', 'n', 'Interne Notiz', 'Notiz speichern'],
] as const)('a file dropped on %s is attached after a hint where to let go; one that is pasted, too', async (_what, key, name, button) => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  await opened(page, 'Fallen gelassen');
  await page.keyboard.press(key);
  const text = page.getByRole('textbox', { name });
  await text.waitFor();
  await text.pressSequentially('Siehe Datei.');
  const hint = page.getByText('Dateien hier ablegen');
  // Words that are dragged about are no files.
  await text.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/plain', 'nur Worte');
    element.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }));
  });
  expect(await hint.count()).toBe(0);
  expect(await hand(text, 'dragover', 'gezogen.txt', 'gezogen')).toBe(true);
  await hint.waitFor();
  await hand(text, 'dragleave', 'gezogen.txt', 'gezogen');
  await hint.waitFor({ state: 'hidden' });
  await hand(text, 'dragover', 'gezogen.txt', 'gezogen');
  await hint.waitFor();
  expect(await hand(text, 'drop', 'gezogen.txt', 'gezogen')).toBe(true);
  await hint.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'gezogen.txt entfernen' }).waitFor();
  expect(await hand(text, 'paste', 'eingefügt.txt', 'eingefügt')).toBe(true);
  await page.getByRole('button', { name: 'eingefügt.txt entfernen' }).waitFor();
  expect(await text.inputValue()).toBe('Siehe Datei.');

  await page.getByRole('button', { name: button, exact: true }).click();
  const written = page.getByRole('article', { name: /Kim Sommer/ });
  for (const word of ['gezogen', 'eingefügt']) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      written.getByRole('link', { name: new RegExp(`^${word}\\.txt`) }).click(),
    ]);
    expect(await readFile(await file.path(), 'utf8')).toBe(word);
  }
  expect(await written.getByRole('link', { name: /\.txt/ }).count()).toBe(2);
});
