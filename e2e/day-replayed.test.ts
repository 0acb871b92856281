import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { caseEndpoints as cases } from '../contract/cases.ts';
import { channelsEndpoints as channels } from '../contract/channels.ts';
import { conversationEndpoints as talks } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { newPage, useBrowser } from './browser.ts';
import { caller } from './company.ts';
import { type End, readDay, type Step } from './days/day.ts';
import { sendMail } from './mail.ts';
import { type Nahbar, startNahbar } from './server.ts';

useBrowser();

const mailbox = 'service@hansekontor.example';

type Call = ReturnType<typeof caller>;
interface Replay {
  nahbar: Nahbar;
  page: Page;
  call: Call;
}

test('a day of an adviser in the sample company, replayed: nothing is lost, nothing is done twice, nothing is left behind', async () => {
  const nahbar = await startNahbar();
  try {
    const day = readDay('adviser');
    const call = caller(nahbar.base);
    const { passphrase } = await call(workspaceEndpoints.setUpSample, {});
    const email = `${day.who}@hansekontor.example`;
    await call(workspaceEndpoints.signIn, { email, password: passphrase });
    const page = await newPage();
    await page.goto(`${nahbar.base}/sign-in`);
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await page.waitForURL(/\/inbox/);
    for (const step of day.steps)
      await replay({ nahbar, page, call }, step).catch((error: unknown) => {
        throw new Error(`${step.at} ${step.do}: ${String(error)}`, { cause: error });
      });
    // What was sent last is on its way for ten seconds.
    for (const end of day.ends) await expect.poll(() => stateOf(call, end), { timeout: 30_000 }).toEqual(end);
    await page.context().close();
  } finally {
    await nahbar.stop();
  }
}, 400_000);

const writing = (page: Page) => page.getByRole('textbox', { name: /^(Antwort an|Reply to) / });
const addressOf = (who: string): string => `${who.toLowerCase().replace(' ', '.')}@example.org`;

async function replay(day: Replay, step: Step): Promise<void> {
  const { nahbar, page, call } = day;
  switch (step.do) {
    case 'writes': {
      const inReplyTo = step.answers && (await lastSent(day, step.answers));
      const { who, subject, text } = step;
      return sendMail({ from: `${who} <${addressOf(who)}>`, to: mailbox, subject, text, ...(inReplyTo && { inReplyTo }) }, nahbar.smtpPort);
    }
    case 'open':
      await expect.poll(async () => (await findTalk(call, step.subject))?.id).toBeTruthy();
      await page.goto(`${nahbar.base}/inbox/open/${(await findTalk(call, step.subject))?.id}`);
      return page.getByRole('heading', { level: 1, name: step.subject }).waitFor();
    case 'type':
      return writing(page).pressSequentially(step.text);
    case 'answer':
      if (step.adds) await writing(page).press('Control+End');
      await writing(page).pressSequentially(step.text);
      await page.getByText(/Du bist dran|You are on it/).waitFor();
      await page.keyboard.press('Control+Enter');
      return expect.poll(() => writing(page).inputValue()).toBe('');
    case 'takeBack':
      await page.getByRole('button', { name: 'Rückgängig' }).first().click();
      await expect.poll(() => writing(page).inputValue()).not.toBe('');
      // It is a draft again, here too: from now on the field stays as it is.
      return page.getByText(/Entwurf gespeichert|Draft saved/).waitFor();
    case 'typed':
      return expect.poll(() => writing(page).inputValue()).toBe(step.text);
    case 'read':
      return page.getByRole('article').getByText(step.text).waitFor();
    case 'note':
      await page.getByRole('button', { name: 'Interne Notiz' }).click();
      await page.getByLabel('Interne Notiz', { exact: true }).last().fill(step.text);
      await page.getByRole('button', { name: 'Notiz speichern' }).click();
      return page
        .getByRole('article', { name: /Interne Notiz/ })
        .getByText(step.text)
        .waitFor();
    case 'promise':
      await page.getByRole('button', { name: 'Zusage oder Auskunft festhalten' }).click();
      await page.getByLabel('Wortlaut').fill(step.text);
      await page.getByLabel('Fällig am').fill(`${new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)}T10:00`);
      await page.getByRole('button', { name: 'Speichern' }).click();
      return page.getByRole('region', { name: 'Zusagen' }).getByText(step.text).waitFor();
    case 'keep':
      await page.getByRole('region', { name: 'Zusagen' }).getByRole('button', { name: 'Erfüllt' }).click();
      await page.getByLabel('Woran sieht man es?').fill(step.text);
      await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
      return page.getByRole('region', { name: 'Zusagen' }).getByText('Nichts offen').waitFor();
    case 'fact':
      // What came in a moment ago gets its case, and the side of the desk is drawn anew with it.
      await page
        .getByRole('region', { name: 'Vorgang' })
        .getByRole('link', { name: /^Vorgang/ })
        .waitFor();
      await page.getByRole('button', { name: 'Tatsache festhalten' }).click();
      await page.getByLabel('Was (z. B. Bestellnummer)').fill(step.label);
      await page.getByLabel('Wert').fill(step.text);
      await page.getByRole('button', { name: 'Speichern' }).click();
      return page.getByRole('region', { name: 'Schon bekannt' }).getByText(step.text).waitFor();
    case 'resolve':
      return resolve(page, step.text);
    case 'away':
      await page.context().setOffline(true);
      return;
    case 'back':
      await page.context().setOffline(false);
      return page.getByText('Entwurf gespeichert').waitFor();
    case 'reload':
      await page.getByText('Entwurf gespeichert').waitFor();
      await page.reload();
      return;
    case 'language':
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page
        .getByRole('dialog')
        .getByRole('combobox')
        .fill(step.to === 'en' ? 'Switch to English' : 'Auf Deutsch umstellen');
      await page.getByRole('option').first().click();
      return expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(step.to);
    case 'find': {
      await page.goto(`${nahbar.base}/search?${new URLSearchParams({ q: step.words })}`);
      await page.getByRole('list', { name: 'Gefunden' }).getByRole('link').filter({ hasText: step.subject }).first().click();
      return page.getByRole('heading', { level: 1, name: step.subject }).waitFor();
    }
    case 'story':
      await page.goto(`${nahbar.base}/search?${new URLSearchParams({ q: step.who })}`);
      await page
        .getByRole('region', { name: 'Kund:innen' })
        .getByRole('link', { name: new RegExp(step.who) })
        .click();
      return page.getByRole('region', { name: 'Heute' }).getByText(step.text).waitFor();
  }
}

async function resolve(page: Page, summary: string): Promise<void> {
  const taking = page.getByRole('button', { name: 'Übernehmen', exact: true });
  if (await taking.isVisible()) await taking.click();
  await page.getByText('Du bist dran').waitFor();
  await page.getByRole('button', { name: 'Lösen' }).first().click();
  const dialog = page.getByRole('dialog', { name: /^Vorgang .* lösen$/ });
  await dialog.getByLabel('Was war die Lösung?').fill(summary);
  await dialog.getByRole('combobox').click();
  await page
    .getByRole('option', { name: /^Nachricht/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Lösen' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Found as a program would, in whatever state it is. */
async function findTalk(call: Call, subject: string) {
  const { items } = await call(talks.search, { q: `"${subject}"`, order: 'newest', limit: 30 });
  return items.find(({ conversation }) => conversation.subject === subject)?.conversation;
}

/** The name of the last mail that left, for the customer's program to answer to. */
async function lastSent({ nahbar, page, call }: Replay, subject: string): Promise<string> {
  const sent = async () => (await call(channels.localOutbox, { limit: 50 })).items.find((one) => one.subject?.endsWith(subject))?.id;
  await expect.poll(sent, { timeout: 30_000 }).toBeTruthy();
  const raw = await page.request.get(`${nahbar.base}/api/v1/outbox/local/${await sent()}/raw`);
  return /^message-id:\s*(<[^>]+>)/im.exec(await raw.text())?.[1] ?? '';
}

/** What holds now, in the form of what is expected. */
async function stateOf(call: Call, end: End): Promise<End> {
  const talk = await findTalk(call, end.subject);
  if (!talk?.caseId) throw new Error(`${end.subject} is not there`);
  const { messages, drafts } = await call(talks.open, { id: talk.id });
  const inOrder = messages.toSorted((a, b) => a.seq - b.seq).filter(({ delivery }) => delivery?.state !== 'cancelled');
  const { case: kase, statements } = await call(cases.open, { id: talk.caseId });
  const outbox = (await call(channels.localOutbox, { limit: 200 })).items.filter(({ messageId }) =>
    inOrder.some(({ id }) => id === messageId),
  );
  return {
    subject: end.subject,
    said: inOrder.filter(({ kind }) => kind === 'message').map(({ text }) => text.trim()),
    notes: inOrder.filter(({ kind }) => kind === 'note').map(({ text }) => text),
    left: outbox.length,
    ...(end.draft !== undefined && { draft: drafts[0]?.text ?? '' }),
    ...(end.draft === undefined && drafts.some(({ text }) => text.trim()) && { draft: 'there is one' }),
    ...(end.case && { case: kase.state }),
    ...(end.promises && { promises: statements.map(({ text, state }) => [text, state] as [string, string]) }),
    ...(end.facts && { facts: kase.facts.map(({ label, value }) => [label, value] as [string, string]) }),
  };
}
