import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { expect, inject } from 'vitest';
import { violations } from './axe.ts';
import { newPage, signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { useMailboxes } from './mailbox.ts';
import { customerJourney, customerView } from './tested.ts';

useBrowser();

const service = 'seite@haus-heim.example';
const { arrived, inMail } = useMailboxes(service);

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** A customer writes, an adviser answers; the address of the customer's page out of the mail as it came. */
async function answered(subject: string, from = 'Erika Klein <erika.klein@post.example>'): Promise<{ desk: Page; address: string }> {
  await sendMail({ from, to: service, subject, text: 'Das Paket war leer.\n\nErika Klein' });
  const desk = await signedIn('mehmet', { at: '/inbox/unassigned' });
  await desk
    .getByRole('option', { name: new RegExp(subject) })
    .first()
    .click();
  await desk.getByLabel('Antwort an Erika Klein').pressSequentially(`Guten Tag Frau Klein, wir suchen es (${subject}).`);
  await desk.getByText('Entwurf gespeichert').waitFor();
  await desk.keyboard.press('Control+Enter');
  await desk.getByText('gesendet', { exact: true }).waitFor({ timeout: 20_000 });
  const link = await inMail(new RegExp(`wir suchen es \\(${subject}\\)[^]*?/my#([\\w-]+)`));
  return { desk, address: `${inject('base')}/my#${link}` };
}

async function fitsAndIsAccessible(page: Page): Promise<void> {
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  for (const language of ['EN: English', 'DE: Deutsch']) {
    await page.getByRole('button', { name: language }).click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(phone.viewport);
}

customerView(
  'page',
  'the link in a mail opens the page on a phone; a code opens the rest; what is added reaches the adviser at once',
  async () => {
    const subject = subjectOf('Leeres Paket');
    const { desk, address } = await answered(subject);
    const page = await newPage(phone);
    const scripts: Promise<number>[] = [];
    const asked: string[] = [];
    const sizeOf = async (response: Response): Promise<number> => gzipSync(await response.body()).byteLength;
    page.on('response', (response) => {
      asked.push(response.url());
      if (response.request().resourceType() === 'script') scripts.push(sizeOf(response));
    });
    await page.goto(address);
    await page.getByText('Wir warten auf Ihre Antwort.').waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, one) => sum + one, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(60 * 1024);
    console.info(`the customer's page loads ${(bytes / 1024).toFixed(1)} KiB of compressed script`);
    const token = address.split('#')[1] ?? '';
    expect(asked.filter((url) => url.includes(token) || new URL(url).origin !== new URL(address).origin)).toEqual([]);
    expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0]);

    // The link alone tells nobody who or what.
    const bare = (await page.locator('body').innerText()).toLowerCase();
    for (const word of ['klein', 'paket', 'mehmet', 'suchen es']) expect(bare).not.toContain(word);
    await fitsAndIsAccessible(page);

    await page.getByRole('button', { name: 'Code schicken' }).click();
    await page.getByText('Der Code ist unterwegs.').waitFor();
    const code = await inMail(/^(\d{4} \d{4})\s*$/m);
    await page.getByLabel('Code aus der Nachricht').fill('0000 0001');
    await page.getByRole('button', { name: 'Öffnen' }).click();
    await page.getByText('Noch 4 Versuche.').waitFor();
    await page.getByLabel('Code aus der Nachricht').fill(code);
    await page.getByRole('button', { name: 'Öffnen' }).click();
    await page.getByRole('heading', { level: 1, name: subject }).waitFor();
    await page.getByText('Das Paket war leer.').waitFor();
    await page.getByText(`wir suchen es (${subject})`).waitFor();
    await fitsAndIsAccessible(page);
    await page.reload();
    await page.getByText('Das Paket war leer.').waitFor();

    const field = page.getByLabel('Ihre Nachricht');
    await field.fill('Die Sendungsnummer ist 4711.');
    // The line breaks in the middle; what was typed stays, and arrives once.
    await page.route('**/customer-page/messages', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('Keine Verbindung.').waitFor();
    expect(await field.inputValue()).toBe('Die Sendungsnummer ist 4711.');
    await page
      .getByLabel('Dateien hinzufügen')
      .setInputFiles({ name: 'Foto.png', mimeType: 'image/png', buffer: Buffer.from('kein Bild') });
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('Angekommen.').waitFor();
    await page.getByText('Wir kümmern uns darum.').waitFor();
    expect(await field.inputValue()).toBe('');

    await desk.getByText('Die Sendungsnummer ist 4711.').first().waitFor({ timeout: 10_000 });
    await desk.getByText('auf der Kundenseite').first().waitFor();
    expect(await desk.getByText('ohne Code', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Das musste ich schon einmal erzählen' }).click();
    await page.getByText('Danke, dass Sie es sagen.').waitFor();
    await desk.getByText('Das musste ich schon einmal erzählen').first().waitFor({ timeout: 10_000 });

    await page.reload();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /Foto\.png/ }).click();
    expect((await download).suggestedFilename()).toBe('Foto.png');
    await page.getByRole('button', { name: 'Auf diesem Gerät vergessen' }).click();
    await page.getByRole('button', { name: 'Code schicken' }).waitFor();
    expect(await page.getByText('Das Paket war leer.').count()).toBe(0);
    await page.context().close();
    await desk.context().close();
  },
);

customerView('ended', 'an adviser sees the page as the customer does, and ends the links', async () => {
  const subject = subjectOf('Kaputte Kanne');
  const { desk, address } = await answered(subject);
  await desk.getByRole('button', { name: 'Mehr zum Vorgang' }).first().click();
  const opening = desk.context().waitForEvent('page');
  await desk.getByRole('menuitem', { name: 'Kundenseite ansehen' }).click();
  const preview = await opening;
  await preview.getByText('So sieht die Kund:in diese Seite.').waitFor();
  await preview.getByText('Das Paket war leer.').waitFor();
  expect(await preview.getByRole('button', { name: 'Senden' }).isDisabled()).toBe(true);
  expect(await violations(preview)).toEqual([]);
  await preview.getByRole('button', { name: 'Nur mit dem Link' }).click();
  await preview.getByRole('heading', { name: 'Alles lesen' }).waitFor();
  expect(await preview.getByText('Das Paket war leer.').count()).toBe(0);
  await preview.close();

  await desk.getByRole('button', { name: 'Mehr zum Vorgang' }).first().click();
  await desk.getByRole('menuitem', { name: 'Links zurückziehen' }).click();
  await desk.getByRole('button', { name: 'Zurückziehen', exact: true }).click();
  await desk.getByText('Die Links sind zurückgezogen.').waitFor();
  const page = await newPage(phone);
  await page.goto(address);
  await page.getByRole('heading', { name: 'Dieser Link gilt nicht mehr' }).waitFor();
  await fitsAndIsAccessible(page);
  await page.context().close();
  await desk.context().close();
});

customerJourney('page', 'the whole page is used by keyboard alone, in English', async () => {
  const subject = subjectOf('Blue kettle');
  const { desk, address } = await answered(subject);
  const page = await newPage({ locale: 'en-GB' });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  /** Tabs until something of that name has the focus. */
  const reach = async (name: RegExp): Promise<void> => {
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement | null;
        return element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      });
      if (name.test(focused)) return;
    }
    throw new Error(`Nothing called ${name} is reached`);
  };
  await reach(/^EN: English$/);
  await page.keyboard.press('Enter');
  await page.getByText('We are waiting for your answer.').waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await reach(/^Send a code$/);
  const before = arrived.length;
  await page.keyboard.press('Enter');
  await page.getByText('The code is on its way.').waitFor();
  await expect.poll(() => arrived.length, { timeout: 20_000 }).toBeGreaterThan(before);
  // The focus went to the field by itself.
  await page.keyboard.type(await inMail(/^(\d{4} \d{4})\s*$/m));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await reach(/^Your message$/);
  await page.keyboard.type('It is the blue one.');
  await reach(/^Send$/);
  await page.keyboard.press('Enter');
  await page.getByText('It arrived.').waitFor();
  await desk.getByText('It is the blue one.').first().waitFor({ timeout: 10_000 });
  await page.context().close();
  await desk.context().close();
});
