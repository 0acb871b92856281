import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { field, leftMail, opened, paste } from './writing.ts';

useBrowser();

const picker = (page: Page) => page.getByRole('listbox', { name: 'Textbausteine' });

/** Writes a snippet where entitled people write them. */
async function writeSnippet(page: Page, shortcut: string, title: string, text: string): Promise<void> {
  await page.goto(`${inject('base')}/administration/snippets`);
  await page.getByRole('button', { name: 'Neuer Textbaustein' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Titel').fill(title);
  await dialog.getByLabel('Kurzbefehl').fill(shortcut);
  await dialog.getByLabel('Text auf Deutsch').fill(text);
  await dialog.getByRole('button', { name: 'Hinzufügen' }).click();
  await page.getByRole('list', { name: 'Textbausteine' }).getByText(title).waitFor();
}

test('a snippet is written with preview, changed back, removed and brought back', async () => {
  const page = await signedIn('kim', { at: '/administration' });
  const [title, word] = [subjectOf('Baustein'), `w${Date.now().toString(36)}`];
  await page.getByRole('main').getByRole('link', { name: 'Textbausteine' }).click();
  await page.getByRole('button', { name: 'Neuer Textbaustein' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Titel').fill(title);
  await dialog.getByLabel('Kurzbefehl').fill(`/${word}`);
  await dialog.getByLabel('Text auf Deutsch').fill('{{kunde.schuhgröße}}');
  await dialog.getByText('Das sind keine Platzhalter: {{kunde.schuhgröße}}').waitFor();
  expect(await dialog.getByRole('button', { name: 'Hinzufügen' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Text auf Deutsch').fill('');
  await dialog.getByRole('button', { name: '{{kunde.anrede}}' }).click();
  await page.keyboard.type(', hier ist {{berater.name}}.');
  await dialog
    .getByRole('region', { name: /So liest es sich/ })
    .getByText('Guten Tag Erika Klein, hier ist Kim Sommer.')
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Hinzufügen' }).click();
  const list = page.getByRole('list', { name: 'Textbausteine' });
  const row = list.getByRole('listitem').filter({ hasText: title });
  await row.getByText(`/${word}`).waitFor();

  await row.getByRole('button', { name: /ändern/ }).click();
  await dialog.getByLabel('Kurzbefehl').fill(`${word}neu`);
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await row.getByText(`/${word}neu`).waitFor();
  await page.locator('[data-toast]').filter({ hasText: 'geändert' }).getByRole('button', { name: 'Rückgängig' }).click();
  await row.getByText(`/${word}`, { exact: true }).waitFor();

  await row.getByRole('button', { name: /löschen/ }).click();
  await row.waitFor({ state: 'hidden' });
  await page.locator('[data-toast]').filter({ hasText: 'gelöscht' }).getByRole('button', { name: 'Zurückholen' }).click();
  await row.getByText(`/${word}`, { exact: true }).waitFor();
  await page.context().close();
});

test('a snippet is put in by keys alone, its gaps filled; what nobody knows is asked about before it leaves', async () => {
  const page = await signedIn('kim');
  const [title, word] = [subjectOf('Lieferung'), `liefer${Date.now().toString(36)}`];
  await writeSnippet(
    page,
    word,
    title,
    '{{kunde.anrede}},\n\nzu {{vorgang.nummer}}: wir suchen „{{vorgang.betreff}}“.\n\n{{berater.name}}',
  );
  const subject = await opened(page, 'Sofa fehlt');
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type(`Hallo /${word.slice(0, 9)}`);
  await picker(page).getByRole('option').first().waitFor();
  expect(await violations(page)).toEqual([]);
  // A letter more that no snippet has, and back.
  await page.keyboard.type('qqq');
  await picker(page).waitFor({ state: 'hidden' });
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Backspace');
  await picker(page)
    .getByRole('option', { name: new RegExp(title) })
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await expect.poll(() => field(page).inputValue()).toMatch(/^Hallo Guten Tag Paula Gruber,\n\nzu \d\d-\d+-\d: wir suchen „Sofa fehlt/);
  expect(await field(page).inputValue()).toContain(`${subject}“.\n\nKim Sommer`);

  await page.keyboard.press('Control+a');
  await page.keyboard.type('Guten Tag {{kunde.vorname}}, alles gut.');
  await page.getByText('Noch nicht ausgefüllt: {{kunde.vorname}}').waitFor();
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('alertdialog', { name: 'Im Text stehen noch Platzhalter' });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  // Back in the text, with the gap chosen: the next key writes over it.
  await expect.poll(() => page.evaluate(() => document.getSelection()?.toString())).toBe('{{kunde.vorname}}');
  await page.keyboard.type('Paula');
  await expect.poll(() => field(page).inputValue()).toBe('Guten Tag Paula, alles gut.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('geht gleich raus').waitFor();
  await page.context().close();
});

test('a snippet is put into a note, too, beside a mention; Escape leaves what was typed', async () => {
  const page = await signedIn('kim');
  const word = `notiz${Date.now().toString(36)}`;
  await writeSnippet(page, word, subjectOf('Rückruf'), 'Bitte zurückrufen: {{kunde.name}}');
  await opened(page, 'Rückruf');
  await page.keyboard.press('n');
  const note = page.getByRole('textbox', { name: 'Interne Notiz' });
  await note.waitFor();
  await page.keyboard.type(`@Jan`);
  await page.getByRole('listbox', { name: 'Wen meinst du?' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type(`/${word}`);
  await picker(page).getByRole('option').waitFor();
  await page.keyboard.press('Escape');
  await picker(page).waitFor({ state: 'hidden' });
  expect(await note.inputValue()).toMatch(new RegExp(`^@Jana \\w+ /${word}$`));
  await page.keyboard.press('Backspace');
  await page.keyboard.type(word.slice(-1));
  await picker(page).getByRole('option').waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  expect(await note.inputValue()).toContain('Bitte zurückrufen: Paula Gruber');
  await page.context().close();
});

const richField = (page: Page) => page.locator('[contenteditable="true"][role="textbox"]');
test('an answer is formatted by keys, survives reload and undo, and leaves as a mail in both forms', async () => {
  const page = await signedIn('kim');
  const editors: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('rich-field')) editors.push(request.url());
  });
  const subject = await opened(page, 'Formatiert');
  // Nobody waits for an editor that they do not use.
  expect(editors).toEqual([]);
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Das ist wichtig');
  for (let i = 0; i < 7; i += 1) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Control+b');
  await richField(page).getByText('wichtig').waitFor();
  // Where one was: the chosen word is bold, and the next key would write over it.
  expect(await richField(page).innerHTML()).toContain('Das ist <strong>wichtig</strong>');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Shift+8');
  await page.keyboard.type('eins');
  await page.keyboard.press('Enter');
  await page.keyboard.type('zwei');
  await page.getByText('Entwurf gespeichert').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await richField(page).getByText('zwei').waitFor();
  expect(await richField(page).innerHTML()).toContain('<strong>wichtig</strong>');

  await richField(page).click();
  await page.keyboard.press('Control+Enter');
  await page.getByText('geht gleich raus').waitFor();
  await page.locator('[data-toast]').filter({ hasText: 'Wird gesendet' }).getByRole('button', { name: 'Rückgängig' }).click();
  await richField(page).getByText('zwei').waitFor();
  expect(await richField(page).innerHTML()).toContain('<strong>wichtig</strong>');
  await richField(page).click();
  await page.keyboard.press('Control+Enter');
  const { raw, mail } = await leftMail(page, subject);
  expect(raw).toMatch(/^Content-Type: multipart\/alternative/m);
  expect(mail.text).toContain('Das ist wichtig\n- eins\n- zwei');
  expect(mail.text).toContain('> Wann kommt mein Sofa?');
  expect(mail.html).toContain('<strong>wichtig</strong>');
  expect(mail.html).toMatch(/<li><p[^>]*>zwei<\/p><\/li>/);
  await page.context().close();
});

test('the tools are one stop by keyboard; a link is set, a snippet fits in, and formatting goes and comes back', async () => {
  const page = await signedIn('kim');
  const word = `rich${Date.now().toString(36)}`;
  await writeSnippet(page, word, subjectOf('Zweizeiler'), 'erste Zeile\nzweite für {{kunde.name}} {{vorgang.betreff}}');
  await opened(page, 'Werkzeuge');
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Siehe hier');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await page.keyboard.press('Alt+F10');
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Link');
  await page.keyboard.press('Enter');
  await page.keyboard.type('javascript:alert(1)');
  await page.keyboard.press('Enter');
  await page.getByText('Das ist keine Adresse').waitFor();
  await page.getByLabel('Adresse des Links').fill('haus.example/hilfe');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => richField(page).innerHTML()).toContain('<a href="https://haus.example/hilfe">hier</a>');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(` und /${word}`);
  await picker(page).getByRole('option').waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await expect.poll(() => richField(page).innerText()).toMatch(/hier und erste Zeile\n+zweite für Paula Gruber/);
  await page.getByRole('button', { name: 'Formatierung entfernen' }).click();
  expect(await field(page).inputValue()).toMatch(
    /^Siehe hier \(https:\/\/haus.example\/hilfe\) und erste Zeile\nzweite für Paula Gruber Werkzeuge/,
  );
  await page.locator('[data-toast]').filter({ hasText: 'Formatierung entfernt' }).getByRole('button', { name: 'Rückgängig' }).click();
  await expect.poll(() => richField(page).innerHTML()).toContain('<a href="https://haus.example/hilfe">hier</a>');
  await page.context().close();
});

test('a link has its own key: in plain text, in formatted text, and again to change it; the help sheet and the tool say so', async () => {
  const page = await signedIn('kim');
  await opened(page, 'Linktaste');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Tastenkürzel' });
  await help.getByText('Link setzen').waitFor();
  // Whoever looks at a dialog is not asked for an address behind it.
  await page.keyboard.press('Control+Shift+K');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  const address = page.getByLabel('Adresse des Links');
  expect(await address.count()).toBe(0);
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Siehe hier');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await page.keyboard.press('Control+Shift+K');
  await address.waitFor();
  await page.keyboard.type('haus.example/hilfe');
  await page.keyboard.press('Enter');
  await expect.poll(() => richField(page).innerHTML()).toContain('<a href="https://haus.example/hilfe">hier</a>');
  await page.keyboard.press('Control+Shift+K');
  await expect.poll(() => address.inputValue()).toBe('https://haus.example/hilfe');
  await page.keyboard.press('Escape');
  await address.waitFor({ state: 'hidden' });
  // Back in the text, where one was.
  await page.keyboard.press('End');
  await page.keyboard.type(' nach');
  await expect.poll(() => richField(page).innerText()).toContain('Siehe hier nach');
  await page.getByRole('button', { name: 'Link', exact: true }).focus();
  await page.locator('.floating kbd').filter({ hasText: /^K$/ }).waitFor();
  await page.context().close();
});

/** A million letters, no part like another: what is lost, doubled or moved shows. */
const megabyte = (): string => Array.from({ length: 100_000 }, (_, n) => `ä${String(n).padStart(8, '0')}ß`).join('');

/** The one file of that name, as text. */
function wholeOf(files: readonly { filename: string | null; content: ArrayBuffer | Uint8Array | string }[], name: string): string {
  const found = files.filter(({ filename }) => filename === name);
  expect(found.length).toBe(1);
  const content = found[0]?.content ?? '';
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

test('what is pasted keeps its words and the formatting there is; a megabyte becomes a file at once, whole', async () => {
  const page = await signedIn('kim');
  const subject = await opened(page, 'Eingefügt');
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Da');
  await page.keyboard.press('Control+i');
  await richField(page).waitFor();
  await paste(page, {
    'text/html':
      '<h1 style="color:red" onclick="x()">Titel</h1><p><b>fett</b> <img src="https://spion.example/x"><script>alert(1)</script></p><ul><li>Punkt</li></ul>',
    'text/plain': 'Titel fett Punkt',
  });
  await richField(page).getByText('Punkt').waitFor();
  const html = await richField(page).innerHTML();
  expect(html).toContain('<strong>fett</strong>');
  expect(html).not.toMatch(/h1|spion|script|onclick|color/);
  const text = megabyte();
  await paste(page, { 'text/plain': text });
  await page.keyboard.type('weiter');
  await richField(page).getByText('weiter').waitFor();
  await page.getByText('Zu lang für eine Nachricht: als Datei angehängt').waitFor();
  await page.getByRole('button', { name: 'eingefügter Text.txt entfernen' }).waitFor();
  await page.getByText('1,2 MB', { exact: true }).waitFor();
  await page.keyboard.press('Control+Enter');
  const { mail } = await leftMail(page, subject);
  expect(wholeOf(mail.attachments, 'eingefügter Text.txt')).toBe(text);
  await page.context().close();
});

test('a megabyte pasted into the plain field is a whole file of the mail, beside what stood there', async () => {
  const page = await signedIn('kim');
  const subject = await opened(page, 'Lang');
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Das Protokoll: ');
  const text = megabyte();
  await paste(page, { 'text/plain': text });
  await page.getByRole('button', { name: 'eingefügter Text.txt entfernen' }).waitFor();
  await page.getByText('Zu lang für eine Nachricht: als Datei angehängt').waitFor();
  await page.keyboard.type('anbei.');
  expect(await field(page).inputValue()).toBe('Das Protokoll: anbei.');
  await page.keyboard.press('Control+Enter');
  const { mail } = await leftMail(page, subject);
  expect(mail.text).toContain('Das Protokoll: anbei.');
  expect(wholeOf(mail.attachments, 'eingefügter Text.txt')).toBe(text);
  await page.context().close();
});

test('a megabyte pasted into a note is a whole file that colleagues download', async () => {
  const page = await signedIn('kim');
  await opened(page, 'Lange Notiz');
  await page.keyboard.press('n');
  const note = page.getByRole('textbox', { name: 'Interne Notiz' });
  await note.fill('Mitschnitt: ');
  const text = megabyte();
  await paste(page, { 'text/plain': text });
  await page.getByRole('button', { name: 'eingefügter Text.txt entfernen' }).waitFor();
  await page.getByText('Zu lang für eine Nachricht: als Datei angehängt').waitFor();
  await page.keyboard.type('anbei');
  expect(await note.inputValue()).toBe('Mitschnitt: anbei');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  const link = page.getByRole('article', { name: /Interne Notiz/ }).getByRole('link', { name: /eingefügter Text\.txt/ });
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(file.suggestedFilename()).toBe('eingefügter Text.txt');
  expect(await readFile(await file.path(), 'utf8')).toBe(text);
  await page.context().close();
});

test('an answer is previewed with its quote, planned for tomorrow, taken back, planned again, and stopped by a newer mail', async () => {
  const page = await signedIn('kim');
  const from = 'Ilse Berg <ilse.berg@example.org>';
  const subject = await opened(page, 'Geplant', from);
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Ihr Sofa kommt am Montag.');
  await page.getByText('Geht an: ilse.berg@example.org').waitFor();
  await page.getByRole('button', { name: 'Vorschau' }).click();
  const preview = page.getByRole('dialog', { name: 'So wird es gelesen' });
  await preview.getByText(`Re: ${subject}`).waitFor();
  await preview.getByText(/Stand Ihres Anliegens ansehen oder etwas ergänzen:\s+http\S+\/my#…/).waitFor();
  await preview.getByText(/schrieb Ilse Berg:/).waitFor();
  await preview.getByText('Wann kommt mein Sofa?').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await preview.waitFor({ state: 'hidden' });

  const plan = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Weitere Arten zu senden' }).click();
    await page.getByRole('menuitem', { name: 'Später senden' }).click();
    await page.getByRole('button', { name: /^Morgen früh/ }).click();
    await page.getByText('geplant für morgen, 08:00').waitFor();
  };
  await plan();
  await page.getByText('Geht morgen, 08:00 raus. Schreibt die Kund:in').waitFor();
  // The dialog that asked for the time is still leaving.
  await page.locator('[data-toast] button').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-hidden=true] [data-toast], [data-toast][aria-hidden=true]'));
  expect(await violations(page)).toEqual([]);
  await page.getByRole('article').getByRole('button', { name: 'Zurücknehmen' }).click();
  await expect.poll(() => field(page).inputValue()).toBe('Ihr Sofa kommt am Montag.');

  await plan();
  await expect.poll(() => field(page).inputValue()).toBe('');
  const { messageId } = await leftId(page, subject);
  await sendMail({ from, subject: `Re: ${subject}`, text: 'Hat sich erledigt.', inReplyTo: messageId, references: messageId });
  await page.locator('[data-toast]').filter({ hasText: 'Deine geplante Nachricht geht nicht raus' }).waitFor();
  await page.getByText('Die geplante Nachricht von Kim Sommer geht nicht raus').waitFor();
  await page.getByText('Hat sich erledigt.').first().waitFor();
  // The text is in the field again, in the window that was open all the time.
  await expect.poll(() => field(page).inputValue()).toBe('Ihr Sofa kommt am Montag.');
  await page.context().close();
});

/** The id under which our planned answer will leave, which the customer's program would name. */
async function leftId(page: Page, subject: string): Promise<{ messageId: string }> {
  const id = /[0-9a-f-]{36}$/.exec(new URL(page.url()).pathname)?.[0];
  const raw = (await (await page.request.get(`${inject('base')}/api/v1/conversations/${id}`)).json()) as {
    messages: { id: string; direction: string; hasRaw: boolean }[];
  };
  const first = raw.messages.find(({ direction }) => direction === 'in');
  const mail = await (await page.request.get(`${inject('base')}/api/v1/messages/${first?.id}/raw`)).text();
  const messageId = /^Message-ID: *(<[^>]+>)/im.exec(mail)?.[1] ?? '';
  expect(messageId, subject).not.toBe('');
  return { messageId };
}

test('two windows with one draft follow each other, lose nothing and send once', async () => {
  const page = await signedIn('kim');
  await opened(page, 'Zwei Fenster');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await field(other).waitFor();
  await field(page).click();
  await page.keyboard.type('Aus dem ersten Fenster.');
  await page.getByText('Entwurf gespeichert').waitFor();
  await expect.poll(() => field(other).inputValue()).toBe('Aus dem ersten Fenster.');
  // Both write at once: the later one is asked, and both texts are there.
  const drafts = /\/drafts\/reply$/;
  await page.context().route(drafts, (route) => route.abort('failed'));
  await field(page).fill('Erstes, weiter.');
  await field(other).fill('Zweites, weiter.');
  await page.context().unroute(drafts);
  const asking = async (): Promise<Page> => {
    for (;;) {
      for (const window of [page, other]) if (await window.getByText('An anderer Stelle neuer geschrieben.').isVisible()) return window;
      await page.waitForTimeout(100);
    }
  };
  const asked = await asking();
  await asked.getByRole('button', { name: 'Dieser Text gilt' }).click();
  const kept = await field(asked).inputValue();
  const second = asked === page ? other : page;
  await asked.getByText('Entwurf gespeichert').waitFor();
  await expect.poll(() => field(second).inputValue()).toBe(kept);
  await field(asked).click();
  await asked.keyboard.press('Control+Enter');
  await asked.getByText('geht gleich raus').waitFor();
  await expect.poll(() => field(second).inputValue()).toBe('');
  expect(await second.getByRole('article', { name: /Kim Sommer/ }).count()).toBe(1);
  await page.context().close();
});

test('a file whose upload the line cut off goes on when it is back; five hundred receivers and odd signs are taken as they are and each written to once', async () => {
  const page = await signedIn('kim');
  const subject = await opened(page, 'Abgerissen');
  await field(page).click();
  const odd = 'שלום \u202eabc\u202c \u200bnull\u200b 👩‍👩‍👧';
  await page.keyboard.insertText(odd);
  await page.route('**/api/v1/attachments*', (route) => route.abort('failed'));
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'Etikett.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(300_000, 1) });
  await page.getByRole('alert').getByRole('button', { name: 'Erneut versuchen' }).waitFor();
  // What lacks its file is not sent by mistake.
  expect(await page.getByRole('button', { name: 'Senden', exact: true }).isDisabled()).toBe(true);
  await page.unroute('**/api/v1/attachments*');
  // It goes on by itself a moment after the line is noticed to be back, or when somebody presses.
  const retry = page.getByRole('button', { name: 'Erneut versuchen' });
  await retry.click({ timeout: 2_000 }).catch(() => {});
  await retry.waitFor({ state: 'hidden' });
  await page.getByText('300 kB').waitFor();
  expect(await page.getByText('Etikett.pdf').count()).toBe(1);

  await page.getByRole('button', { name: 'Empfänger ändern' }).click();
  const copies = page.getByRole('textbox', { name: 'CC', exact: true });
  await copies.click();
  const many = Array.from({ length: 501 }, (_, i) => `p${i}@viele.example`);
  await paste(page, { 'text/plain': many.join('\n') });
  await page.getByText('Mehr als 500 Adressen passen nicht in dieses Feld.').waitFor();
  expect(await copies.inputValue()).toBe('p500@viele.example');
  await copies.fill('');
  await page.getByText('Entwurf gespeichert').waitFor();
  await page.reload();
  await expect.poll(() => field(page).inputValue()).toBe(odd);
  await page.getByText('Etikett.pdf').waitFor();
  await page.getByText(/Kopie: p0@viele.example, .* \+495/).waitFor();

  await field(page).click();
  await page.keyboard.press('Control+Enter');
  const { mail } = await leftMail(page, subject);
  const receivers = [...(mail.to ?? []), ...(mail.cc ?? [])].map(({ address }) => address);
  expect(receivers.toSorted()).toEqual(['paula@example.org', ...many.slice(0, 500)].toSorted());
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['Etikett.pdf']);
  const { items } = (await (await page.request.get(`${inject('base')}/api/v1/outbox/local?limit=200`)).json()) as {
    items: { subject: string | null }[];
  };
  expect(items.filter((item) => item.subject?.includes(subject)).length).toBe(1);
  await page.context().close();
});

test('a note takes a pasted picture along', async () => {
  const page = await signedIn('kim');
  await opened(page, 'Bild');
  await page.keyboard.press('n');
  const note = page.getByRole('textbox', { name: 'Interne Notiz' });
  await note.fill('Siehe Bild.');
  await page.getByText('Interne Notiz – nur für Kolleg:innen').waitFor();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([new Uint8Array(2_000)], 'image.png', { type: 'image/png' }));
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('button', { name: 'image.png entfernen' }).waitFor();
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page
    .getByRole('article', { name: /Interne Notiz/ })
    .getByText('image.png')
    .waitFor();
  await page.context().close();
});
