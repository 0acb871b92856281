import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { connectionTo, layOut } from '../server/platform/database/embedded/postgres-files.ts';
import { violations } from './axe.ts';
import { asked, newPage, signIn, useBrowser } from './browser.ts';
import { caller, cast, invite, password, setUpCompany } from './company.ts';
import { choose, press, tabTo } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { type Nahbar, startNahbar } from './server.ts';

useBrowser();

/** The Monday of the week before last, of which figures may be looked up still. */
const monday = (): string => {
  const now = new Date();
  return new Date(now.getTime() - (((now.getUTCDay() + 6) % 7) + 14) * 86_400_000).toISOString().slice(0, 10);
};

/** A week as it was written down: no journey lasts that long, and none has eight people. */
async function writeWeek({ data }: Nahbar): Promise<void> {
  const database = new Client(connectionTo(layOut(data), 'nahbar'));
  await database.connect();
  const week = monday();
  try {
    await database.query('insert into service_weeks (week, computed_at) values ($1, now())', [week]);
    await database.query(
      `insert into service_figures (week, group_kind, group_id, channel, clock, withheld, answered, answered_in_time, unanswered, p50, p90, longest)
        select $1::date, 'team', id::text, 'email', 'first_answer', null, 33, 30, 1, 20, 90, 300 from teams
        union all select $1::date, 'company', '', 'email', 'first_answer', null, 33, 30, 1, 20, 90, 300
        union all select $1::date, 'site', id::text, 'email', 'first_answer', 'few_people', null, null, null, null, null, null from sites`,
      [week],
    );
    await database.query(
      `insert into service_waits (week, team_id, channel, clock, outcome, conversation_id, since, due_at, minutes)
        select $1::date, team_id, channel, 'first_answer', 'late', id, $1::date + interval '10 hours', $1::date + interval '14 hours', 300 from conversations`,
      [week],
    );
  } finally {
    await database.end();
  }
}

test('from a figure to what it counts, and from there to the conversation, with the keyboard alone; nowhere else', async () => {
  const nahbar = await startNahbar();
  onTestFinished(() => nahbar.stop(), 60_000);
  const { base } = nahbar;
  await setUpCompany(base);
  const subject = subjectOf('Zu spät');
  await sendMail({ from: 'Lotte Brahms <lotte.brahms@example.org>', subject, text: 'Kommt mein Paket noch?' }, nahbar.smtpPort);
  const council = caller(base);
  const email = await invite(base, 'Bruno Betriebsrat', ['works_council']);
  const admin = caller(base);
  await admin(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const text = 'So viel, wie es braucht, und mehr nicht.';
  const { id } = await admin(workspaceEndpoints.proposeAgreement, {
    kind: 'agreement',
    title: 'Servicezahlen',
    features: ['team_figures', 'breach_causes'],
    siteIds: [],
    purpose: text,
    gdprBasis: text,
    necessity: text,
    validFrom: new Date().toISOString(),
    validTo: null,
  });
  const page = await newPage();
  await signIn(page, cast.jana.email, base);
  await page.goto(`${base}/late`);
  await page.getByText('Ursachen sind aus').waitFor();
  expect(await violations(page)).toEqual([]);
  await council(workspaceEndpoints.signIn, { email, password });
  await council(workspaceEndpoints.activateAgreement, { id });
  await page.reload();
  await page.getByText('Nichts ist zu spät geworden').waitFor();
  await page.goto(`${base}/inbox/open`);
  await page.getByRole('option', { name: new RegExp(subject) }).waitFor();
  await writeWeek(nahbar);

  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await page.getByRole('table').waitFor();
  expect(await violations(page)).toEqual([]);
  // All six formulas beside each other, with what each means; the usual one again.
  await page.getByText('F6', { exact: true }).first().waitFor();
  await press(page.getByLabel('Formel'));
  await choose(page.getByRole('option', { name: 'Alle sechs nebeneinander' }), 'Enter');
  await page.getByRole('columnheader', { name: 'In der Zeit (F2)' }).waitFor();
  await page.getByText(/das schmeichelt/).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/figures-compared-de.png' });
  // Only the team's numbers lead anywhere: not the company's, not those that are withheld.
  const links = page.getByRole('table').getByRole('link');
  expect(await links.evaluateAll((all) => all.map((one) => one.textContent))).toEqual(['34', '30', '3', '1']);
  await tabTo(page.getByRole('link', { name: /^3 \(zu spät beantwortet\), Kundenservice/ }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Was die Zahl zählt' }).waitFor();
  const counted = page.getByRole('row').filter({ hasText: subject });
  await counted.getByText('zu spät beantwortet').waitFor();
  // Since when and until when, to the minute, though it is long ago; what was written down is ten and two o'clock UTC.
  const inBerlin = (hour: number) =>
    new Date(`${monday()}T${hour}:00:00Z`).toLocaleString('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium', timeStyle: 'short' });
  await counted.getByText(inBerlin(10)).waitFor();
  await counted.getByText(inBerlin(14)).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/figures-counted-de.png' });
  await tabTo(page.getByRole('link', { name: subject }));
  await page.keyboard.press('Enter');
  await page.getByText('Kommt mein Paket noch?').first().waitFor();
  await page.goBack();

  await asked(page, workspaceEndpoints.changePreferences, { theme: 'dark', locale: 'en' }, base);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'What the figure counts' }).waitFor();
  await page.getByRole('row').filter({ hasText: subject }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('What became of it').press('Enter');
  await page.getByRole('option', { name: 'no answer' }).press('Enter');
  await page.getByText('Nothing here that you may read').waitFor();

  // Off in the moment in which the agreement ends.
  await council(workspaceEndpoints.endAgreement, { id });
  await page.reload();
  await page.getByText('Service figures are off').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
