import { expect, inject, test } from 'vitest';
import { caseEndpoints as cases } from '../contract/cases.ts';
import { conversationEndpoints as talks } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { press } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { resize } from './walk.ts';

useBrowser();

test('what is owed stays in sight where there is no room for the case: in one line that opens it', async () => {
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const subject = subjectOf('Zugesagt');
  await sendMail({ from: `Olga Ort <${crypto.randomUUID()}@example.org>`, subject, text: 'Wann kommt es?' });
  const find = async () => (await call(talks.list, { view: 'open', sort: 'newest' })).items.find((one) => one.subject === subject);
  await expect.poll(async () => (await find())?.caseId).toBeTruthy();
  const { id = '', caseId } = (await find()) ?? {};

  const page = await signedIn('kim', { viewport: { width: 1100, height: 700 } });
  await page.goto(`${inject('base')}/inbox/open/${id}`);
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  const line = page.getByRole('button', { name: /^1 Zusage, fällig morgen.*: Wir rufen zurück\.$/ });
  // Nothing owed, no line; a promise brings it by itself.
  expect(await line.count()).toBe(0);
  const dueTo = new Date(Date.now() + 86_400_000).toISOString();
  await call(cases.state, { id: caseId ?? '', kind: 'commitment', text: 'Wir rufen zurück.', informed: { how: 'phone' }, dueTo });
  const promises = page.getByRole('region', { name: 'Zusagen' });
  for (const [width, height] of [
    [1100, 700],
    [390, 844],
  ] as const) {
    await resize(page, { width, height });
    await line.waitFor();
    expect((await line.boundingBox())?.height).toBeLessThan(40);
    expect(await violations(page)).toEqual([]);
    await press(line);
    await promises.getByText('Wir rufen zurück.').waitFor();
    await page.keyboard.press('Escape');
    await promises.waitFor({ state: 'hidden' });
  }

  // In a wide window the pane itself shows it, until it is closed.
  await resize(page, { width: 1440, height: 900 });
  await line.waitFor();
  await page.keyboard.press(']');
  await promises.getByText('Wir rufen zurück.').waitFor();
  expect(await line.count()).toBe(0);
  await page.keyboard.press(']');
  await line.waitFor();
  await page.context().close();
});
