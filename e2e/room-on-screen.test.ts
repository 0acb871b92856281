import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { address } from './company.ts';
import { sendMail, sendRaw, subjectOf } from './mail.ts';
import { lostOnTheWay, shifts } from './properties.ts';
import { settled } from './walk.ts';

useBrowser();

/** A conversation with more in it than a window holds, open in front of somebody. */
async function longConversation(page: Page, name: string): Promise<void> {
  const subject = subjectOf('Lange Geschichte');
  const from = `${name} <${name.toLowerCase().replace(' ', '.')}@example.org>`;
  const idOf = (n: number): string => `<${subject.replaceAll(' ', '.')}.${n}@example.org>`;
  for (let n = 1; n <= 8; n++) {
    const head = [`From: ${from}`, `To: ${address}`, `Subject: ${subject}`, `Message-ID: ${idOf(n)}`, 'Content-Type: text/plain'];
    if (n > 1) head.push(`In-Reply-To: ${idOf(n - 1)}`);
    await sendRaw({ from, raw: `${head.join('\r\n')}\r\n\r\nNachricht ${n}\r\n${'Und noch eine Zeile.\r\n'.repeat(12)}` });
  }
  await page.goto(`${inject('base')}/inbox/unassigned`);
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByText('Nachricht 8', { exact: false }).first().waitFor();
  await page.getByLabel(`Antwort an ${name}`).waitFor();
}

test.each([
  ['desk', { width: 1100, height: 560 }],
  ['phone', { width: 390, height: 560 }],
] as const)('nothing of a long conversation leads out of the window or lies over what has the focus, on a %s', async (_name, viewport) => {
  const page = await signedIn('kim', { viewport });
  onTestFinished(() => page.context().close());
  await longConversation(page, viewport.width > 500 ? 'Lina Lang' : 'Liam Lang');
  await settled(page);
  expect(await shifts(page)).toEqual([]);
  expect(await lostOnTheWay(page)).toEqual([]);
});

test.each([390, 320])('the list of cases is read and used on a phone of %i pixels', async (width) => {
  const page = await signedIn('kim', { viewport: { width, height: 700 } });
  onTestFinished(() => page.context().close());
  const subject = subjectOf('Donaudampfschifffahrtsgesellschaftskapitänsmütze');
  const name = 'Handy Hofmann';
  await sendMail({ from: `${name} <handy@example.org>`, subject, text: 'Guten Tag' });
  const row = page.getByRole('list', { name: 'Vorgänge' }).getByRole('link').filter({ hasText: subject });
  await expect
    .poll(
      async () => {
        await page.goto(`${inject('base')}/cases`);
        await page.getByRole('list', { name: 'Vorgänge' }).waitFor();
        return row.count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  // All of it is in the window, nothing is cut sideways or has to be pushed to and fro.
  for (const words of [subject, name, /^\d\d-/, 'Offen']) {
    const box = await row.getByText(words).first().boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? width) <= width, String(words)).toBe(true);
  }
  expect(
    await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('main *')]
        // What is only read aloud is a pixel wide, and a field moves its words by itself.
        .filter((element) => element.clientWidth > 1 && element.tagName !== 'INPUT')
        .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible')
        .map((element) => element.outerHTML.slice(0, 120)),
    ),
  ).toEqual([]);

  await page.getByRole('combobox', { name: 'Stand' }).click();
  await page.getByRole('option', { name: 'Geschlossen' }).click();
  await row.waitFor({ state: 'hidden' });
  await page.getByRole('combobox', { name: 'Stand' }).click();
  await page.getByRole('option', { name: 'Offen', exact: true }).click();
  await row.waitFor();
  await page.getByRole('button', { name: 'Meine' }).click();
  await row.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Alle' }).click();
  await row.click();
  await page.getByRole('heading', { name: subject }).first().waitFor();
});

test('at 400 % zoom one can read the conversation and answer it', async () => {
  // What is left of 1280 by 1024.
  const page = await signedIn('kim', { viewport: { width: 320, height: 256 } });
  onTestFinished(() => page.context().close());
  await longConversation(page, 'Zoe Zoom');
  const newest = page.getByRole('article').last();
  // It begins with what was said last, as in any other window.
  await expect.poll(() => newest.evaluate((element) => element.getBoundingClientRect().bottom - window.innerHeight)).toBeLessThan(80);
  await expect.poll(() => newest.evaluate((element) => element.getBoundingClientRect().bottom)).toBeGreaterThan(100);

  const field = page.getByLabel('Antwort an Zoe Zoom');
  const inWindow = (selector: typeof field): Promise<number> =>
    selector.evaluate((element) => {
      element.scrollIntoView({ block: 'center' });
      const { top, bottom, left, right } = element.getBoundingClientRect();
      // Nothing may lie over it.
      const seen = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, window.innerHeight)) / 2);
      return seen && (element.contains(seen) || seen.contains(element)) ? Math.min(bottom, window.innerHeight) - Math.max(top, 0) : 0;
    });
  expect(await inWindow(field)).toBeGreaterThanOrEqual(60);
  await field.click();
  await page.keyboard.type('Das sehen wir uns an.');
  expect(await inWindow(page.getByRole('button', { name: 'Senden', exact: true }))).toBeGreaterThanOrEqual(24);
  expect(await inWindow(page.getByRole('article').first().getByText('Nachricht 1', { exact: false }))).toBeGreaterThanOrEqual(24);
  expect(await inWindow(page.getByRole('button', { name: 'Zurück', exact: true }))).toBeGreaterThanOrEqual(24);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});
