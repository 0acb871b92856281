import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { newPage, signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { openShop } from './shop.ts';
import { answerTo, log, openChat, write } from './visitor.ts';

useBrowser();

interface Lines {
  opened: number;
  /** What came of the server at all: until something did, the page may not know yet that it has a line. */
  heard: number;
  /** Signs of life that came through. */
  signs: number;
  /** From here on those that are open stay open and nothing comes through them, in either direction; new ones are whole. */
  mute(): void;
}

/** The page's lines, in hands that can do to them what sleep and a change of network do. Before the page opens any. */
async function linesOf(page: Page, place: RegExp): Promise<Lines> {
  const open = new Set<{ isMute: boolean }>();
  const lines: Lines = {
    opened: 0,
    heard: 0,
    signs: 0,
    mute() {
      for (const one of open) one.isMute = true;
    },
  };
  await page.routeWebSocket(place, (line) => {
    const one = { isMute: false };
    open.add(one);
    lines.opened += 1;
    const server = line.connectToServer();
    line.onMessage((said) => one.isMute || server.send(said));
    server.onMessage((said) => {
      if (one.isMute) return;
      lines.heard += 1;
      if (/"there"|"pong"/.test(said.toString())) lines.signs += 1;
      line.send(said);
    });
    // Whoever sleeps does not hear that the other side gave up either.
    server.onClose((code, reason) => {
      if (!one.isMute) void line.close({ ...(code ? { code } : {}), reason: reason ?? '' });
    });
  });
  return lines;
}

/** The page's clock stands, so that only what a test does wakes it. */
const stopClock = (page: Page): Promise<void> => page.clock.pauseAt(Date.now() + 1_000);
const minute = 60_000;

/** What a page hears of waking. */
const ways = {
  'a timer that comes late': (page: Page) => page.clock.fastForward(10 * minute),
  'being looked at again': async (page: Page) => {
    await page.clock.setSystemTime(Date.now() + 10 * minute);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  },
  'a network that is back': async (page: Page) => {
    await page.clock.setSystemTime(Date.now() + 10 * minute);
    await page.evaluate(() => dispatchEvent(new Event('online')));
  },
};
const names = Object.keys(ways) as (keyof typeof ways)[];

test.each(names)('a chat whose line died in sleep shows the answer on waking: %s', async (way) => {
  const shop = await openShop(inject('base'));
  const page = await newPage();
  const lines = await linesOf(page, /\/entrance$/);
  await page.clock.install();
  await page.goto(shop.origin);
  await openChat(page);
  const question = `Kommt es heute noch ${Date.now()}`;
  await write(page, question);
  await log(page).getByText('gesendet', { exact: true }).waitFor();
  await stopClock(page);
  lines.mute();
  await answerTo(question, 'Ja, gegen vier.');
  expect([await log(page).getByText('Ja, gegen vier.').count(), lines.opened]).toEqual([0, 1]);

  await ways[way](page);
  await log(page).getByText('Ja, gegen vier.').waitFor();
  expect(lines.opened).toBe(2);
  await page.context().close();
});

test('a silent chat asks whether its line lives, trusts one that answers, and begins anew where none does', async () => {
  const shop = await openShop(inject('base'));
  const page = await newPage();
  const lines = await linesOf(page, /\/entrance$/);
  await page.clock.install();
  await page.goto(shop.origin);
  await openChat(page);
  await page
    .getByText(/Gerade ist niemand da|Guten Tag/)
    .first()
    .waitFor();
  await expect.poll(() => lines.heard).toBeGreaterThan(0);
  await stopClock(page);
  expect(lines.opened).toBe(1);
  for (let n = 1; n <= 4; n += 1) {
    await page.clock.runFor(25_000);
    await expect.poll(() => lines.signs).toBe(n);
  }
  expect(lines.opened).toBe(1);
  lines.mute();
  await page.clock.runFor(35_000);
  await expect.poll(() => lines.opened).toBe(2);
  await page.context().close();
});

test.each(names)('a desk whose line died in sleep shows what came meanwhile on waking: %s', async (way) => {
  const page = await signedIn('kim');
  const lines = await linesOf(page, /\/api\/v1\/stream/);
  const arrives = (subject: string) => sendMail({ from: 'Lotte Brahms <lotte.brahms@example.org>', subject, text: 'Ist jemand da?' });
  const rowOn = (desk: Page, subject: string) => desk.getByRole('option', { name: new RegExp(subject) });
  await page.clock.install();
  await page.goto(`${inject('base')}/inbox/unassigned`);
  const [before, meanwhile] = [subjectOf('Vor dem Schlaf'), subjectOf('Im Schlaf')];
  await arrives(before);
  await rowOn(page, before).waitFor();
  await stopClock(page);
  lines.mute();

  await arrives(meanwhile);
  const other = await signedIn('jana', { at: '/inbox/unassigned' });
  await rowOn(other, meanwhile).waitFor();
  await other.context().close();
  expect([await rowOn(page, meanwhile).count(), lines.opened]).toEqual([0, 1]);

  await ways[way](page);
  await expect.poll(() => lines.opened).toBe(2);
  await page.clock.resume();
  await rowOn(page, meanwhile).waitFor();
  await page.context().close();
});
