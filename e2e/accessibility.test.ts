import type { Locator, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { conversationEndpoints } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { rules, violations } from './axe.ts';
import { newPage, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { sendMail, subjectOf } from './mail.ts';
import { openPages, type State, states } from './pages.ts';
import { useEmptyServer } from './server.ts';
import { noteTested, today } from './tested.ts';
import { aStorm, endedStorm } from './storm.ts';
import { goWithin, settled, still, whoSeesAll } from './walk.ts';

useBrowser();
const empty = useEmptyServer();

/** Notices are dialogs, too. */
const dialogOf = (page: Page) => page.locator('[role=dialog]:not([data-toast])');

/** What a page shows once a dialog is open on it; the dialog is closed again. */
async function withDialog(page: Page, prepare?: () => Promise<unknown>): Promise<string[]> {
  await dialogOf(page).waitFor();
  await prepare?.();
  await settled(page);
  await still(page);
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

/** A storm that is on: its dialogs, and its strip on a conversation; then, ended, with the dialog of its review. */
async function looksOfStorm(page: Page, conversation: string, subject: string, see: (state: State) => Promise<void>): Promise<string[]> {
  const id = await aStorm(page, [subject]);
  await goWithin(page, `/storms/${id}`);
  await page.getByRole('heading', { name: /Grundtext|Base text/ }).waitFor();
  await see('storm');
  const found: string[] = [];
  for (const button of [/^(Ändern|Change)$/, /^(Text schreiben|Write a text)$/, /^(Beenden|End)$/]) {
    await page.getByRole('button', { name: button }).click();
    found.push(...(await withDialog(page)));
  }
  await goWithin(page, conversation);
  await page.getByRole('region', { name: /^(Störung|Storm)$/ }).waitFor();
  await page.getByRole('region', { name: /Laufende Störungen|Storms that are on/ }).waitFor();
  await see('storm');
  await endedStorm(page, id);
  await goWithin(page, `/storms/${id}`);
  await page.getByRole('button', { name: /Auswertung schreiben|Write the review/ }).click();
  found.push(...(await withDialog(page)));
  await see('storm');
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
  await page.getByRole('tab', { name: /^(Angaben|Details)$/ }).click();
  await page.getByRole('button', { name: /^(Wunsch notieren|Note a wish|Wunsch ändern|Change the wish)$/ }).click();
  found.push(...(await withDialog(page)));
  found.push(...(await violations(page)));
  return found;
}

async function dialogsOfTopics(page: Page): Promise<string[]> {
  await goWithin(page, '/administration/topics');
  const more = page.getByRole('button', { name: /Lieferung|“Delivery”/ }).first();
  await more.click();
  await page.getByRole('menu').waitFor();
  const found = await violations(page);
  await page.getByRole('menuitem').first().click();
  found.push(...(await withDialog(page)));
  return found;
}

/** A colleague is on a conversation of its own. */
async function heldByJana(): Promise<string> {
  const subject = subjectOf('Schon vergeben');
  await sendMail({ from: `Vera Voss <${crypto.randomUUID()}@example.org>`, subject, text: 'Ist da jemand?' });
  const jana = caller(inject('base'));
  await jana(workspaceEndpoints.signIn, { email: cast.jana.email, password });
  const find = async (): Promise<string | undefined> =>
    (await jana(conversationEndpoints.list, { view: 'unassigned', sort: 'newest' })).items.find((one) => one.subject === subject)?.id;
  await expect.poll(find).toBeDefined();
  const id = (await find()) ?? '';
  await jana(conversationEndpoints.claim, { id });
  return id;
}

/** What is said and asked while one serves a customer, each opened, looked at and left. */
async function dialogsOfDesk(page: Page, see: (state: State) => Promise<void>): Promise<void> {
  const within = async (state: State, opened: Locator): Promise<void> => {
    await opened.waitFor();
    await settled(page);
    await still(page);
    await see(state);
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'hidden' });
  };
  await page.keyboard.press('m');
  await page.getByText(/Du bist dran|You are on it/).waitFor();
  await page.getByRole('button', { name: /Zusage oder Auskunft|promise or information/ }).click();
  await within('statement', page.getByRole('dialog', { name: /Was wurde gesagt|What was said/ }));
  await page.getByRole('button', { name: /^(Übergeben|Hand over)$/ }).click();
  await within('handover', page.getByRole('dialog', { name: /Vorgang übergeben|Hand the case over/ }));
  await page.keyboard.press('e');
  await within('resolve', page.getByRole('dialog', { name: /lösen$|^Resolve/ }));
  await page.keyboard.press('r');
  await page.keyboard.type('Gern.');
  await page.getByRole('button', { name: /Weitere Arten|More ways/ }).click();
  await page.getByRole('menuitem', { name: /Später senden|Send later/ }).click();
  await within('later', page.getByRole('dialog', { name: /Wann soll|When should/ }));
  await page.getByRole('button', { name: /Entwurf verwerfen|Discard draft/ }).click();
  await page
    .getByRole('button', { name: /Mehr zur Nachricht|More about the message/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /Weiterleiten|Forward/ }).click();
  await page.getByText(/Weiterleitung an Dritte|Forward to a third/).waitFor();
  await see('forward');
  await goWithin(page, `/inbox/open/${await heldByJana()}`);
  await page.getByText(/ist seit .* dran|has been on it/).waitFor();
  await page.keyboard.press('m');
  await within('takeOver', page.getByRole('dialog', { name: /Jana Wolf ablösen|Take over from Jana Wolf/ }));
}

// In both themes and both languages; that colours and words meet in all four ways shows nothing more and takes twice as long.
test.each([
  ['light', 'de'],
  ['dark', 'en'],
] as const)(
  'every state of the desk is free of violations, %s, %s',
  async (theme, language) => {
    const subject = subjectOf('Zugänglich');
    const from = `Ina Blum <${crypto.randomUUID()}@example.org>`;
    await sendMail({
      from,
      subject,
      text: 'Können Sie mir helfen?',
      html: '<p>Können Sie mir <b>helfen</b>?</p>',
      attachments: [{ filename: 'rechnung.pdf', content: Buffer.from('%PDF-1.4') }],
    });
    // A second concern of hers, so that there is something to merge.
    await sendMail({ from, subject: subjectOf('Auch das'), text: 'Und noch etwas.' });
    const page = await whoSeesAll(theme, language);
    const found: string[] = [];
    const seen = new Set<State>();
    /** Looks at a state of the page that is open. */
    const see = async (state: State): Promise<void> => {
      seen.add(state);
      await settled(page);
      await still(page);
      found.push(...(await violations(page)));
    };
    await goWithin(page, '/inbox/unassigned');
    await page.getByRole('option', { name: new RegExp(subject) }).click();
    await page.locator('textarea').first().waitFor();
    await page.getByRole('region', { name: /^(Zusagen|Promises)$/ }).waitFor();
    const here = new URL(page.url()).pathname;
    await see('conversation');
    await page.keyboard.press('n');
    await page.keyboard.type('@Ja');
    await page.getByRole('option', { name: 'Jana Wolf' }).waitFor();
    await see('note');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Escape');
    for (const [key, state] of [
      ['s', 'dialogs'],
      ['t', 'dialogs'],
      ['a', 'dialogs'],
      ['?', 'help'],
      ['Control+k', 'palette'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      await see(state);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    const addressOf = (room: string): Promise<string | null> => page.locator(`a[href^="/${room}/"]`).first().getAttribute('href');
    const [kase, customer] = [await addressOf('cases'), await addressOf('customers')];
    await dialogsOfDesk(page, see);
    for (const [state, address] of [
      ['case', kase],
      ['customer', customer],
    ] as const) {
      await goWithin(page, address ?? here);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await see(state);
      found.push(...(await (state === 'case' ? dialogsOfCase(page) : dialogsOfCustomer(page))));
    }
    found.push(...(await dialogsOfTopics(page)));
    await see('topics');
    found.push(...(await looksOfStorm(page, here, subject, see)));
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']])).toEqual([
      language,
      theme,
    ]);
    await page.context().close();
    expect(found).toEqual([]);
    expect([...seen]).toEqual(states);
    noteTested((tested) => {
      tested.rules = [...rules];
      const look = `${theme} ${language}`;
      tested.looks[look] = { pages: [], ...tested.looks[look], on: today(), states: [...states] };
    });
  },
  300_000,
);

test.each([
  ['light', 'de'],
  ['dark', 'en'],
] as const)('the pages before signing in are free of violations, %s, %s', async (theme, language) => {
  const page = await newPage({ locale: language === 'de' ? 'de-DE' : 'en-GB', colorScheme: theme });
  const found: string[] = [];
  for (const address of [...openPages.map((path) => inject('base') + path), `${empty().base}/welcome`]) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    found.push(...(await violations(page)));
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  }
  expect(found).toEqual([]);
  noteTested((tested) => (tested.open[`${theme} ${language}`] = { on: today(), pages: [...openPages, '/welcome'] }));
  await page.context().close();
});
