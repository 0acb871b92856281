import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, signIn, speak, useBrowser } from './browser.ts';
import { invite } from './company.ts';
import { subjectOf } from './mail.ts';

useBrowser();

test.each(['de', 'en'] as const)(
  'a site says when it is open, on which days it is not, and which holidays its Land has (%s)',
  async (locale) => {
    const german = locale === 'de';
    const page = await newPage();
    await signIn(page, await invite(inject('base'), 'Ada Amt', ['admin']));
    await speak(page, german ? 'light' : 'dark', locale);
    await page.goto(`${inject('base')}/administration/teams`);
    const name = subjectOf('Leipzig');
    await page.getByRole('button', { name: german ? 'Neuer Standort' : 'New site' }).click();
    const asked = page.getByRole('dialog');
    await asked.getByLabel('Name').fill(name);
    await asked.getByLabel(german ? 'Bundesland' : 'Federal state').click();
    await page.getByRole('option', { name: german ? 'Sachsen' : 'Saxony', exact: true }).click();
    await asked.getByRole('button', { name: german ? 'Speichern' : 'Save' }).click();
    await asked.waitFor({ state: 'hidden' });

    const title = german ? `Öffnungszeiten von ${name}` : `Opening hours of ${name}`;
    const open = () => page.getByRole('button', { name: title }).click();
    await open();
    const hours = page.getByRole('dialog', { name: title });
    const monday = hours.getByLabel(german ? 'Montag' : 'Monday');
    await expect.poll(() => monday.inputValue()).toBe('8–20');
    await hours.getByText(german ? 'Buß- und Bettag' : 'Day of Repentance and Prayer').waitFor();
    expect(await violations(page)).toEqual([]);

    // What is no time is said at its field, and nothing is sent.
    await monday.fill('acht bis zwölf');
    await hours.getByRole('button', { name: german ? 'Speichern' : 'Save' }).click();
    await hours
      .getByRole('alert')
      .getByText(german ? 'Das lese ich nicht als Zeiten.' : 'I cannot read that as hours.')
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await monday.fill('8-12, 13:30 bis 18');
    await hours.getByLabel(german ? 'Sonntag' : 'Sunday').fill('10-14');
    await hours.getByRole('checkbox', { name: german ? 'Fronleichnam' : 'Corpus Christi' }).click();
    await hours.getByRole('button', { name: german ? 'Tag hinzufügen' : 'Add a day' }).click();
    const day = german ? 'neuer Tag' : 'new day';
    await hours.getByLabel(german ? `Anlass: ${day}` : `Occasion: ${day}`).fill('Inventur');
    await hours.getByLabel(german ? 'Datum: Inventur' : 'Date: Inventur').fill('2027-01-04');
    await hours.getByRole('button', { name: german ? 'Speichern' : 'Save' }).click();
    await hours.waitFor({ state: 'hidden' });

    await page.reload();
    await open();
    await expect.poll(() => monday.inputValue()).toBe('8–12, 13:30–18');
    expect(await hours.getByLabel(german ? 'Sonntag' : 'Sunday').inputValue()).toBe('10–14');
    expect(await hours.getByLabel(german ? 'Datum: Inventur' : 'Date: Inventur').inputValue()).toBe('2027-01-04');
    // Corpus Christi is a holiday in Saxony only where the municipality has it: once as the choice, once among the next ones.
    expect(await hours.getByText(german ? 'Fronleichnam' : 'Corpus Christi', { exact: true }).count()).toBe(2);
    await page.context().close();
  },
);
