import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { newPage, signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { useMailboxes } from './mailbox.ts';

useBrowser();

const service = 'blindkopie@haus-heim.example';
const customer = 'erika.klein@post.example';
const copied = 'otto.klein@post.example';
const blind = 'gutachterin@buero.example';
const { arrived, inMail } = useMailboxes(service);

/** Everything the server tells a page, and everything that stands on it. */
function listened(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/')) bodies.push(response.text().catch(() => ''));
  });
  return async () => [await page.content(), ...(await Promise.all(bodies))].join('\n');
}

test('a blind copy arrives, no copy and no page of a customer’s names who got it, and the desk shows it to every adviser as one', async () => {
  const subject = subjectOf('Wasserschaden');
  await sendMail({ from: `Erika Klein <${customer}>`, to: service, subject, text: 'Die Decke ist nass.\n\nErika Klein' });
  const desk = await signedIn('mehmet', { at: '/inbox/unassigned' });
  const row = new RegExp(subject);
  await desk.getByRole('option', { name: row }).first().click();
  await desk.getByLabel('Antwort an Erika Klein').pressSequentially('Wir schicken eine Gutachterin.');
  await desk.getByRole('button', { name: 'Empfänger ändern' }).click();
  for (const [field, address] of [
    ['CC', copied],
    ['BCC', blind],
  ] as const) {
    await desk.getByLabel(field, { exact: true }).fill(address);
    await desk.keyboard.press('Enter');
  }
  await desk.getByText('Entwurf gespeichert').waitFor();
  await desk.getByRole('button', { name: 'Senden', exact: true }).click();
  await desk.getByText('gesendet', { exact: true }).waitFor({ timeout: 20_000 });

  // Each of the three gets it; whatever any of them gets names the other two at most.
  const link = await inMail(/Wir schicken eine Gutachterin\.[^]*?\/my#([\w-]+)/);
  const copies = arrived.filter(({ text }) => text.includes('Wir schicken eine Gutachterin.'));
  expect(copies.flatMap(({ to }) => to).toSorted()).toEqual([customer, blind, copied].toSorted());
  for (const { text } of copies) {
    expect(text).toMatch(new RegExp(`^To: .*${customer}`, 'm'));
    expect(text).toMatch(new RegExp(`^Cc: .*${copied}`, 'im'));
    expect(text).not.toMatch(/^bcc:/im);
    expect(text.toLowerCase()).not.toContain(blind);
  }

  const page = await newPage();
  const told = listened(page);
  await page.goto(`${inject('base')}/my#${link}`);
  await page.getByRole('button', { name: 'Code schicken' }).click();
  await page.getByText('Der Code ist unterwegs.').waitFor();
  await page.getByLabel('Code aus der Nachricht').fill(await inMail(/^(\d{4} \d{4})\s*$/m));
  await page.getByRole('button', { name: 'Öffnen' }).click();
  await page.getByText('Wir schicken eine Gutachterin.').waitFor();
  expect(await told()).toContain('Die Decke ist nass.');
  expect((await told()).toLowerCase()).not.toContain('gutachterin@');
  await page.context().close();

  // Another adviser than the one who wrote it sees whom it went to, and how.
  const other = await signedIn('jana', { at: '/inbox/open' });
  await other.getByRole('option', { name: row }).first().click();
  const answer = other.getByRole('article').filter({ hasText: 'Wir schicken eine Gutachterin.' });
  await answer.getByText(`${customer}, ${copied}, ${blind}`).click();
  expect(await answer.locator('dl').innerText()).toMatch(new RegExp(`CC\\s+${copied}\\s+BCC\\s+${blind}`));
  await other.context().close();
  await desk.context().close();
});
