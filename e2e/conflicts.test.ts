import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { newPage, signedIn, signIn, speak, useBrowser } from './browser.ts';
import { cast } from './company.ts';
import { choose, press } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { goWithin } from './walk.ts';

useBrowser();

test.each(['de', 'en'] as const)(
  'who leads notes that somebody must not get a conversation; they are told that it is for others, and no reason (%s)',
  async (locale) => {
    const german = locale === 'de';
    const subject = subjectOf('Beschwerde');
    await sendMail({ from: `Bodo Bitter <${crypto.randomUUID()}@post.example>`, subject, text: 'Herr Kaya war unfreundlich.' });
    const kim = await newPage();
    await signIn(kim, cast.kim.email);
    await speak(kim, german ? 'light' : 'dark', locale);
    await kim.addInitScript(() => localStorage.setItem('nahbar.sort.unassigned', 'newest'));
    await kim.goto(`${inject('base')}/inbox/unassigned`);
    await kim.getByRole('option', { name: new RegExp(subject) }).click();
    await kim.getByRole('heading', { level: 1, name: subject }).waitFor();
    await press(
      kim
        .getByRole('banner')
        .or(kim.locator('header'))
        .getByRole('button', { name: german ? 'Mehr' : 'More', exact: true }),
    );
    await choose(kim.getByRole('menuitem', { name: german ? 'Befangenheit …' : 'Conflict of interest …' }), 'Enter');
    const dialog = kim.getByRole('dialog', { name: german ? 'Befangenheit' : 'Conflict of interest' });
    await dialog.getByLabel(german ? 'Wer soll es nicht bekommen?' : 'Who must not get it?').fill('Mehmet');
    await choose(kim.getByRole('option', { name: 'Mehmet Kaya' }), 'Enter');
    await dialog.getByLabel(german ? 'Grund' : 'Reason').fill('Der Kunde beschwert sich über ihn');
    await press(dialog.getByRole('button', { name: german ? 'Vermerken' : 'Note it' }));
    await dialog.getByRole('listitem').filter({ hasText: 'Mehmet Kaya' }).waitFor();
    expect(await violations(kim)).toEqual([]);
    await kim.screenshot({ path: `e2e/output/conflict-${locale}.png` });

    const mehmet = await signedIn('mehmet');
    await goWithin(mehmet, '/inbox/unassigned');
    await mehmet.getByRole('option', { name: new RegExp(subject) }).click();
    await mehmet.getByText('Das ist für jemand anderes: Für dich ist Befangenheit vermerkt.').waitFor();
    const take = mehmet.getByRole('button', { name: 'Übernehmen', exact: true });
    expect([await take.count(), await mehmet.getByLabel('Antwort an Bodo Bitter').isDisabled()]).toEqual([0, true]);
    expect(await mehmet.getByRole('main').innerText()).not.toContain('beschwert sich');

    await press(dialog.getByRole('button', { name: german ? 'Vermerk zu Mehmet Kaya entfernen' : 'Remove the note on Mehmet Kaya' }));
    await dialog.getByRole('listitem').waitFor({ state: 'hidden' });
    await take.waitFor();
    await speak(kim, 'light', 'de');
    await Promise.all([kim.context().close(), mehmet.context().close()]);
  },
);
