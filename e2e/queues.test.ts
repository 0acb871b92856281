import { expect, inject, test } from 'vitest';
import { conversationEndpoints } from '../contract/conversations.ts';
import { routingEndpoints } from '../contract/routing.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { newPage, signedIn, signIn, speak, useBrowser } from './browser.ts';
import { caller, cast, invite, password } from './company.ts';
import { press } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

/** Other journeys find the company as it was. */
async function dissolve(call: ReturnType<typeof caller>, id: string): Promise<void> {
  const { items } = await call(workspaceEndpoints.listTeams, {});
  await call(workspaceEndpoints.changeTeam, { id, memberIds: [] });
  await call(workspaceEndpoints.archiveTeam, { id, successorId: items.find(({ name }) => name === 'Kundenservice')?.id ?? '' });
}

test.each(['de', 'en'] as const)(
  'an administrator says which work takes which skill, and each conversation says where it stands (%s)',
  async (locale) => {
    const german = locale === 'de';
    const base = inject('base');
    const call = caller(base);
    await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
    // A team and a skill of its own, so that other journeys keep theirs.
    const me = (await call(workspaceEndpoints.getMe, {})).person;
    const team = await call(workspaceEndpoints.addTeam, { name: subjectOf('Team Ausland'), memberIds: [me.id] });
    const word = subjectOf('Dänisch');
    await call(workspaceEndpoints.addSkill, { key: `da${Date.now().toString(36)}`, label: { de: word, en: word } });
    const subject = subjectOf('Sofa');
    await sendMail({ from: `Dagmar Dahl <${crypto.randomUUID()}@post.example>`, subject, text: 'Hvor er min sofa?' });

    const page = await newPage();
    await signIn(page, await invite(base, 'Dora Daten', ['admin']));
    await speak(page, german ? 'light' : 'dark', locale);
    await page.goto(`${base}/administration/queues`);
    await page.getByRole('button', { name: german ? 'Zeile hinzufügen' : 'Add a line' }).click();
    const dialog = page.getByRole('dialog', { name: german ? 'Zeile hinzufügen' : 'Add a line' });
    const name = subjectOf('Nordisch');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('combobox', { name: german ? `${word}: Stufe` : `${word}: level` }).click();
    await page.getByRole('option', { name: german ? 'ab Stufe 2' : 'from level 2' }).click();
    await dialog.getByRole('checkbox', { name: team.name }).click();
    await dialog.getByRole('spinbutton', { name: german ? 'So viele je Team frei halten' : 'Keep so many free in each team' }).fill('2');
    // Who helps is asked where it is offered.
    const offered = dialog.getByRole('checkbox', { name: german ? 'Der Reihe nach anbieten' : 'Offer it, one after another' });
    await offered.click();
    const helpers = dialog.getByRole('group', { name: german ? 'Andere Teams, die aushelfen' : 'Other teams that help' });
    await helpers.getByRole('checkbox', { name: 'Kundenservice' }).click();
    await dialog.getByText(german ? 'So hilft noch niemand: Wähle, wann.' : 'Nobody helps yet: choose when.').waitFor();
    await dialog
      .getByRole('checkbox', { name: german ? 'Wenn der eigene Standort geschlossen ist' : 'While the own site is closed' })
      .click();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `e2e/output/queue-dialog-${locale}.png` });
    await offered.click();
    await dialog.getByRole('button', { name: german ? 'Übernehmen' : 'Apply' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByText(german ? `${word} ab Stufe 2` : `${word} from level 2`).waitFor();
    await row.getByText(german ? '2 Personen je Team bleiben frei' : '2 people in each team stay free').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: german ? 'Speichern' : 'Save', exact: true }).click();
    await page.getByText(german ? 'Warteschlangen gespeichert' : 'Queues saved').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `e2e/output/queues-${locale}.png` });

    // How much fits into one hand: what it means is said while it is written, what cannot be is refused, what is saved is told to whoever looks at it.
    const mail = page.getByRole('spinbutton', { name: german ? 'Mail, Brief' : 'Mail, letter' });
    await page
      .getByText(
        german
          ? 'Auf einmal passen zum Beispiel: 4 Mails, 3 Chats, 1 öffentlicher Beitrag und 2 Mails oder 1 Chat und 2 Mails.'
          : 'At once, for example: 4 mails, 3 chats, 1 public post and 2 mails or 1 chat and 2 mails.',
      )
      .waitFor();
    await mail.fill('0');
    await page.getByText(german ? 'Eine ganze Zahl von 1 bis 100.' : 'A whole number from 1 to 100.').waitFor();
    const keep = page.getByRole('button', { name: german ? 'Gewichte speichern' : 'Save weights' });
    expect(await keep.isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await mail.fill('50');
    await page.getByText(german ? /Beispiel: 2 Mails, 3 Chats,/ : /example: 2 mails, 3 chats,/).waitFor();
    const other = await signedIn('kim');
    await other.goto(`${base}/administration/queues`);
    const theirs = other.getByRole('spinbutton', { name: 'Mail, Brief' });
    await expect.poll(() => theirs.inputValue()).toBe('25');
    await keep.click();
    await page.getByText(german ? 'Gewichte gespeichert' : 'Weights saved').waitFor();
    await expect.poll(() => theirs.inputValue()).toBe('50');
    await page.screenshot({ path: `e2e/output/units-${locale}.png`, fullPage: true });
    await mail.fill('25');
    await keep.click();
    await keep.waitFor({ state: 'hidden' });
    await expect.poll(() => theirs.inputValue()).toBe('25');
    await other.context().close();

    // Whoever looks at a conversation of that team reads where it stands, and what it takes.
    const desk = await newPage();
    await signIn(desk, cast.kim.email);
    await speak(desk, german ? 'light' : 'dark', locale);
    await desk.goto(`${base}/inbox/unassigned`);
    const { items } = await call(conversationEndpoints.list, { view: 'unassigned', sort: 'newest' });
    const { id = '' } = items.find((one) => one.subject === subject) ?? {};
    await call(conversationEndpoints.change, { id, teamId: team.id });
    await desk.goto(`${base}/inbox/unassigned/${id}`);
    await desk.getByRole('button', { name: german ? /^Antwort bis/ : /^Answer by/ }).click();
    await desk
      .getByText(german ? `Warteschlange „${name}“: braucht ${word} ab Stufe 2` : `Queue “${name}”: takes ${word} from level 2`)
      .waitFor();
    expect(await violations(desk)).toEqual([]);

    // Taken away again; what stood in it waits on.
    await page.getByRole('button', { name: german ? `„${name}“ entfernen` : `Remove “${name}”` }).click();
    await page.getByRole('button', { name: german ? 'Speichern' : 'Save', exact: true }).click();
    await row.waitFor({ state: 'hidden' });
    await desk.getByText(german ? /^Warteschlange/ : /^Queue/).waitFor({ state: 'hidden' });
    await speak(desk, 'light', 'de');
    await dissolve(call, team.id);
    for (const one of [page, desk]) await one.context().close();
  },
);

test('whoever is free is offered what waits, with why; accepted it is theirs, declined it waits for somebody else', async () => {
  const base = inject('base');
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const me = (await call(workspaceEndpoints.getMe, {})).person;
  const team = await call(workspaceEndpoints.addTeam, { name: subjectOf('Team Angebote'), memberIds: [me.id] });
  const queue = {
    channels: [],
    visibility: 'any' as const,
    priorities: [],
    topicIds: [],
    languages: [],
    needs: [],
    isOffered: true,
    keepFree: 0,
    overflow: { teamIds: [], whenClosed: false, afterMinutes: null },
  };
  const before = (await call(routingEndpoints.queues, {})).items;
  const name = subjectOf('Post');
  await call(routingEndpoints.setQueues, { items: [{ ...queue, id: crypto.randomUUID(), name, teamIds: [team.id] }, ...before] });
  const arrives = async () => {
    const subject = subjectOf('Regal');
    await sendMail({ from: `Olga Ostwald <${crypto.randomUUID()}@post.example>`, subject, text: 'Wo ist mein Regal?' });
    const find = async () =>
      (await call(conversationEndpoints.list, { view: 'unassigned', sort: 'newest' })).items.find((one) => one.subject === subject)?.id;
    await expect.poll(find).toBeDefined();
    const id = (await find()) ?? '';
    await call(conversationEndpoints.change, { id, teamId: team.id });
    return { id, subject };
  };

  const page = await signedIn('kim');
  const other = await signedIn('kim');
  await call(workspaceEndpoints.setPresence, { state: 'available' });
  const first = await arrives();
  const offered = (at: typeof page, subject: string) => at.getByRole('dialog').filter({ hasText: `Für dich: ${subject}` });
  await offered(page, first.subject).getByText(`Warteschlange „${name}“. Von allen, die frei sind, kannst das gerade nur du.`).waitFor();
  await offered(other, first.subject).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/offer.png' });
  await offered(page, first.subject).getByRole('button', { name: 'Ablehnen' }).click();
  await offered(page, first.subject).waitFor({ state: 'hidden' });
  await offered(other, first.subject).waitFor({ state: 'hidden' });

  // Not offered to the same person again, but the next one is; taken by keys alone, and it says so in the other window, too.
  const second = await arrives();
  await offered(page, second.subject).waitFor();
  await page.keyboard.press('F6');
  await press(offered(page, second.subject).getByRole('button', { name: 'Annehmen' }));
  await page.waitForURL(new RegExp(`/inbox/mine/${second.id}`));
  await page.getByText('Wo ist mein Regal?').first().waitFor();
  await offered(other, second.subject).waitFor({ state: 'hidden' });
  const { conversation } = await call(conversationEndpoints.open, { id: second.id });
  expect(conversation.claim?.personId).toBe(me.id);

  await page.getByRole('button', { name: 'Warum ich?' }).click();
  await page.getByText(/^Dir angeboten .+: Von allen, die frei sind, kannst das gerade nur du\.$/).waitFor();

  await call(workspaceEndpoints.setPresence, { state: 'away' });
  await call(routingEndpoints.setQueues, { items: before });
  await dissolve(call, team.id);
  for (const one of [page, other]) await one.context().close();
});

test.each(['de', 'en'] as const)('whoever pressed “next” can ask why it was this one, also after a reload (%s)', async (locale) => {
  const german = locale === 'de';
  const base = inject('base');
  const page = await newPage();
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const subject = subjectOf('Lampe');
  await sendMail({ from: `Lotte Licht <${crypto.randomUUID()}@post.example>`, subject, text: 'Sie flackert.' });
  const found = async () => (await call(conversationEndpoints.list, { view: 'unassigned', sort: 'newest' })).items[0]?.subject;
  await expect.poll(found).toBe(subject);

  await signIn(page, await invite(base, german ? 'Wanda Warum' : 'Wesley Why', ['agent'], true));
  await speak(page, german ? 'light' : 'dark', locale);
  await page.goto(`${base}/inbox/unassigned`);
  // Whichever is due first: other journeys may have left some that are free for longer.
  await page.getByRole('option').first().waitFor();
  await page.getByRole('button', { name: german ? 'Nächstes freies Gespräch übernehmen' : 'Take the next free conversation' }).click();
  const ask = page.getByRole('button', { name: german ? 'Warum ich?' : 'Why me?' });
  const answer = page.getByText(
    german
      ? /^Mit „Nächstes“ bekommen .+: Von dem, was frei war, war das am (frühesten fällig|längsten überfällig), .*\d\d?:\d\d/
      : /^Given to you by “Next” .+: Of what was free, this was (due first|overdue for longest), .*\d\d?:\d\d/,
  );
  await ask.click();
  const said = await answer.innerText();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: `e2e/output/why-mine-${locale}.png` });
  await page.reload();
  await ask.click();
  await answer.waitFor();
  // The first words tell how long ago it was; all else is as it was.
  expect((await answer.innerText()).split(': ').slice(1)).toEqual(said.split(': ').slice(1));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: german ? 'Zurückgeben' : 'Give back' }).click();
  await ask.waitFor({ state: 'hidden' });
  await page.context().close();
});
