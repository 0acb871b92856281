import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, signedIn, useBrowser } from './browser.ts';
import { setUpCompany } from './company.ts';
import { press, tabTo } from './keyboard.ts';
import { startNahbar } from './server.ts';
import { openShop } from './shop.ts';
import { customerJourney, customerView } from './tested.ts';
import { answerTo, field, launcher, log, openChat, write } from './visitor.ts';

useBrowser();

test('a visitor and an adviser talk: each sees the other writing, the answer is read, and a reload changes nothing', async () => {
  const shop = await openShop(inject('base'), { settings: { choices: ['Wo ist mein Paket?'] } });
  const visitor = await newPage();
  await visitor.goto(shop.origin);
  await openChat(visitor);
  const question = `Passt der Kühlschrank durch 68 cm? ${Date.now()}`;
  await write(visitor, question);
  await log(visitor).getByText('gesendet', { exact: true }).waitFor();
  await visitor.getByText('Wie lange es dauert, können wir gerade nicht sagen').or(visitor.getByText('Gerade ist niemand da')).waitFor();

  const desk = await signedIn('mehmet', { at: '/inbox/unassigned' });
  await desk.getByRole('option', { name: new RegExp(question.slice(-13)) }).click();
  const answer = desk.getByLabel('Antwort an Gast', { exact: true });
  await answer.waitFor();
  await field(visitor).pressSequentially('Es eilt');
  await desk.getByText('Gast schreibt', { exact: true }).waitFor();

  await answer.pressSequentially('Ja, er ist 60 cm breit.');
  await visitor.getByText('Haus & Heim schreibt …').waitFor();
  await log(visitor).getByText('gelesen', { exact: true }).waitFor();
  await desk.keyboard.press('Control+Enter');
  await log(visitor).getByText('Ja, er ist 60 cm breit.').waitFor();
  await log(visitor).getByText('Mehmet', { exact: true }).waitFor();
  await desk.getByText('gelesen', { exact: true }).waitFor();

  await visitor.reload();
  await openChat(visitor);
  await log(visitor).getByText('Ja, er ist 60 cm breit.').waitFor();
  expect(await field(visitor).inputValue()).toBe('Es eilt');
  expect(await log(visitor).getByText(question).count()).toBe(1);

  await visitor.keyboard.press('Enter');
  await desk.getByText('Es eilt').last().waitFor();
  await Promise.all([visitor.context().close(), desk.context().close()]);
});

test('before the first click a page asks, stores and reads nothing; afterwards exactly what the instructions name', async () => {
  const shop = await openShop(inject('base'));
  const page = await newPage();
  await page.addInitScript(() => {
    const touched: string[] = [];
    Object.assign(window, { touched });
    for (const name of ['getItem', 'setItem', 'removeItem'] as const) {
      const own = Storage.prototype[name] as (...given: string[]) => unknown;
      (Storage.prototype as unknown as Record<string, unknown>)[name] = function (this: Storage, ...given: string[]) {
        touched.push(given[0] ?? '');
        return own.apply(this, given);
      };
    }
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  await page.goto(shop.origin);
  await launcher(page).waitFor();
  await page.waitForTimeout(500);
  expect(asked.filter((url) => !url.startsWith(shop.origin))).toEqual([`${inject('base')}/embed/chat/chat.js`]);
  const kept = () =>
    page.evaluate(() => ({ local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookies: document.cookie }));
  const touched = () => page.evaluate(() => [...new Set((window as unknown as { touched: string[] }).touched)]);
  expect(await kept()).toEqual({ local: [], session: [], cookies: '' });
  expect(await touched()).toEqual([]);

  await openChat(page);
  await write(page, 'Guten Tag');
  await log(page).getByText('gesendet', { exact: true }).waitFor();
  const key = `nahbar-chat:${shop.accountId}`;
  expect(await kept()).toEqual({ local: [key], session: [], cookies: '' });
  expect(await touched()).toEqual([key]);
  expect(await page.context().cookies()).toEqual([]);
  const places = new Set(asked.map((url) => new URL(url).host));
  expect([...places].toSorted()).toEqual([new URL(shop.origin).host, new URL(inject('base')).host].toSorted());

  await page.getByRole('button', { name: 'Mehr' }).click();
  await page.getByRole('button', { name: 'Von diesem Gerät entfernen' }).click();
  await page.getByRole('button', { name: 'Von diesem Gerät entfernen' }).last().click();
  await expect.poll(() => log(page).getByText('Guten Tag', { exact: true }).count()).toBe(0);
  await page.context().close();
});

test('a page with rules for everything and scripts in every prototype leaves the chat as it is', async () => {
  const shop = await openShop(inject('base'), {
    style:
      'body *{display:none!important;color:red!important;font-size:3px!important;position:static!important;opacity:.1!important} div{transform:rotate(9deg)!important;visibility:hidden!important}',
    script: `Array.prototype.toJSON = function () { return String(this) };
      Object.prototype.extend = function () {};
      String.prototype.strip = function () { return this.replace(/ /g, '') };
      addEventListener('keydown', (event) => event.preventDefault());`,
  });
  const page = await newPage();
  await page.goto(shop.origin);
  await launcher(page).click();
  await field(page).waitFor();
  await write(page, 'Es geht trotzdem');
  await log(page).getByText('gesendet', { exact: true }).waitFor();
  const looks = await field(page).evaluate((node) => {
    const { color, fontSize, opacity } = getComputedStyle(node);
    const { width, height } = node.getBoundingClientRect();
    return { color, fontSize, opacity, isSeen: width > 100 && height > 20 };
  });
  expect(looks).toEqual({ color: 'rgb(28, 25, 23)', fontSize: '16px', opacity: '1', isSeen: true });
  await page.context().close();
});

/** What has the focus, within the chat too. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(
    () => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
  );

customerJourney('chat', 'the whole talk goes by keyboard alone, and the focus is never lost', async () => {
  const shop = await openShop(inject('base'), { settings: { choices: ['Wo ist mein Paket?'] } });
  const page = await newPage();
  await page.goto(shop.origin);
  await launcher(page).waitFor();
  const at = () => focused(page);
  await page.keyboard.press('Tab');
  expect(await at()).toBe('Kaufen');
  await page.keyboard.press('Tab');
  expect(await at()).toBe('Chat öffnen');
  await page.keyboard.press('Enter');
  await expect.poll(at).toBe('Ihre Nachricht');
  // The choice goes away as soon as it is taken; whoever took it goes on writing.
  await tabTo(page.getByRole('button', { name: 'Wo ist mein Paket?' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await log(page).getByText('gesendet', { exact: true }).waitFor();
  expect(await log(page).getByText('Wo ist mein Paket?').count()).toBe(1);
  expect(await at()).toBe('Ihre Nachricht');
  await page.keyboard.press('Shift+Tab');
  expect(await at()).toBe('Emoji einfügen');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => field(page).inputValue()).toBe('😊');
  expect(await at()).toBe('Ihre Nachricht');
  await page.keyboard.type(' Guten Tag');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('zweite Zeile');
  await page.keyboard.press('Enter');
  await log(page).getByText('zweite Zeile').waitFor();
  expect(await field(page).inputValue()).toBe('');
  expect(await at()).toBe('Ihre Nachricht');
  await page.keyboard.press('Escape');
  expect(await at()).toBe('Chat öffnen');
  await page.keyboard.press('Enter');
  await expect.poll(at).toBe('Ihre Nachricht');
  await page.context().close();
});

customerJourney(
  'chatMore',
  'an address is left, a file sent and saved, the talk sent by mail and taken off the device by keyboard alone',
  async () => {
    const shop = await openShop(inject('base'));
    const page = await newPage();
    await page.goto(shop.origin);
    const at = () => focused(page);
    await press(launcher(page));
    await expect.poll(at).toBe('Ihre Nachricht');
    await page.keyboard.type('Guten Tag');
    await page.keyboard.press('Enter');
    await log(page).getByText('gesendet', { exact: true }).waitFor();

    await tabTo(page.getByRole('textbox', { name: 'Ihre E-Mail-Adresse' }), 'Shift+Tab');
    await page.keyboard.type('erna@kunde.example');
    await page.keyboard.press('Enter');
    await page.getByText('geht die Antwort an erna@kunde.example').waitFor();
    expect(await at()).toBe('Ihre Nachricht');

    // Waited for from before the way there: the browser has to be told first that somebody does.
    const opened = page.waitForEvent('filechooser');
    await tabTo(page.getByRole('button', { name: 'Datei anhängen' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    const chooser = await opened;
    await chooser.setFiles({ name: 'tuer.txt', mimeType: 'text/plain', buffer: Buffer.from('68 cm') });
    await expect.poll(at).toBe('Ihre Nachricht');
    const question = `Passt es durch diese Tür ${Date.now()}`;
    await page.keyboard.type(question);
    await page.keyboard.press('Enter');
    const file = page.getByRole('button', { name: 'tuer.txt herunterladen' });
    await expect.poll(() => file.isEnabled()).toBe(true);
    await tabTo(file, 'Shift+Tab');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('tuer.txt');
    expect(await at()).toBe('tuer.txt herunterladen');

    await answerTo(question, 'Ja, es passt.');
    await log(page).getByText('Ja, es passt.').waitFor();
    await tabTo(page.getByRole('button', { name: 'Mehr' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await press(page.getByRole('button', { name: 'Verlauf per E-Mail' }));
    await page.keyboard.type('erna@kunde.example');
    await page.keyboard.press('Enter');
    await page.getByText('Der Verlauf ist unterwegs.').waitFor();
    expect(await at()).toBe('Ihre Nachricht');

    const leave = page.getByRole('button', { name: 'Von diesem Gerät entfernen' });
    await tabTo(leave, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Danach lässt sich das Gespräch').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => log(page).getByText(question).count()).toBe(0);
    expect(await at()).toBe('Ihre Nachricht');
    await page.getByText('Das Gespräch ist von diesem Gerät entfernt.').waitFor();
    await page.context().close();
  },
);

const views = [
  ['de', 'light', 1280],
  ['en', 'dark', 1280],
  ['de', 'dark', 320],
  ['en', 'light', 320],
] as const;

customerView(
  'chat',
  'nothing in the chat keeps anybody out: closed, open, with everything unfolded, in both languages, light and dark, wide and narrow',
  async () => {
    for (const [lang, colorScheme, width] of views) await lookAtChat(lang, colorScheme, width);
  },
  240_000,
);

async function lookAtChat(lang: 'de' | 'en', colorScheme: 'light' | 'dark', width: number): Promise<void> {
  const shop = await openShop(inject('base'), {
    lang,
    tag: 'data-accent="#facc15"',
    settings: { choices: ['Wo ist mein Paket?', 'Eine Frage'], greeting: 'Moin!' },
  });
  const page = await newPage({ colorScheme, viewport: { width, height: 640 }, bypassCSP: true });
  await page.goto(shop.origin);
  await launcher(page).waitFor();
  expect(await violations(page)).toEqual([]);
  await openChat(page);
  await page.getByText('Moin!').waitFor();
  expect(await violations(page)).toEqual([]);
  await write(page, 'x'.repeat(60));
  await log(page)
    .getByText(/gesendet|^sent$/)
    .waitFor();
  await page.getByRole('button', { name: /^(Mehr|More)$/ }).click();
  await page.getByRole('button', { name: /Verlauf per E-Mail|Transcript by mail/ }).click();
  await page.getByRole('button', { name: /emoji/i }).click();
  expect(await violations(page)).toEqual([]);
  // Nothing to be scrolled to the side, at whatever width.
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.context().close();
}

test('a file arrives, and a wrong one is refused in words', async () => {
  const shop = await openShop(inject('base'));
  const page = await newPage();
  await page.goto(shop.origin);
  await openChat(page);
  const picker = page.locator('input[type=file]');
  await page.getByRole('button', { name: 'Datei anhängen' }).waitFor();
  await picker.setInputFiles({ name: 'programm.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
  await page.getByText('Möglich sind Bilder, PDF und Text.').waitFor();
  const name = `tuer-${Date.now()}.txt`;
  await picker.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('68 cm') });
  await write(page, 'Hier das Maß');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `${name} herunterladen` }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(name);
  const desk = await signedIn('kim', { at: '/inbox/unassigned' });
  await desk
    .getByRole('option', { name: /Hier das Maß/ })
    .first()
    .click();
  await desk.getByText(name).first().waitFor();
  await Promise.all([page.context().close(), desk.context().close()]);
});

test('whoever leaves an address and goes gets the answer by mail', async () => {
  const shop = await openShop(inject('base'));
  const page = await newPage();
  await page.goto(shop.origin);
  await openChat(page);
  const text = `Wann kommt das Sofa? ${Date.now()}`;
  await write(page, text);
  await page.getByRole('textbox', { name: 'Ihre E-Mail-Adresse' }).first().fill('erna@kunde.example');
  await page.getByRole('button', { name: 'Adresse hinterlassen' }).click();
  await page.getByText('geht die Antwort an erna@kunde.example').waitFor();
  await page.context().close();

  const desk = await signedIn('jana', { at: '/inbox/unassigned' });
  await desk
    .getByRole('option', { name: /Erreichbar per E-Mail: erna@kunde.example/ })
    .first()
    .click();
  await desk.getByText('Adresse nicht geprüft').waitFor();
  await desk.getByLabel('Antwort an Gast', { exact: true }).pressSequentially('Am Samstag.');
  await desk.waitForTimeout(6_000);
  await desk.keyboard.press('Control+Enter');
  await desk.getByText('ging deshalb auf anderem Weg hinaus').waitFor({ timeout: 30_000 });
  await desk.goto(`${inject('base')}/outbox`);
  await desk
    .getByRole('button', { name: /Ihre Nachricht an Haus & Heim/ })
    .first()
    .click();
  await desk.getByText('Am Samstag.').waitFor();
  await desk.context().close();
});

test('a server that goes away and comes back: the page says so, keeps what is written, and sends it once', async () => {
  const nahbar = await startNahbar();
  onTestFinished(() => nahbar.stop());
  await setUpCompany(nahbar.base);
  const shop = await openShop(nahbar.base);
  const page = await newPage();
  await page.goto(shop.origin);
  await openChat(page);
  await write(page, 'Vor dem Ausfall');
  await log(page).getByText('gesendet', { exact: true }).waitFor();

  await nahbar.away();
  await page.getByText('Nicht verbunden, wir versuchen es weiter.').waitFor();
  await write(page, 'Während des Ausfalls');
  await log(page).getByText('wird gesendet …').waitFor();
  await page.reload();
  await nahbar.back();
  await page.reload();
  await openChat(page);
  await expect.poll(() => log(page).getByText('gesendet', { exact: true }).count(), { timeout: 40_000 }).toBe(2);
  expect(await log(page).getByText('Während des Ausfalls').count()).toBe(1);
  await page.context().close();
});
