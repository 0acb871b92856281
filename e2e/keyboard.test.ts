import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { choose, openFromList, press, retype, tabTo, typeTomorrow } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { journey } from './tested.ts';

useBrowser();

test('the help sheet names every key once, the palette every action of the page, and both do what they say', async () => {
  const subject = subjectOf('Hilfe');
  await sendMail({ from: 'Hanna Weiss <hanna.weiss@example.org>', subject, text: 'Wie lange noch?' });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByText('Niemand ist dran').waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Tastenkürzel' });
  await sheet.getByText('Übernehmen', { exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
  const keys = await sheet.locator('dl > div').evaluateAll((lines) => lines.map((line) => line.querySelector('dd')?.textContent ?? ''));
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  const labels = await sheet.locator('dt').allTextContents();
  for (const label of ['Nächstes Gespräch', 'Zuteilen', 'Schlagwörter', 'Lösen', 'Antworten', 'Auswählen', 'Alle auswählen', 'Suche'])
    expect(labels).toContain(label);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });

  await page.keyboard.press('m');
  await page.getByText('Du bist dran').waitFor();
  await page.keyboard.press('?');
  await sheet.getByText('Zurückgeben', { exact: true }).waitFor();
  expect(await sheet.getByText('Übernehmen', { exact: true }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });

  // An action without a key, and one that is only a button of the page.
  const command = async (words: string, name: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.getByRole('option', { name, exact: true }).click();
  };
  await command('dringlichkeit drin', 'Dringlichkeit: Dringend');
  await page.locator('header').getByText('Dringend', { exact: true }).waitFor();
  await command('neue ansicht', 'Neue Ansicht');
  await page.getByRole('dialog', { name: 'Neue Ansicht' }).waitFor();
  await page.context().close();
});

journey('answer', 'a mail is found, taken, answered and left without touching the mouse', async () => {
  const subject = subjectOf('Nur Tasten');
  await sendMail({ from: 'Paula Gruber <paula@example.org>', subject, text: 'Wann kommt mein Sofa?' });
  const page = await signedIn('kim');
  await page.keyboard.press('g');
  await page.keyboard.press('2');
  await page.waitForURL(/unassigned/);
  await openFromList(page, subject);

  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Am Dienstag zwischen 10 und 12 Uhr.');
  await page.getByText('Du bist dran').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('geht gleich raus').waitFor();

  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await retype(page.getByRole('combobox', { name: 'Suchen oder Befehl eingeben …' }), 'Vorgänge');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/cases/);
  await page.getByRole('heading', { level: 1, name: 'Vorgänge' }).waitFor();
  await page.context().close();
});

journey('skip', 'the skip link comes first and leads to the content', async () => {
  const page = await signedIn('kim', { at: '/cases' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  await page.context().close();
});

/** A customer's mail, opened by the keys of the list. */
async function opened(page: Page, about: string): Promise<string> {
  const subject = subjectOf(about);
  await sendMail({ from: `Paula Gruber <${crypto.randomUUID()}@example.org>`, subject, text: 'Können Sie mir helfen?' });
  await openFromList(page, subject);
  return subject;
}

journey('note', 'a note that mentions a colleague is written without touching the mouse, and stands there as a note', async () => {
  const page = await signedIn('kim');
  await opened(page, 'Notiz');
  await page.keyboard.press('n');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Bitte ansehen, @Ja');
  await page.getByRole('option', { name: 'Jana Wolf' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('danke.');
  await press(page.getByRole('button', { name: 'Notiz speichern' }));
  await page
    .getByRole('article', { name: /Interne Notiz von Kim Sommer/ })
    .getByText(/@Jana Wolf/)
    .waitFor();
  await page.context().close();
});

/** Tells in the case that is open what was promised for tomorrow. */
async function promise(page: Page, text: string): Promise<void> {
  await press(page.getByRole('button', { name: 'Zusage oder Auskunft festhalten' }));
  const dialog = page.getByRole('dialog', { name: 'Was wurde gesagt?' });
  await retype(dialog.getByLabel('Wortlaut'), text);
  await typeTomorrow(dialog.getByLabel('Fällig am'));
  await press(dialog.getByRole('button', { name: 'Speichern' }));
  await page.getByRole('region', { name: 'Zusagen' }).getByText(text).waitFor();
}

async function keep(page: Page, text: string): Promise<void> {
  const promises = page.getByRole('region', { name: 'Zusagen' });
  await press(promises.getByRole('button', { name: 'Erfüllt' }));
  await retype(page.getByRole('dialog').getByLabel('Woran sieht man es?'), 'Angerufen um zehn.');
  await press(page.getByRole('dialog').getByRole('button', { name: 'Speichern' }));
  await promises.getByText(text).waitFor({ state: 'hidden' });
  await page.getByRole('dialog', { name: 'Zusage erfüllt' }).waitFor({ state: 'hidden' });
}

journey('promise', 'a promise is made and kept and the case resolved without touching the mouse', async () => {
  const page = await signedIn('kim');
  await opened(page, 'Zusage');
  await press(page.getByRole('button', { name: 'Übernehmen', exact: true }));
  await page.getByText('Du bist dran').waitFor();
  await promise(page, 'Wir rufen zurück.');
  await keep(page, 'Wir rufen zurück.');

  await page.keyboard.press('e');
  const resolving = page.getByRole('dialog', { name: /^Vorgang .* lösen$/ });
  await retype(resolving.getByLabel('Was war die Lösung?'), 'Am Telefon geklärt.');
  await press(resolving.getByRole('combobox'));
  await choose(page.getByRole('option', { name: 'Am Telefon' }), 'Enter');
  await press(resolving.getByRole('button', { name: 'Lösen' }));
  await resolving.waitFor({ state: 'hidden' });
  await page.getByText('Gelöst').first().waitFor();
  await page.context().close();
});

/** Gives away the case that is open, and fills in of its brief what is still missing. */
async function handOver(giver: Page, to: string, missing: Record<string, string>): Promise<void> {
  await press(giver.getByRole('button', { name: 'Übergeben' }));
  const dialog = giver.getByRole('dialog', { name: 'Vorgang übergeben' });
  await tabTo(dialog.getByRole('combobox', { name: 'An' }));
  await giver.keyboard.type(to);
  await choose(giver.getByRole('option', { name: to }), 'Enter');
  for (const [label, text] of Object.entries(missing)) await retype(dialog.getByLabel(label), text);
  await press(dialog.getByRole('button', { name: 'Übergeben' }));
  await dialog.waitFor({ state: 'hidden' });
}

/** Reads what was handed over, and takes it; comes back as what the brief says. */
async function accept(receiver: Page, about: string): Promise<string> {
  await receiver.keyboard.press('g');
  await receiver.keyboard.press('h');
  await receiver.waitForURL(/handovers/);
  const card = receiver.getByRole('article', { name: 'Übergabe' }).filter({ hasText: about });
  await press(card.getByRole('button', { name: 'Ich habe die Übergabe gelesen' }));
  const brief = (await card.textContent()) ?? '';
  await press(card.getByRole('button', { name: 'Übernehmen', exact: true }));
  await receiver.getByText('Du bist dran').waitFor();
  return brief;
}

journey(
  'handover',
  'the case of the empty parcel is handed over twice with its brief, read and accepted; nothing is asked again and the promise is kept, all without the mouse',
  async () => {
    const [kim, jana, mehmet] = [await signedIn('kim'), await signedIn('jana'), await signedIn('mehmet')];
    const subject = await opened(kim, 'Leeres Paket');
    await promise(kim, 'Das Geld geht heute zurück.');
    await press(kim.getByRole('button', { name: 'Tatsache festhalten' }));
    await retype(kim.getByLabel('Was (z. B. Bestellnummer)'), 'Gewicht am Postamt');
    await retype(kim.getByLabel('Wert'), '2.940 g');
    await press(kim.getByRole('button', { name: 'Speichern' }));
    await handOver(kim, 'Jana Wolf', {
      'Anliegen in eigenen Worten': 'Es kam ein leerer Karton an.',
      'Was ist schon getan': `Nachgesehen, ${subject}`,
      'Was die Person möchte': 'Das Geld.',
    });

    const first = await accept(jana, subject);
    for (const known of ['Es kam ein leerer Karton an.', '2.940 g', 'Das Geld geht heute zurück.']) expect(first).toContain(known);
    // What the first brief said stands in the second by itself.
    await handOver(jana, 'Mehmet Kaya', {});

    const second = await accept(mehmet, subject);
    for (const known of ['Es kam ein leerer Karton an.', '2.940 g', 'Das Geld geht heute zurück.', 'Das Geld.'])
      expect(second).toContain(known);
    await keep(mehmet, 'Das Geld geht heute zurück.');
    await Promise.all([kim, jana, mehmet].map((page) => page.context().close()));
  },
  180_000,
);

journey('language', 'language and colours are changed without touching the mouse, from the palette', async () => {
  const page = await signedIn('jana');
  const command = async (name: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type(name);
    await page.getByRole('option', { name }).first().waitFor();
    await page.keyboard.press('Enter');
  };
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
  const before = await theme();
  await command('Switch to English');
  await page.getByRole('heading', { name: 'Mine', exact: true }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await command('Switch between light and dark');
  await expect.poll(theme).not.toBe(before);
  await command('Auf Deutsch umstellen');
  await page.getByRole('heading', { name: 'Meine', exact: true }).waitFor();
  await page.waitForTimeout(400);
  await page.context().close();
});
