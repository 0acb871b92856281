import { expect, inject, test } from 'vitest';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { asked, newPage, signedIn, signIn, speak, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';
import { caller, cast, password } from './company.ts';

useBrowser();

test('whoever leads sees who waits, what is due and how many are there, as it changes, and is shown nobody', async () => {
  const page = await signedIn('kim');
  await asked(page, workspaceEndpoints.setPresence, { state: 'available' });
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('heading', { level: 1, name: 'Lage' }).waitFor();
  const row = page.getByRole('row').filter({ hasText: 'ohne Warteschlange' }).filter({ hasText: 'Kundenservice' });
  const waiting = async () => Number((await row.count()) > 0 ? await row.getByRole('cell').nth(2).innerText() : '0');
  const before = await waiting();
  await sendMail({ from: `Lena Lage <${crypto.randomUUID()}@post.example>`, subject: subjectOf('Lage'), text: 'Wo ist mein Sessel?' });
  await expect.poll(waiting).toBeGreaterThan(before);
  await row.getByText(/\d+ überfällig, \d+ bald fällig, \d+ in der Zeit/).waitFor();
  const there = page.getByRole('table', { name: 'Wer da ist' }).getByRole('row').filter({ hasText: 'Kundenservice' });
  await expect.poll(async () => Number(await there.getByRole('cell').nth(1).innerText())).toBeGreaterThan(0);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/standing-de.png' });
  expect(await page.getByRole('main').innerText()).not.toContain('Kim Sommer');
  await asked(page, workspaceEndpoints.setPresence, { state: 'away' });
  await page.context().close();
});

test('the situation in English and dark, and on a phone', async () => {
  const page = await newPage({ viewport: { width: 390, height: 844 } });
  await signIn(page, cast.jana.email);
  await speak(page, 'dark', 'en');
  await page.goto(`${inject('base')}/standing`);
  await page.getByRole('heading', { level: 1, name: 'Situation' }).waitFor();
  await page.getByText('Who waits').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/standing-en.png' });
  await speak(page, 'light', 'de');
  await page.context().close();
});

test('whoever leads lets somebody help out in another team for some hours, and ends it', async () => {
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const { person } = await call(workspaceEndpoints.getMe, {});
  const own = (await call(workspaceEndpoints.listTeams, {})).items[0]?.id ?? '';
  const other = await call(workspaceEndpoints.addTeam, { name: 'Zusatzdienst', leadIds: [person.id] });
  const page = await signedIn('kim');
  try {
    await page.goto(`${inject('base')}/standing`);
    await page.getByText('Gerade hilft niemand aus.').waitFor();
    await page.getByRole('button', { name: 'Jemanden aushelfen lassen …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Aushilfe' });
    await dialog.getByLabel('In welchem Team').click();
    await page.getByRole('option', { name: 'Zusatzdienst' }).click();
    await dialog.getByLabel('Wer').fill('Jana');
    await page.getByRole('option', { name: /Jana/ }).click();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Aushelfen lassen' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(/Jana .+ hilft in „Zusatzdienst“ bis/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: 'e2e/output/helpers-de.png' });
    await page.getByRole('button', { name: /Aushilfe von Jana .+ beenden/ }).press('Enter');
    await page.getByText('Gerade hilft niemand aus.').waitFor();
  } finally {
    await call(workspaceEndpoints.archiveTeam, { id: other.id, successorId: own });
    await page.context().close();
  }
});
