import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { choose, openFromList, press, retype } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { journey } from './tested.ts';
import { goWithin } from './walk.ts';

useBrowser();

/** A mail of a customer nobody knows yet; comes back as its subject. */
async function mailed(about: string): Promise<string> {
  const subject = subjectOf(about);
  await sendMail({ from: `Paula Gruber <${crypto.randomUUID()}@example.org>`, subject, text: 'Können Sie mir helfen?' });
  return subject;
}

const row = (page: Page, subject: string) => page.getByRole('option', { name: new RegExp(subject) });

/** Goes down the list until one stands at it. */
async function goTo(page: Page, subject: string): Promise<void> {
  await row(page, subject).waitFor();
  const isActive = (): Promise<boolean> =>
    row(page, subject).evaluate((element) => document.querySelector('[data-list]')?.getAttribute('aria-activedescendant') === element.id);
  for (let n = 0; n < 60 && !(await isActive()); n += 1) await page.keyboard.press('j');
}

test('Enter opens the row one has gone to, also after a link was pressed', async () => {
  const subject = await mailed('Enter');
  const page = await signedIn('kim');
  await press(page.getByRole('navigation').getByRole('link', { name: /^Nicht zugeteilt/ }));
  await goTo(page, subject);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  await page.context().close();
});

journey('bulk', 'several are picked, tagged at once and taken back without touching the mouse', async () => {
  const subjects = [await mailed('Stapel'), await mailed('Stapel')].toReversed();
  const page = await signedIn('kim');
  await goWithin(page, '/inbox/unassigned');
  for (const subject of subjects) {
    await goTo(page, subject);
    await page.keyboard.press('x');
  }
  await page.getByRole('toolbar', { name: 'Mit allen ausgewählten' }).getByText('2 ausgewählt').waitFor();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog');
  await retype(dialog.getByLabel('Schlagwörter'), 'messe');
  await page.keyboard.press('Enter');
  await press(dialog.getByRole('button', { name: 'Speichern' }));
  for (const subject of subjects) await row(page, subject).getByText('messe').waitFor();
  // The key that leads to notices, as its landmark says; whoever is there has all the time they need.
  await page.keyboard.press('F6');
  await press(page.getByRole('button', { name: 'Rückgängig' }));
  for (const subject of subjects) await row(page, subject).getByText('messe').waitFor({ state: 'hidden' });
  await page.context().close();
});

journey('later', 'an answer is written now and sent tomorrow without touching the mouse', async () => {
  const page = await signedIn('kim');
  await openFromList(page, await mailed('Morgen'));
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Zwei Jahre ab Kauf.');
  await page.getByText('Du bist dran').waitFor();
  await press(page.getByRole('button', { name: 'Weitere Arten zu senden' }));
  await choose(page.getByRole('menuitem', { name: 'Später senden' }), 'Enter');
  await press(page.getByRole('dialog', { name: 'Wann soll es rausgehen?' }).getByRole('button', { name: /Morgen früh/ }));
  await page.getByText(/geplant für/).waitFor();
  await page.context().close();
});

journey('attach', 'a file is attached, taken away, attached again and sent without touching the mouse', async () => {
  const page = await signedIn('kim');
  await openFromList(page, await mailed('Anhang'));
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Anbei das Etikett.');
  const attach = async (): Promise<void> => {
    // The window to choose in is the system's own.
    const [window] = await Promise.all([page.waitForEvent('filechooser'), press(page.getByRole('button', { name: 'Dateien anhängen' }))]);
    await window.setFiles({ name: 'Etikett.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    await page.getByRole('button', { name: /Etikett\.pdf.* entfernen/ }).waitFor();
  };
  await attach();
  await press(page.getByRole('button', { name: /Etikett\.pdf.* entfernen/ }));
  await page.getByRole('button', { name: /Etikett\.pdf.* entfernen/ }).waitFor({ state: 'hidden' });
  await attach();
  await press(page.getByRole('button', { name: 'Senden', exact: true }));
  await page
    .getByRole('article', { name: /Kim Sommer/ })
    .getByText('Etikett.pdf')
    .waitFor();
  await page.context().close();
});

journey(
  'takeOver',
  'a conversation is taken over from a colleague with a reason, which both read, without touching the mouse',
  async () => {
    const [kim, jana] = [await signedIn('kim'), await signedIn('jana')];
    const subject = await mailed('Ablösung');
    await openFromList(kim, subject);
    await openFromList(jana, subject);
    await kim.keyboard.press('m');
    await kim.getByText('Du bist dran').waitFor();
    await press(jana.getByRole('button', { name: 'Ablösen' }));
    const dialog = jana.getByRole('dialog', { name: 'Kim Sommer ablösen?' });
    await retype(dialog.getByLabel('Grund'), 'Ich habe sie am Apparat.');
    await press(dialog.getByRole('button', { name: 'Ablösen' }));
    await jana.getByText('Du bist dran').waitFor();
    for (const page of [kim, jana]) await page.getByText('Jana Wolf hat Kim Sommer abgelöst: Ich habe sie am Apparat.').waitFor();
    await Promise.all([kim.context().close(), jana.context().close()]);
  },
);
