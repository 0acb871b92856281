import type { Locator, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { openFromList, press } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { check } from './tested.ts';

useBrowser();

const hasFocus = (locator: Locator): Promise<boolean> => locator.evaluate((element) => element === document.activeElement);

async function openConversation(page: Page): Promise<string> {
  const subject = subjectOf('Für alle');
  await sendMail({ from: `Ida Frei <${crypto.randomUUID()}@example.org>`, subject, text: 'Eine Frage.' });
  await openFromList(page, subject);
  return subject;
}

check('focus', 'when a dialog closes the focus is back where it was', async () => {
  const page = await signedIn('kim');
  await openConversation(page);
  await page.getByLabel('Antwort an Ida Frei').waitFor();
  const openers = [
    page.getByRole('button', { name: /^Zuteilen/ }),
    page.getByRole('button', { name: /^Zurückstellen/ }),
    page.getByRole('button', { name: 'Zusage oder Auskunft festhalten' }),
    page.getByRole('button', { name: 'Identität prüfen' }),
    page.getByRole('button', { name: 'Mehr zum Vorgang' }),
  ];
  for (const opener of openers) {
    await press(opener.first());
    const opened = page.locator('[role=dialog]:not([data-toast]), [role=menu]');
    await opened.first().waitFor();
    // Whatever opened has the focus.
    await expect.poll(() => opened.first().evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await opened.first().waitFor({ state: 'hidden' });
    await expect.poll(() => hasFocus(opener.first()), { message: opener.toString() }).toBe(true);
  }
  // A key that leads into a field has led there when it returns: the next letter, however soon it comes, is text already and no key of the desk.
  for (const [key, name] of [
    ['n', 'Interne Notiz'],
    ['r', 'Antwort an Ida Frei'],
  ] as const) {
    const reached = await page.evaluate((pressed) => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }));
      return document.activeElement?.getAttribute('aria-label');
    }, key);
    expect(reached).toBe(name);
  }
  // Opened by a key from the field one writes in: back into it.
  await page.keyboard.type('Guten Tag');
  const field = page.getByLabel('Antwort an Ida Frei');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => hasFocus(field)).toBe(true);
  expect(await field.inputValue()).toBe('Guten Tag');
  // The tip of what closed the dialog goes with it.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('?');
  const tip = page.locator('.floating[aria-hidden=true]', { hasText: 'Schließen' });
  await tip.waitFor();
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'hidden' });
  await page.context().close();
});

/** Whether a screen reader tells this text by itself when it appears. */
const isAnnounced = (text: Locator): Promise<boolean> =>
  text.first().evaluate((element) => element.closest('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]') !== null);

check(
  'announcements',
  'what appears by itself is told to screen readers: who is on it, what was sent, what arrived, what was refused',
  async () => {
    const [page, other] = [await signedIn('kim'), await signedIn('jana')];
    const subject = await openConversation(page);
    await openFromList(other, subject);
    await press(page.getByRole('button', { name: 'Übernehmen', exact: true }));
    const [mine, theirs] = [page.getByText('Du bist dran'), other.getByText(/Kim Sommer ist seit .* dran/)];
    for (const text of [mine, theirs]) {
      await text.first().waitFor();
      expect(await isAnnounced(text)).toBe(true);
    }
    await page.keyboard.press('r');
    await page.keyboard.type('Gern.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('geht gleich raus').waitFor();
    // The answer itself stands in the other's timeline, and is told there.
    await other.getByRole('article', { name: /Kim Sommer/ }).waitFor();
    const told = other.locator('[aria-live=polite]').filter({ hasText: 'Kim Sommer' });
    await expect.poll(() => told.count()).toBeGreaterThan(0);

    await other.goto(`${inject('base')}/search?q=${encodeURIComponent(subject)}`);
    const count = other.getByText('Ein Gespräch.');
    await count.waitFor();
    expect(await isAnnounced(count)).toBe(true);

    await other.route('**/api/v1/me/preferences', (route) =>
      route.fulfill({ status: 409, json: { type: 'about:blank', title: '', status: 409, code: 'core.conflict' } }),
    );
    await other.context().setOffline(true);
    await other.getByRole('combobox').first().fill('etwas anderes');
    const away = other.getByText(/nicht erreichbar|Keine Verbindung|Neues kommt gerade nicht an/);
    await away.first().waitFor();
    expect(await isAnnounced(away)).toBe(true);
    await other.context().setOffline(false);
    await Promise.all([page.context().close(), other.context().close()]);
  },
);
