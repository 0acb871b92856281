import { expect, inject, test } from 'vitest';
import { automationEndpoints } from '../contract/automation.ts';
import { conversationEndpoints } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { newestFirst, newPage, signIn, speak, useBrowser } from './browser.ts';
import { caller, cast, invite, password } from './company.ts';
import { press, tabTo } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a rule is written, tried out, switched on with what the customer gains by it, and says what it did and why', async () => {
  const base = inject('base');
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const word = subjectOf('Quittenbrand').replace(' ', '');
  const before = subjectOf('Vorher');
  await sendMail({ from: `Erna Eilig <${crypto.randomUUID()}@post.example>`, subject: before, text: `Mein ${word} kam nie an.` });
  const calm = subjectOf('Ruhig');
  await sendMail({ from: `Erna Eilig <${crypto.randomUUID()}@post.example>`, subject: calm, text: 'Alles ist gut.' });
  await expect
    .poll(async () => (await call(conversationEndpoints.list, { view: 'unassigned', sort: 'newest' })).items.map((one) => one.subject))
    .toEqual(expect.arrayContaining([before, calm]));

  const page = await newPage();
  await newestFirst(page);
  // Who switches rules on reads no conversations by that alone; this one leads, too.
  await signIn(page, await invite(base, 'Rita Regel', ['admin', 'lead'], true));
  await speak(page, 'light', 'de');
  await page.goto(`${base}/administration/automation`);
  await page.getByRole('heading', { name: 'Automatisierung', level: 1 }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Regel hinzufügen' }).click();
  const dialog = page.getByRole('dialog', { name: 'Regel hinzufügen' });
  const name = subjectOf('Eiliges');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('combobox', { name: 'Wenn' }).getByText('eine Nachricht der Kund:in kommt').waitFor();
  await dialog.getByRole('button', { name: 'Bedingung hinzufügen' }).click();
  await dialog.getByLabel('Eines dieser Wörter').fill(word.toUpperCase());
  await page.keyboard.press('Enter');
  await dialog.getByRole('combobox', { name: 'Schritt 1: womit' }).click();
  await page.getByRole('option', { name: 'dringend' }).click();
  await dialog.getByRole('button', { name: 'Ausprobieren' }).click();
  await dialog.getByText(/^Würde auf 1 von [\d.]+ Gesprächen passen/).waitFor();
  await dialog.getByText('1 Gespräch passt').click();
  await dialog.getByRole('link', { name: before }).waitFor();
  await dialog.getByText(/nicht,? und warum$/).click();
  await dialog
    .getByText(/^Es stimmt nicht: der Text enthält/)
    .first()
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/rule-dialog-de.png' });
  // Nothing was changed by trying, and nothing is on without what the customer gains by it.
  await dialog.getByRole('checkbox', { name: 'Eingeschaltet' }).click();
  const save = dialog.getByRole('button', { name: 'Speichern' });
  expect(await save.isDisabled()).toBe(true);
  await dialog.getByLabel('Und was hat der Kunde davon?').fill('Wer es eilig hat, wartet nicht.');
  await save.click();
  await dialog.waitFor({ state: 'hidden' });
  const item = page.getByRole('listitem').filter({ hasText: name });
  await item.getByText('Wer es eilig hat, wartet nicht.').waitFor();
  expect(await item.getByRole('switch').isChecked()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/rules-de.png' });
  const { items } = await call(conversationEndpoints.list, { view: 'unassigned', sort: 'newest' });
  expect(items.find((one) => one.subject === before)?.priority).toBe('normal');

  // A mail arrives by the real door.
  const subject = subjectOf('Nachher');
  await sendMail({ from: `Erna Eilig <${crypto.randomUUID()}@post.example>`, subject, text: `Auch mein ${word} ist weg.` });
  const found = async () =>
    (await call(conversationEndpoints.list, { view: 'unassigned', sort: 'newest' })).items.find((one) => one.subject === subject);
  await expect.poll(async () => (await found())?.priority).toBe('urgent');
  const id = (await found())?.id ?? '';
  await page.goto(`${base}/inbox/unassigned/${id}`);
  await page.getByText(`Regel „${name}“ (Fassung 1) hat gehandelt, weil eine Nachricht kam: Dringlichkeit gesetzt`).waitFor();
  await page.getByRole('button', { name: 'Mehr', exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Was Regeln hier getan haben' }).click();
  const log = page.getByRole('dialog', { name: 'Was Regeln hier getan haben' });
  await log.getByText(`Regel „${name}“, Fassung 1`).waitFor();
  await log.getByText('Getan: Dringlichkeit: dringend').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/rule-log-de.png' });

  // The company as it was.
  const mine = (await call(automationEndpoints.rules, {})).items.find((one) => one.name === name);
  await call(automationEndpoints.dropRule, { id: mine?.id ?? '' });
  await page.context().close();
});

test('a macro is applied with the keyboard: seen before, done, its text in the draft, and taken back', async () => {
  const base = inject('base');
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const name = subjectOf('Parcel search');
  const id = crypto.randomUUID();
  await call(automationEndpoints.saveMacro, {
    id,
    version: 0,
    name,
    teamId: null,
    actions: [
      { kind: 'add_tag', value: 'search' },
      { kind: 'set_priority', value: 'high' },
    ],
    text: { de: 'Ich lasse suchen, {{kunde.name}}.', en: 'I am having it searched for, {{customer.name}}.' },
    benefit: 'The search begins today.',
  });
  const subject = subjectOf('Lost parcel');
  await sendMail({ from: `Paula Paket <${crypto.randomUUID()}@post.example>`, subject, text: 'Where is it?' });
  const found = async () =>
    (await call(conversationEndpoints.list, { view: 'unassigned', sort: 'newest' })).items.find((one) => one.subject === subject);
  await expect.poll(async () => Boolean(await found())).toBe(true);
  const conversationId = (await found())?.id ?? '';

  const page = await newPage();
  await signIn(page, cast.jana.email);
  await speak(page, 'dark', 'en');
  await page.goto(`${base}/administration/macros`);
  await page.getByRole('listitem').filter({ hasText: name }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/macros-en.png' });
  await page.goto(`${base}/inbox/unassigned/${conversationId}`);
  await page.getByRole('heading', { name: subject, level: 1 }).waitFor();
  const field = page.getByRole('textbox', { name: /^Reply to/ });
  await field.waitFor();
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: 'Apply a macro' });
  await dialog.waitFor();
  await page.keyboard.type(name.toLowerCase());
  await dialog.getByText('add the tag “search”').waitFor();
  await dialog.getByText(/Ich lasse suchen|I am having it searched for/).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/macro-dialog-en.png' });
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await expect
    .poll(async () => (await found())?.tags ?? (await call(conversationEndpoints.open, { id: conversationId })).conversation.tags)
    .toEqual(['search']);
  await expect.poll(() => field.textContent().then(async (text) => text || field.inputValue().catch(() => ''))).toMatch(/Paula Paket/);
  await page.screenshot({ path: 'e2e/output/macro-applied-en.png' });
  const undo = page.getByRole('button', { name: 'Undo' });
  await tabTo(undo);
  await press(undo);
  await expect
    .poll(async () => {
      const { conversation } = await call(conversationEndpoints.open, { id: conversationId });
      return [conversation.tags, conversation.priority];
    })
    .toEqual([[], 'normal']);
  // Nothing left the house.
  const { messages } = await call(conversationEndpoints.open, { id: conversationId });
  expect(messages.filter(({ direction }) => direction === 'out')).toEqual([]);

  await call(automationEndpoints.dropMacro, { id });
  await speak(page, 'light', 'de');
  await page.context().close();
});
