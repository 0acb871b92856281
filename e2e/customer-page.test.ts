import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { caseEndpoints as cases } from '../contract/cases.ts';
import { conversationEndpoints as talks } from '../contract/conversations.ts';
import { customersEndpoints as customers } from '../contract/customers.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { identitySecret, tokenFor, page as visitorOf } from '../channels/chat/testing/visitor.ts';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { choose, tabTo } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { openShop } from './shop.ts';
import { journey } from './tested.ts';

useBrowser();

const base = (): string => inject('base');

/** Who is signed in at the shop writes there; the shop's server vouches for the address. */
async function writeInChat({ name, mail }: { name: string; mail: string }, text: string): Promise<void> {
  const shop = await openShop(base(), { settings: { identitySecret } });
  const exp = Math.floor(Date.now() / 1000) + 600;
  const token = tokenFor({ sub: mail, aud: shop.accountId, exp, name, email: mail });
  const visitor = visitorOf(base(), shop.accountId, shop.origin);
  const { secret } = await visitor.start({ token });
  expect((await visitor.say(secret, text, { token })).status).toBe(200);
}

/** A customer with two concerns, one by mail and then one in the chat: in the first an answer, a note, a fact and a promise. */
async function twoConcerns() {
  const call = caller(base());
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const at = Date.now().toString(36);
  const mail = `wanda.${at}@example.org`;
  const name = `Wanda ${at}`;
  const first = subjectOf('Schrank klemmt');
  const found = async () => (await call(talks.list, { view: 'open', limit: 100 })).items.filter((one) => one.customerName === name);
  const of = async (text: string) => {
    const opened = async () => (await found()).find((talk) => talk.preview === text && talk.caseId);
    await expect.poll(opened).toBeDefined();
    const one = await opened();
    if (!one?.caseId) throw new Error(`${text} has no case`);
    return { ...one, caseId: one.caseId };
  };
  await sendMail({ from: `${name} <${mail}>`, subject: first, text: 'Die linke Tür klemmt.' });
  const cupboard = await of('Die linke Tür klemmt.');
  await writeInChat({ name, mail }, 'Ich brauche die Rechnung.');
  const invoice = await of('Ich brauche die Rechnung.');
  await call(cases.putFact, { id: cupboard.caseId, key: 'order', label: 'Bestellnummer', value: 'HH-4711', source: 'adviser' });
  await call(cases.state, {
    id: cupboard.caseId,
    kind: 'commitment',
    text: 'Ein neues Scharnier kommt.',
    informed: { how: 'phone' },
    dueTo: new Date(Date.now() + 86_400_000).toISOString(),
  });
  await call(talks.note, {
    id: cupboard.id,
    noteId: crypto.randomUUID(),
    text: 'Scharnier ist vorrätig.',
    mentions: [],
    attachmentIds: [],
  });
  return { call, name, mail, cupboard, invoice, first };
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');

journey(
  'story',
  'the customer’s page tells everything over all concerns, what is owed and what is known, and leads to each message',
  async () => {
    const { name, mail, cupboard, invoice, first } = await twoConcerns();
    const page = await signedIn('kim', { at: `/customers/${cupboard.customerId}` });
    await page.getByRole('heading', { level: 1, name }).waitFor();

    const owed = page.getByRole('region', { name: 'Offene Zusagen' });
    await owed.getByText('Ein neues Scharnier kommt.').waitFor();
    await owed.getByText(/^fällig morgen/).waitFor();
    const known = page.getByRole('region', { name: 'Das fragen wir nicht noch einmal' });
    await known.getByText('HH-4711').waitFor();
    await known.getByText(/in der Beratung notiert · \d/).waitFor();

    const today = page.getByRole('region', { name: 'Heute' });
    await today.getByText('Scharnier ist vorrätig.').waitFor();
    const lines = (await today.getByRole('listitem').allTextContents()).map((text) => text.replace(/\s+/g, ' '));
    expect(lines.map((text) => /vorrätig|Zugesagt|Rechnung|klemmt/.exec(text)?.[0])).toEqual([
      'vorrätig',
      'Zugesagt',
      'Rechnung',
      'klemmt',
    ]);
    expect(lines[0]).toContain('Intern');
    // Whatever way it came, it stands in the one order, and says which.
    expect(lines.map((text) => /(E-Mail|Chat) · /.exec(text)?.[1])).toEqual([undefined, undefined, 'Chat', 'E-Mail']);
    expect(await violations(page)).toEqual([]);

    // What is written meanwhile stands there by itself.
    await sendMail({ from: `${name} <${mail}>`, subject: subjectOf('Noch eins'), text: 'Und wann kommt der Monteur?' });
    await today.getByText('Und wann kommt der Monteur?').waitFor();

    // One concern only, by keyboard; the address keeps it.
    await tabTo(page.getByRole('combobox', { name: 'Vorgang' }));
    await page.keyboard.press('Enter');
    await choose(page.getByRole('option', { name: new RegExp(first) }), 'Enter');
    await expect.poll(() => today.getByRole('listitem').count()).toBe(3);
    await page.reload();
    await today.getByText('Die linke Tür klemmt.').waitFor();
    expect(await today.getByText('Ich brauche die Rechnung.').count()).toBe(0);

    // Arrow keys go from message to message, Enter to its place in its conversation.
    await tabTo(today.getByRole('link', { name: /Scharnier ist vorrätig/ }));
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toContain('Die linke Tür klemmt.');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/inbox/open/${cupboard.id}`));
    await expect.poll(() => focused(page)).toContain('Die linke Tür klemmt.');

    // The desk has both in its one list, each with the sign of its channel; beside the other one stands what this one told.
    await page.goto(`${base()}/inbox/open/${invoice.id}`);
    const rows = page.getByRole('option', { name: new RegExp(name) });
    await rows.filter({ hasText: 'Ich brauche die Rechnung.' }).waitFor();
    const written = ['Ich brauche die Rechnung.', 'Die linke Tür klemmt.'];
    const all = await rows.evaluateAll((options) =>
      options.map((option) => ({
        text: option.querySelector('[data-preview]')?.textContent ?? '',
        sign: [...option.querySelectorAll('svg')].flatMap(
          (svg) => /lucide-(mail|messages?-[\w-]+)\b/.exec(svg.classList.value)?.[1] ?? [],
        )[0],
      })),
    );
    expect(all.filter(({ text }) => written.includes(text))).toEqual([
      { text: written[0], sign: 'messages-square' },
      { text: written[1], sign: 'mail' },
    ]);
    await page.getByRole('region', { name: 'Das fragen wir nicht noch einmal' }).getByText('HH-4711').waitFor();
    await page.context().close();
  },
);

test('a long story is read on as one scrolls, on a phone too, each line once', async () => {
  const { call, cupboard } = await twoConcerns();
  for (let n = 1; n <= 90; n += 1)
    await call(talks.note, { id: cupboard.id, noteId: crypto.randomUUID(), text: `Notiz Nummer ${n}.`, mentions: [], attachmentIds: [] });
  const page = await signedIn('jana', { viewport: { width: 390, height: 844 } });
  await page.goto(`${base()}/customers/${cupboard.customerId}`);
  await page.getByText('Notiz Nummer 90.').waitFor();
  expect(await page.getByText('Notiz Nummer 10.').count()).toBe(0);
  await expect
    .poll(
      async () => {
        await page.mouse.move(200, 500);
        await page.mouse.wheel(0, 3_000);
        return page.getByText('Die linke Tür klemmt.').count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  const numbers = (await page.getByText(/^Notiz Nummer \d+\.$/).allTextContents()).map((text) => Number(/\d+/.exec(text)?.[0]));
  expect(numbers).toEqual(Array.from({ length: 90 }, (_, n) => 90 - n));
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('how the customer likes it is noted once and stands where nobody asks again; merging is undone on the same page', async () => {
  const { call, name, cupboard } = await twoConcerns();
  const other = await call(customers.create, { name: `${name} Zweitkonto`, identities: [] });
  const page = await signedIn('kim', { at: `/customers/${cupboard.customerId}?tab=profile` });
  await page.getByLabel('Bevorzugter Kanal').click();
  await page.getByRole('option', { name: 'E-Mail' }).click();
  await page.getByLabel('Ruhe von').fill('20:00');
  await page.getByLabel('Ruhe bis').fill('09:00');
  await page.getByRole('button', { name: 'Speichern' }).click();
  const known = page.getByRole('region', { name: 'Das fragen wir nicht noch einmal' });
  await known.getByText('zwischen 20:00 und 09:00 Uhr nicht stören').waitFor();
  await known.getByRole('definition').getByText('E-Mail', { exact: true }).waitFor();

  await call(customers.merge, { id: other.id, intoId: cupboard.customerId, reason: 'Beide Konten sind ihre.' });
  await page.getByRole('tab', { name: 'Verlauf' }).click();
  await page.getByText('Mit einer anderen Person zusammengeführt').waitFor();
  await page.getByRole('tab', { name: 'Zusammenführen' }).click();
  await page.getByRole('button', { name: 'Wieder trennen' }).click();
  await page.getByRole('tab', { name: 'Verlauf' }).click();
  await page.getByText('Von einer anderen Person wieder getrennt').waitFor();
  await page.context().close();
});
