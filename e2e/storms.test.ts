import { expect, inject, test } from 'vitest';
import { conversationEndpoints } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { newestFirst, newPage, signIn, speak, useBrowser } from './browser.ts';
import { caller, invite, password } from './company.ts';
import { sendMail, subjectOf } from './mail.ts';
import { goWithin } from './walk.ts';

useBrowser();

test('two people bring a storm to its end: declared after a look, a text approved by the other, put in with one key, answered, reviewed', async () => {
  const base = inject('base');
  const lore = await newPage();
  await newestFirst(lore);
  await signIn(lore, await invite(base, 'Lore Leitner', ['lead'], true));
  await speak(lore, 'light', 'de');
  const anton = await invite(base, 'Anton Antwort', ['agent', 'lead'], true);
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email: anton, password });
  const word = subjectOf('Quarzlampe').replace(' ', '');
  const writes = async (subject: string, text: string) => {
    await sendMail({ from: `Erna Lampe <${crypto.randomUUID()}@post.example>`, subject, text });
    const find = async () =>
      (await call(conversationEndpoints.list, { view: 'open', sort: 'newest' })).items.find((one) => one.subject === subject)?.id;
    await expect.poll(find).toBeTruthy();
    return (await find()) ?? '';
  };
  const first = subjectOf('Preis der Lampe');
  const firstId = await writes(first, `Die ${word} kostet nur einen Euro, gilt das?`);

  await lore.goto(`${base}/standing`);
  await lore.getByRole('link', { name: 'Störungen' }).click();
  await lore.getByRole('button', { name: 'Störung ausrufen' }).click();
  const dialog = lore.getByRole('dialog', { name: 'Störung ausrufen' });
  await dialog.getByLabel('Titel').fill(`Falscher Preis ${word}`);
  await dialog.getByLabel('Wörter im Betreff oder Text').fill(word.toUpperCase());
  await lore.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Vorher ansehen, wer dazugehört' }).click();
  await dialog.getByText('Ein Gespräch gehört dazu.').waitFor();
  await dialog.getByText(first).waitFor();
  await dialog.getByLabel('Und was hat der Kunde davon?').fill('Alle bekommen dieselbe ehrliche Auskunft.');
  expect(await violations(lore)).toEqual([]);
  await lore.screenshot({ path: 'e2e/output/storm-dialog-de.png' });
  await dialog.getByRole('button', { name: 'Ausrufen' }).click();
  await lore.getByRole('heading', { name: `Falscher Preis ${word}`, level: 1 }).waitFor();
  await lore.getByRole('link', { name: first }).waitFor();
  const address = new URL(lore.url()).pathname;

  // Nobody approves their own text.
  await lore.getByRole('button', { name: 'Text schreiben' }).click();
  await lore.getByRole('dialog').getByLabel('Auf Deutsch').fill('Der Preis war ein Fehler. Wer bestellt hat, hört heute von uns.');
  await lore.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
  await lore.getByText('Freigeben muss eine zweite Person.').waitFor();
  const page = await newPage();
  await newestFirst(page);
  await signIn(page, anton);
  await speak(page, 'light', 'de');
  await page.goto(`${base}/inbox/open/${firstId}`);
  const strip = page.getByRole('region', { name: 'Störung', exact: true });
  await strip.getByText('Noch ist kein Text freigegeben.').waitFor();
  await goWithin(page, address);
  await page.getByRole('button', { name: 'Fassung 1 freigeben' }).click();
  await page.getByText('Wird angeboten').waitFor();

  // With one key the text stands in the draft, below a gap for a line of one's own; nothing leaves by itself.
  await goWithin(page, `/inbox/open/${firstId}`);
  await strip.getByRole('button', { name: 'Grundtext einsetzen' }).waitFor();
  await page.keyboard.press('i');
  const field = page.locator('textarea').first();
  await expect.poll(() => field.inputValue()).toContain('Der Preis war ein Fehler.');
  expect(await field.inputValue()).toMatch(/^\{\{persönliche-erste-Zeile\}\}\n/);
  await page
    .getByText(/persönliche-erste-Zeile/)
    .last()
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/storm-desk-de.png' });
  const sent = async () =>
    (await call(conversationEndpoints.open, { id: firstId })).messages.filter(({ direction }) => direction === 'out').length;
  expect(await sent()).toBe(0);
  await field.fill(`Liebe Frau Lampe, gut, dass Sie fragen!\n\nDer Preis war ein Fehler.`);
  await page.keyboard.press('Control+Enter');
  await expect.poll(sent).toBe(1);

  // Who writes now is there by itself, and the storm does not end over their heads.
  const second = subjectOf('Nur weitergeleitet');
  await writes(second, `Siehe ${word}.`);
  await lore.reload();
  await lore.getByText(/^Wartend: 1 · beantwortet: 1 · Ausnahmen: 0\./).waitFor();
  expect(await violations(lore)).toEqual([]);
  await lore.screenshot({ path: 'e2e/output/storm-de.png', fullPage: true });
  await lore.getByRole('button', { name: 'Beenden' }).click();
  const end = lore.getByRole('dialog', { name: 'Störung beenden' });
  expect(await end.getByRole('button', { name: 'Beenden' }).isDisabled()).toBe(true);
  await lore.keyboard.press('Escape');
  await lore.getByRole('button', { name: 'Ausnahme festhalten' }).click();
  await lore.getByRole('dialog').getByLabel('Grund').fill('Nur weitergeleitet, ohne eigene Frage.');
  await lore.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
  await lore.getByText(/^Wartend: 0 · beantwortet: 1 · Ausnahmen: 1\./).waitFor();
  await lore.getByRole('button', { name: 'Beenden' }).click();
  await end.getByRole('button', { name: 'Beenden' }).click();
  await lore.getByText('1 von 1 bekamen eine eigene Antwort.').waitFor();
  await strip.waitFor({ state: 'detached' });
  await lore.getByRole('button', { name: 'Auswertung schreiben' }).click();
  const review = lore.getByRole('dialog', { name: 'Auswertung' });
  await review.getByLabel('Ursache').fill('Ein Komma fehlte.');
  await review.getByLabel('Maßnahme').fill('Preise unter zehn Euro prüft eine zweite Person.');
  await review.getByLabel('Bis').fill('2030-01-31');
  expect(await violations(lore)).toEqual([]);
  await review.getByRole('button', { name: 'Speichern' }).click();
  await lore.getByText('Ein Komma fehlte.').waitFor();
  expect(await violations(lore)).toEqual([]);
  await lore.context().close();
  await page.context().close();
});
