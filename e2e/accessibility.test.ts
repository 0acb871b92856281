import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { framedPages } from './pages.ts';

useBrowser();

const setPreferences = (page: Page, theme: string, locale: string): Promise<unknown> =>
  page.request.patch(`${inject('base')}/api/v1/me/preferences`, {
    data: { theme, locale },
    headers: { 'x-nahbar': '1', origin: inject('base') },
  });

async function look(page: Page, theme: string, language: string): Promise<void> {
  await page.evaluate(
    ([wantedTheme, wantedLanguage]) => {
      localStorage.setItem('nahbar.theme', wantedTheme ?? '');
      localStorage.setItem('nahbar.locale', wantedLanguage ?? '');
    },
    [theme, language],
  );
}

const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => !document.querySelector('[role=status] .sr-only, [aria-busy=true]') && document.querySelector('h1, h2, main'));

/** Notices are dialogs, too. */
const dialogOf = (page: Page) => page.locator('[role=dialog]:not([data-toast])');

/** What a page shows once a dialog is open on it; the dialog is closed again. */
async function withDialog(page: Page, prepare?: () => Promise<unknown>): Promise<string[]> {
  await dialogOf(page).waitFor();
  await prepare?.();
  await settled(page);
  await page.waitForTimeout(250);
  const found = await violations(page);
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  return found;
}

/** Merging with its preview, and moving, for which two conversations must be in one case. */
async function dialogsOfCase(page: Page): Promise<string[]> {
  const merge = async (): Promise<void> => {
    await page.getByRole('button', { name: /Mehr zum Vorgang|More about the case/ }).click();
    await page.getByRole('menuitem', { name: /Mit anderem Vorgang|Merge with another/ }).click();
    await dialogOf(page).getByRole('radio').first().click();
    await page.getByRole('region', { name: /Was zusammenkommt|What goes together/ }).waitFor();
  };
  await merge();
  const found = await withDialog(page);
  await merge();
  await dialogOf(page)
    .getByRole('button', { name: /^(Zusammenführen|Merge)$/ })
    .click();
  await page.getByRole('region', { name: /Zusammengeführt und abgetrennt|Merged and split/ }).waitFor();
  found.push(...(await violations(page)));
  await page
    .getByRole('button', { name: /in anderen Vorgang verschieben|to another case$/ })
    .first()
    .click();
  found.push(...(await withDialog(page)));
  return found;
}

async function dialogsOfCustomer(page: Page): Promise<string[]> {
  await page.getByRole('tab', { name: /Einwilligungen|Consents/ }).click();
  const record = page.getByRole('button', { name: /Einwilligung festhalten|Record a consent/ });
  await record.click();
  const found = await withDialog(page, async () => {
    await dialogOf(page).getByRole('combobox').first().click();
    await page.getByRole('option', { name: /Umfragen|Surveys/ }).click();
    await page.getByLabel(/Fassung des Textes|Version of the text/).fill('7');
    await dialogOf(page)
      .getByRole('button', { name: /Speichern|Save/ })
      .click();
    await page.getByRole('group', { name: /Verlauf|History/ }).waitFor();
    await record.click();
  });
  found.push(...(await violations(page)));
  return found;
}

async function dialogsOfTopics(page: Page): Promise<string[]> {
  await page.goto(`${inject('base')}/administration/topics`);
  const more = page.getByRole('button', { name: /Lieferung|“Delivery”/ }).first();
  await more.click();
  await page.getByRole('menu').waitFor();
  const found = await violations(page);
  await page.getByRole('menuitem').first().click();
  found.push(...(await withDialog(page)));
  return found;
}

// Every page in both themes and both languages; that colours and words meet in all four ways shows nothing more and takes twice as long.
test.each([
  ['light', 'de'],
  ['dark', 'en'],
] as const)(
  'every page is free of violations, %s, %s',
  async (theme, language) => {
    const subject = subjectOf('Zugänglich');
    await sendMail({
      from: 'Ina Blum <ina.blum@example.org>',
      subject,
      text: 'Können Sie mir helfen?',
      html: '<p>Können Sie mir <b>helfen</b>?</p>',
      attachments: [{ filename: 'rechnung.pdf', content: Buffer.from('%PDF-1.4') }],
    });
    // A second concern of hers, so that there is something to merge.
    await sendMail({ from: 'Ina Blum <ina.blum@example.org>', subject: subjectOf('Auch das'), text: 'Und noch etwas.' });
    const page = await signedIn('kim');
    onTestFinished(async () => {
      await setPreferences(page, 'system', 'de');
      await page.context().close();
    });
    await setPreferences(page, theme, language);
    await look(page, theme, language);
    const found: string[] = [];
    for (const path of framedPages) {
      await page.goto(inject('base') + path);
      await settled(page);
      await page.waitForTimeout(250);
      found.push(...(await violations(page)));
    }
    await page.goto(`${inject('base')}/inbox/unassigned`);
    await page.getByRole('option', { name: new RegExp(subject) }).click();
    await page.locator('textarea').first().waitFor();
    await page.waitForTimeout(500);
    found.push(...(await violations(page)));
    await page.keyboard.press('n');
    await page.waitForTimeout(250);
    await page.keyboard.type('@Ja');
    await page.getByRole('option', { name: 'Jana Wolf' }).waitFor();
    found.push(...(await violations(page)));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Escape');
    found.push(...(await violations(page)));
    for (const key of ['s', 't', 'a']) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      await page.waitForTimeout(200);
      found.push(...(await violations(page)));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    found.push(...(await violations(page)));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    found.push(...(await violations(page)));
    await page.keyboard.press('Escape');
    for (const room of ['cases', 'customers']) {
      const address = await page.locator(`a[href^="/${room}/"]`).first().getAttribute('href');
      const detail = await page.context().newPage();
      await detail.goto(inject('base') + address);
      await detail.getByRole('heading', { level: 1 }).waitFor();
      await settled(detail);
      await detail.waitForTimeout(250);
      found.push(...(await violations(detail)));
      found.push(...(await (room === 'cases' ? dialogsOfCase(detail) : dialogsOfCustomer(detail))));
      await detail.close();
    }
    found.push(...(await dialogsOfTopics(page)));
    expect(found).toEqual([]);
  },
  300_000,
);

test.each(['light', 'dark'])('the pages before signing in are free of violations, %s', async (theme) => {
  const page = await newPage();
  const found: string[] = [];
  for (const address of [
    `${inject('base')}/sign-in`,
    `${inject('emptyBase')}/welcome`,
    `${inject('base')}/new-password#x`,
    `${inject('base')}/invitation#x`,
  ]) {
    await page.goto(address);
    await look(page, theme, 'de');
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(200);
    found.push(...(await violations(page)));
  }
  expect(found).toEqual([]);
  await page.context().close();
});

test.each([640, 256])(
  'nothing is lost when zoomed in four times and on a phone, %d high: no page scrolls sideways, no part is left without room',
  async (height) => {
    const page = await signedIn('kim', { viewport: { width: 320, height } });
    const found: string[] = [];
    for (const path of framedPages) {
      await page.goto(inject('base') + path);
      await settled(page);
      const { over, low } = await page.evaluate(() => {
        const parts = [...document.querySelectorAll('#main *')].filter((part) => /auto|scroll/.test(getComputedStyle(part).overflowY));
        return {
          over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          low: parts.filter((part) => part.clientHeight < window.innerHeight * 0.75 && part.scrollHeight > part.clientHeight + 1).length,
        };
      });
      if (over > 0) found.push(`${path}: ${over}px too wide`);
      if (low > 0) found.push(`${path}: ${low} parts scroll in less than three quarters of the window`);
    }
    expect(found).toEqual([]);
    await page.context().close();
  },
);
