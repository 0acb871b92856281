import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, inject, onTestFailed, test } from 'vitest';
import { signedIn, speak, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

const people = ['kim', 'jana', 'mehmet'] as const;

async function openFor(pages: readonly Page[], subject: string): Promise<void> {
  await Promise.all(
    pages.map(async (page) => {
      await page.goto(`${inject('base')}/inbox/open`);
      await page.getByRole('option', { name: new RegExp(subject) }).click();
      await page.getByRole('heading', { level: 1, name: subject }).waitFor();
    }),
  );
}

/** The one way to the server, in a hand that cuts it: what is open ends, and nothing else begins. */
async function lineOf(page: Page) {
  const open = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket(/\/api\/v1\/stream/, (socket) => {
    if (isCut) return void socket.close();
    socket.connectToServer();
    open.add(socket);
  });
  return {
    async cut() {
      isCut = true;
      await page.context().setOffline(true);
      await Promise.all([...open].map((socket) => socket.close()));
    },
    async mend() {
      isCut = false;
      await page.context().setOffline(false);
    },
  };
}

test('three who reach for the same conversation at the same moment: one is on it, the others see who, and one answer leaves', async () => {
  const subject = subjectOf('Wettlauf');
  await sendMail({ from: `Nele Roth <${crypto.randomUUID()}@example.org>`, subject, text: 'Wer hilft mir?' });
  const pages = await Promise.all(people.map((who) => signedIn(who)));
  await openFor(pages, subject);
  await Promise.all(pages.map((page) => page.getByText('Niemand ist dran').waitFor()));

  // Pressed at once: a button that is gone by then was pressed too late.
  const buttons = await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Übernehmen', exact: true }).elementHandle()));
  await Promise.all(buttons.map((button) => button?.evaluate((element) => (element as HTMLElement).click())));
  const holds = (): Promise<boolean[]> => Promise.all(pages.map((page) => page.getByText('Du bist dran').isVisible()));
  await expect.poll(async () => (await holds()).filter(Boolean).length).toBe(1);
  const winner = (await holds()).indexOf(true);
  const [first] = pages.slice(winner);
  const others = pages.filter((_, n) => n !== winner);
  const names = ['Kim Sommer', 'Jana Wolf', 'Mehmet Kaya'];
  await Promise.all(
    others.map((page) =>
      page
        .getByText(new RegExp(`${names[winner]} ist seit .* dran`))
        .first()
        .waitFor(),
    ),
  );
  for (const page of others) await expect.poll(() => page.getByLabel('Antwort an Nele Roth').isDisabled()).toBe(true);
  // Nor does it change hands afterwards.
  expect(await holds()).toEqual(pages.map((_, n) => n === winner));

  const answer = `Ich helfe Ihnen, ${names[winner]}.`;
  await first?.getByLabel('Antwort an Nele Roth').fill(answer);
  await first?.keyboard.press('Control+Enter');
  for (const page of pages) await page.getByRole('article').getByText(answer).waitFor();
  for (const page of pages) expect(await page.getByRole('article').getByText(answer).count()).toBe(1);
  await Promise.all(pages.map((page) => page.context().close()));
});

test('one writes while another notes and a third changes the language: every word stays, and everybody sees what the others do', async () => {
  const subject = subjectOf('Zugleich');
  await sendMail({ from: `Nele Roth <${crypto.randomUUID()}@example.org>`, subject, text: 'Eine Frage.' });
  const pages = await Promise.all(people.map((who) => signedIn(who)));
  const [kim, jana, mehmet] = pages as [Page, Page, Page];
  await openFor(pages, subject);
  const field = kim.getByLabel('Antwort an Nele Roth');
  await field.pressSequentially('Guten Tag Frau Roth, ');
  await kim.getByText('Du bist dran').waitFor();

  const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);
  // Whoever comes after finds them speaking German, however this ends.
  onTestFailed(async () => {
    for (const page of [kim, mehmet]) if (!page.isClosed()) await speak(page, 'system', 'de');
  });
  await Promise.all([
    field.pressSequentially('wir sehen sofort nach und melden uns noch heute.', { delay: 20 }),
    (async () => {
      await jana.getByRole('button', { name: 'Interne Notiz' }).click();
      await jana.getByLabel('Interne Notiz', { exact: true }).last().pressSequentially('Lager hat es gefunden.', { delay: 20 });
      await jana.getByRole('button', { name: 'Notiz speichern' }).click();
    })(),
    (async () => {
      await mehmet.getByRole('button', { name: 'Menü von Mehmet Kaya' }).click();
      await mehmet.getByRole('menuitem', { name: 'Switch to English' }).click();
      await expect.poll(() => languageOf(mehmet)).toBe('en');
    })(),
  ]);
  // Who writes may change the language as well, in the middle of a word.
  await kim.getByRole('button', { name: 'Menü von Kim Sommer' }).click();
  await kim.getByRole('menuitem', { name: 'Switch to English' }).click();
  const english = kim.getByLabel('Reply to Nele Roth');
  await english.waitFor();
  expect(await english.inputValue()).toBe('Guten Tag Frau Roth, wir sehen sofort nach und melden uns noch heute.');
  await kim.getByRole('article').getByText('Lager hat es gefunden.').waitFor();
  await mehmet.getByRole('article').getByText('Lager hat es gefunden.').waitFor();
  await mehmet
    .getByText(/Kim Sommer has been on it/)
    .first()
    .waitFor();
  expect(await languageOf(jana)).toBe('de');

  // The note came in while it was being written: it is shown once more before the answer leaves.
  // Who has read it there need not wait for the rest of the conversation, which takes its time.
  await kim.route(/\/api\/v1\/conversations\/[\w-]{36}(\?|$)/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await route.continue();
  });
  await english.press('Control+Enter');
  const refusal = kim.getByRole('status').filter({ hasText: 'Something new has come in.' });
  await refusal.getByText('Lager hat es gefunden.').waitFor();
  await refusal.getByRole('button', { name: 'Read it, send anyway' }).click();
  for (const page of pages) await page.getByRole('article').getByText('melden uns noch heute.').waitFor();
  for (const [page, menu] of [
    [kim, 'Menu of Kim Sommer'],
    [mehmet, 'Menu of Mehmet Kaya'],
  ] as const) {
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: 'Auf Deutsch umstellen' }).click();
    await expect.poll(() => languageOf(page)).toBe('de');
    await page.waitForTimeout(400);
  }
  await Promise.all(pages.map((page) => page.context().close()));
});

test('what one takes back goes from the others’ screens too, and from that of one who was without a line as soon as it is back', async () => {
  const subject = subjectOf('Zurückgenommen');
  await sendMail({ from: `Nele Roth <${crypto.randomUUID()}@example.org>`, subject, text: 'Wann kommt das Sofa?' });
  const pages = await Promise.all(people.map((who) => signedIn(who)));
  const [kim, jana, mehmet] = pages as [Page, Page, Page];
  const line = await lineOf(mehmet);
  await openFor(pages, subject);
  const answer = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
  const send = async (text: string): Promise<void> => {
    await kim.getByLabel('Antwort an Nele Roth').fill(text);
    await kim.keyboard.press('Control+Enter');
  };
  await kim.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await kim.getByText('Du bist dran').waitFor();
  await send('Es kommt am Montag.');
  for (const page of [jana, mehmet]) await answer(page, 'Es kommt am Montag.').waitFor();

  // Kim's own window hears of it last, and goes on at once.
  await kim.route('**/delivery', async (route) => {
    const reply = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.fulfill({ response: reply });
  });
  await line.cut();
  await kim.locator('[data-toast]').getByRole('button', { name: 'Rückgängig' }).click();
  await answer(jana, 'Es kommt am Montag.').waitFor({ state: 'hidden' });
  expect(await answer(mehmet, 'Es kommt am Montag.').count()).toBe(1);
  await send('Es kommt am Dienstag.');
  await answer(jana, 'Es kommt am Dienstag.').waitFor();
  await mehmet.getByText(/Diese Ansicht ist .* alt/).waitFor({ timeout: 20_000 });

  await line.mend();
  await answer(mehmet, 'Es kommt am Dienstag.').waitFor({ timeout: 20_000 });
  for (const page of pages) {
    await answer(page, 'Es kommt am Montag.').waitFor({ state: 'hidden' });
    expect(await answer(page, 'Es kommt am Dienstag.').count()).toBe(1);
  }
  await Promise.all(pages.map((page) => page.context().close()));
});
