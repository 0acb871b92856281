import { expect, inject, onTestFinished, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a mail is found by parts of its words and despite a typing error, filtered, opened at its place, all by the keyboard', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const subject = subjectOf('Frage');
  const from = 'Wilma Wasser <wilma.wasser@example.org>';
  await sendMail({ from, subject, text: 'Gilt die Geschirrspülergarantie auch nach einem Umzug?' });
  await sendMail({
    from: 'Otto Ohne <otto.ohne@example.org>',
    subject: subjectOf('Andere Frage'),
    text: 'Wann kommt mein Geschirrspüler?',
  });
  await page.goto(`${inject('base')}/inbox/open`);
  await page.getByRole('option', { name: new RegExp(subject) }).waitFor();

  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Nachrichten und Notizen durchsuchen' });
  await field.waitFor();
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByText('verzeiht Tippfehler').waitFor();

  await page.keyboard.type('garantie geschirrspüler');
  const hit = page.getByRole('list', { name: 'Gefunden' }).getByRole('link').filter({ hasText: subject });
  await hit.waitFor();
  expect(await hit.locator('mark').allTextContents()).toEqual(['Geschirrspülergarantie']);
  expect(new URL(page.url()).searchParams.get('q')).toBe('garantie geschirrspüler');

  await field.fill('geschirsspülergarantie');
  await page.getByText('darum auch ähnliche Wörter').waitFor();
  await hit.waitFor();

  // A filter is proposed as it is begun, chosen by the keyboard, and a wrong one is explained.
  await field.fill('garantie ');
  await page.keyboard.type('st');
  await page.getByRole('option', { name: /^stand:/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /^stand:offen/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await field.inputValue()).toBe('garantie stand:offen ');
  await page.keyboard.type('von:wilma');
  await hit.waitFor();
  await field.fill('garantie von:niemanden');
  await page.getByText('Nichts gefunden').waitFor();
  await field.fill('garantie stand:vielleicht');
  await page.getByText('„stand:vielleicht“ blieb unbeachtet.').waitFor();

  await field.fill('garantie geschirrspüler');
  await hit.waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => hit.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  const message = page.getByRole('article').filter({ hasText: 'Geschirrspülergarantie' });
  await message.waitFor();
  await expect.poll(() => message.evaluate((element) => element.contains(document.activeElement))).toBe(true);

  // What was looked for stays in the address, for the way back.
  await page.goBack();
  await hit.waitFor();
  expect(await field.inputValue()).toBe('garantie geschirrspüler');
});

test('from the palette the search goes on where it was', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('umzug');
  await page.getByRole('option', { name: 'Überall nach „umzug“ suchen' }).click();
  await page.waitForURL(`${inject('base')}/search?q=umzug`);
  expect(await page.getByRole('combobox', { name: 'Nachrichten und Notizen durchsuchen' }).inputValue()).toBe('umzug');
});
