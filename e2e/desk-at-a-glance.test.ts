import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

/** A customer's mail, open in front of somebody. */
async function opened(page: Page, mail: { from: string; subject: string; text: string; html?: string }): Promise<void> {
  await sendMail(mail);
  await page.goto(`${inject('base')}/inbox/unassigned`);
  await page.getByRole('option', { name: mail.subject }).click();
  await page.locator('[data-composer] textarea').waitFor();
}

test('many tags leave the first words and the priority to be read, and the header two lines', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const subject = subjectOf('Viele Schlagwörter');
  await opened(page, { from: 'Tessa Tag <tessa.tag@example.org>', subject, text: 'Die Waschmaschine leckt seit gestern Abend.' });
  const header = page.locator('header', { has: page.getByRole('heading', { name: subject }) });
  const before = (await header.boundingBox())?.height;
  await page.keyboard.press('t');
  const field = page.getByRole('dialog').getByLabel('Schlagwörter');
  for (const tag of ['Wasserschaden', 'Waschmaschine', 'Versicherung', 'Eilauftrag']) {
    await field.fill(tag);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
  await header.getByRole('button', { name: 'Mehr' }).click();
  await page.getByRole('menuitem', { name: 'Dringend' }).click();
  const row = page.getByRole('option', { name: new RegExp(subject) });
  const urgent = row.getByText('Dringend');
  await urgent.waitFor();
  expect(await urgent.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  expect((await row.locator('[data-preview]').boundingBox())?.width).toBeGreaterThanOrEqual(75);
  const room = await row.boundingBox();
  const words = await row.locator('[data-preview]').boundingBox();
  expect((words?.x ?? 0) + (words?.width ?? 0)).toBeLessThanOrEqual((room?.x ?? 0) + (room?.width ?? 0));
  // What does not fit is said all the same.
  await row.getByText(/und .*Eilauftrag/).waitFor({ state: 'attached' });
  // A second line and no third.
  expect(((await header.boundingBox())?.height ?? 0) - (before ?? 0)).toBeLessThanOrEqual(24);
  const above = header.getByText('Dringend');
  expect(
    await above.evaluate(
      (element) =>
        document.elementFromPoint(element.getBoundingClientRect().right - 2, element.getBoundingClientRect().top + 8) === element,
    ),
  ).toBe(true);
});

test('of three hundred tags thirty find room, the rest stays in the field, and the page says why', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const subject = subjectOf('Dreihundert');
  await opened(page, { from: 'Tessa Tag <tessa.tag@example.org>', subject, text: 'Die Waschmaschine leckt.' });
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('Schlagwörter');
  const words = Array.from({ length: 300 }, (_, n) => `wort-${n}`);
  await field.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, words.join('\n'));
  const reason = dialog.getByRole('alert').getByText('Mehr als 30 Schlagwörter gehen nicht. Der Rest steht noch im Feld.');
  await reason.waitFor();
  // In sight without scrolling to it.
  expect(
    await reason.evaluate((element) => {
      const { left, top, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + 4, top + height / 2));
    }),
  ).toBe(true);
  expect(await dialog.getByRole('button', { name: /^wort-\d+ entfernen$/ }).count()).toBe(30);
  expect(await field.inputValue()).toBe(words.slice(30).join(', '));
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/many-tags.png' });
  // Room for one: the next of the rest moves up, and nothing is said twice.
  await dialog.getByRole('button', { name: 'wort-7 entfernen' }).click();
  await field.press('Enter');
  await dialog.getByRole('button', { name: 'wort-30 entfernen' }).waitFor();
  expect(await field.inputValue()).toBe(words.slice(31).join(', '));
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const kept = words.slice(0, 31).filter((word) => word !== 'wort-7');
  const id = page.url().split('/').at(-1) ?? '';
  const stored = async (): Promise<string[]> =>
    ((await (await page.request.get(`${inject('base')}/api/v1/conversations/${id}`)).json()) as { conversation: { tags: string[] } })
      .conversation.tags;
  await expect.poll(stored).toEqual(kept);
});

test('what somebody writes in Arabic runs from right to left, and German beside it from left to right', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const mark = subjectOf('Nr.');
  const text = 'مرحبا، الغسالة رقم 4711 (جديدة) لا تعمل.\n\nMit freundlichen Grüßen aus Leipzig';
  await opened(page, {
    from: 'ليلى حداد <leila.haddad@example.org>',
    subject: `الغسالة (4711) لا تعمل ${mark}`,
    text,
    html: '<p>مرحبا، الغسالة رقم 4711 (جديدة) لا تعمل.</p>',
  });
  const directionOf = (part: ReturnType<Page['locator']>): Promise<string> =>
    part.evaluate((element) => getComputedStyle(element).direction);
  const row = page.getByRole('option', { name: new RegExp(mark) });
  expect(await directionOf(row.getByText('ليلى حداد'))).toBe('rtl');
  expect(await directionOf(row.getByText(/لا تعمل .*/).first())).toBe('rtl');
  expect(await directionOf(page.getByRole('heading', { level: 1, name: new RegExp(mark) }))).toBe('rtl');
  const body = page.getByRole('article').first().getByText('مرحبا');
  expect(await directionOf(body)).toBe('rtl');
  /** How far each line of it begins from the left and ends from the right. */
  const lines = await body.evaluate((element) => {
    const all = document.createRange();
    all.selectNodeContents(element);
    const box = element.getBoundingClientRect();
    const parts = [...all.getClientRects()].filter(({ width }) => width > 1);
    return [parts[0], parts.at(-1)].map((one) => {
      const line = parts.filter(({ top, bottom }) => one && top < one.bottom && bottom > one.top);
      return { left: Math.min(...line.map(({ left }) => left)) - box.left, right: box.right - Math.max(...line.map(({ right }) => right)) };
    });
  });
  expect(lines[0]?.right).toBeLessThan(2);
  expect(lines[1]?.left).toBeLessThan(2);
  const field = page.locator('[data-composer] textarea');
  await field.fill('شكرا');
  expect(await directionOf(field)).toBe('rtl');
  await field.fill('Danke');
  expect(await directionOf(field)).toBe('ltr');
  await field.fill('');
});

test('what is typed right after Ctrl+K stands in the palette, and nothing of it runs as a shortcut', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  await opened(page, { from: 'Pia Palette <pia.palette@example.org>', subject: subjectOf('Tippen'), text: 'Guten Tag' });
  // A slow line: what the key opens is not there yet.
  await page.route(/\/assets\/(palette|command-palette)[^/]*\.js/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await page.reload();
  await page.locator('[data-composer] textarea').waitFor();
  await page.locator('[data-composer] textarea').focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('snt raeq');
  await page.keyboard.press('Backspace');
  const field = page.getByRole('combobox', { name: 'Suchen oder Befehl eingeben …' });
  await field.waitFor();
  await page.keyboard.type('xy');
  expect(await field.inputValue()).toBe('snt raexy');
  expect(await page.getByRole('dialog').count()).toBe(1);
  await page.keyboard.press('Escape');
  expect(await page.locator('[data-composer] textarea').inputValue()).toBe('');
  expect(await page.locator('[data-composer]').getAttribute('data-composer')).toBe('reply');
});

test('whoever answers while reading further up is brought to the answer, and the notice covers nothing', async () => {
  const page = await signedIn('kim', { viewport: { width: 1280, height: 720 } });
  onTestFinished(() => page.context().close());
  await opened(page, { from: 'Otto Oben <otto.oben@example.org>', subject: subjectOf('Lang'), text: 'Eine Zeile.\n'.repeat(80) });
  const region = page.getByRole('region', { name: 'Verlauf' });
  await page.locator('[data-composer] textarea').fill('Das ist meine Antwort.');
  await region.evaluate((element) => element.scrollTo(0, 0));
  await page.waitForTimeout(100);
  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  const answer = page.getByRole('article').getByText('Das ist meine Antwort.');
  await expect
    .poll(async () => {
      const [pane, box] = await Promise.all([region.boundingBox(), answer.boundingBox()]);
      return pane && box && box.y >= pane.y && box.y + box.height <= pane.y + pane.height;
    })
    .toBe(true);

  const notice = page.locator('[data-toast]');
  await notice.waitFor();
  await expect
    .poll(() =>
      page.evaluate(() => {
        const over = document.querySelector('[data-toast]')?.getBoundingClientRect();
        if (!over) return ['no notice'];
        const meets = ({ left, right, top, bottom }: DOMRect): boolean =>
          left < over.right && right > over.left && top < over.bottom && bottom > over.top;
        return [...document.querySelectorAll('nav button, nav a, [data-list], [data-composer], [role=region][aria-label=Verlauf], header')]
          .filter((element) => element.getClientRects().length > 0 && meets(element.getBoundingClientRect()))
          .map((element) => element.outerHTML.slice(0, 80));
      }),
    )
    .toEqual([]);
});

test('a search shows each conversation once, with the day and what was found marked', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const word = `quittenmus${Date.now().toString(36)}`;
  const subject = subjectOf('Lieferung ohne Deckel und mit einem Betreff, der länger ist als eine Zeile');
  await opened(page, { from: 'Sara Such <sara.such@example.org>', subject, text: `Wo ist mein ${word}?` });
  await page.getByRole('button', { name: 'Interne Notiz' }).click();
  const note = page.locator('[data-composer] textarea');
  for (const text of ['steht im Lager', 'ist unterwegs']) {
    await note.fill(`Das ${word} ${text}.`);
    await page.getByRole('button', { name: 'Notiz speichern' }).click();
    await page
      .getByRole('article', { name: /Interne Notiz/ })
      .getByText(text)
      .waitFor();
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Suchen oder Befehl eingeben …' }).fill(word);
  const hits = page.getByRole('dialog').getByRole('option').filter({ hasText: subject });
  await expect.poll(() => hits.count()).toBe(1);
  expect(await hits.locator('mark').allTextContents()).toEqual([word]);
  await hits.getByText(/\+2 weitere · \d\d:\d\d/).waitFor();
  await hits.click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
});

test('a long name is never cut in the middle of a word', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const name =
    'Autohaus Meier & Söhne Gesellschaft mit beschränkter Haftung und Compagnie Kommanditgesellschaft, Zweigniederlassung Leipzig-Plagwitz';
  await opened(page, { from: `"${name}" <lang@example.org>`, subject: subjectOf('Name'), text: 'Guten Tag' });
  await page.locator('[data-composer]').getByTitle(name).waitFor();
  await page.locator('[data-composer]').getByText(`Private Antwort an ${name}`).waitFor();
  await page.getByRole('option').getByTitle(name).waitFor();
});
