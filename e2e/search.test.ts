import { expect, inject, onTestFinished, test } from 'vitest';
import { customersEndpoints as customers } from '../contract/customers.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { retype } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { journey } from './tested.ts';

useBrowser();

journey(
  'search',
  'a mail is found by parts of its words and despite a typing error, filtered, opened at its place, all by the keyboard',
  async () => {
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
    const field = page.getByRole('combobox', { name: 'Nachrichten, Notizen und Kund:innen durchsuchen' });
    await field.waitFor();
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByText('verzeiht Tippfehler').waitFor();

    await page.keyboard.type('garantie geschirrspüler');
    const hit = page.getByRole('list', { name: 'Gefunden' }).getByRole('link').filter({ hasText: subject });
    await hit.waitFor();
    expect(await hit.locator('mark').allTextContents()).toEqual(['Geschirrspülergarantie']);
    expect(new URL(page.url()).searchParams.get('q')).toBe('garantie geschirrspüler');

    await retype(field, 'geschirsspülergarantie');
    await page.getByText('darum auch ähnliche Wörter').waitFor();
    await hit.waitFor();

    // A filter is proposed as it is begun, chosen by the keyboard, and a wrong one is explained.
    await retype(field, 'garantie ');
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
    await retype(field, 'garantie von:niemanden');
    await page.getByText('Keine Nachricht gefunden').waitFor();
    await retype(field, 'garantie stand:vielleicht');
    await page.getByText('„stand:vielleicht“ blieb unbeachtet.').waitFor();

    await retype(field, 'garantie geschirrspüler');
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
  },
);

test('from the palette the search goes on where it was', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('umzug');
  await page.getByRole('option', { name: 'Überall nach „umzug“ suchen' }).click();
  await page.waitForURL(`${inject('base')}/search?q=umzug`);
  expect(await page.getByRole('combobox', { name: 'Nachrichten, Notizen und Kund:innen durchsuchen' }).inputValue()).toBe('umzug');
});

test('a customer is found beside what was written, mistyped too, as soon as they are there, all by the keyboard', async () => {
  const page = await signedIn('kim');
  onTestFinished(() => page.context().close());
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  await page.goto(`${inject('base')}/search`);
  const field = page.getByRole('combobox', { name: 'Nachrichten, Notizen und Kund:innen durchsuchen' });
  const found = page.getByRole('region', { name: 'Kund:innen' });
  const at = Date.now()
    .toString(36)
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
  const name = `Quirina Zöllner${at}`;
  const number = `K-${Date.now()}`;
  await call(customers.create, {
    name,
    number,
    identities: [
      { kind: 'mail', value: `${at}@post.example` },
      { kind: 'phone', value: '040 55512121' },
    ],
  });
  for (const typed of [`zöllner${at}`, number, `${at}@post`, '+49 40 55512121', `von:niemand zöllner${at}`]) {
    await field.fill(typed);
    await found
      .getByRole('link', { name: new RegExp(name) })
      .first()
      .waitFor();
  }
  await field.fill(`quirinna zölner${at}`);
  await found.getByText('Niemand heißt genau so').waitFor();
  await page.getByText('Keine Nachricht gefunden').waitFor();
  expect(await violations(page)).toEqual([]);

  await page.keyboard.press('ArrowDown');
  const link = found.getByRole('link', { name: new RegExp(name) });
  await expect.poll(() => link.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => link.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();

  // More than a few lead to all of them, and the search stands there.
  for (let n = 0; n < 4; n += 1) await call(customers.create, { name: `Adalbert Vogtner${at}`, identities: [] });
  await page.goto(`${inject('base')}/search?q=vogtner${at}`);
  await found.getByRole('link', { name: 'Alle gefundenen Kund:innen' }).click();
  await expect.poll(() => page.getByRole('link', { name: /Adalbert Vogtner/ }).count()).toBe(4);
  expect(await page.getByRole('searchbox').inputValue()).toBe(`vogtner${at}`);
});
