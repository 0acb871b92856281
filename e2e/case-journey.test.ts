import type { Locator, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a case is handed over with its brief and is not resolved while something is owed', async () => {
  const subject = subjectOf('Reparatur');
  await sendMail({ from: 'Marta Lindner <marta.lindner@example.org>', subject, text: 'Meine Waschmaschine ist nach 14 Monaten kaputt.' });
  // Jana stays where people land, and does nothing until she is told.
  const [mehmet, jana] = [await signedIn('mehmet'), await signedIn('jana')];
  await mehmet.goto(`${inject('base')}/inbox/unassigned`);
  await mehmet.getByRole('option', { name: new RegExp(subject) }).click();
  await mehmet.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await mehmet.getByText('Du bist dran').waitFor();

  await mehmet.getByRole('button', { name: 'Zusage oder Auskunft festhalten' }).click();
  await mehmet.getByLabel('Wortlaut').fill('Der Techniker kommt.');
  await mehmet.getByLabel('Fällig am').fill(inDays(2));
  await mehmet.getByRole('button', { name: 'Speichern' }).click();
  await mehmet.getByRole('region', { name: 'Zusagen' }).getByText('Der Techniker kommt.').waitFor();

  await mehmet.getByRole('button', { name: 'Lösen' }).first().click();
  await mehmet.getByLabel('Was war die Lösung?').fill('Techniker bestellt.');
  await mehmet.getByRole('dialog').getByRole('button', { name: 'Lösen' }).click();
  await mehmet.getByRole('alert').getByText('Eine Zusage ist offen').waitFor();
  await mehmet.getByRole('button', { name: 'Abbrechen' }).click();

  await mehmet.getByRole('button', { name: 'Übergeben' }).first().click();
  const dialog = mehmet.getByRole('dialog', { name: 'Vorgang übergeben' });
  await dialog.getByRole('combobox', { name: 'An' }).fill('Jana');
  await mehmet.getByRole('option', { name: 'Jana Wolf' }).click();
  await dialog.getByLabel('Was ist schon getan').fill('');
  await dialog.getByRole('button', { name: 'Übergeben' }).click();
  await dialog.getByText('Das muss die nächste Person wissen.').first().waitFor();
  await fill(dialog, {
    'Wer ist es': 'Marta Lindner, Stammkundin',
    'Anliegen in eigenen Worten': 'Meine Waschmaschine ist kaputt.',
    'Was ist schon getan': 'Techniker zugesagt',
    'Was die Person möchte': 'Eine Maschine, die geht',
  });
  await dialog.getByRole('button', { name: 'Übergeben' }).click();
  await dialog.waitFor({ state: 'hidden' });

  // Who hands over sees where it lies, and is not offered to do it twice.
  await mehmet.getByText('Übergabe liegt bei Jana Wolf und ist noch nicht angenommen.').waitFor();

  // Told at once, by name, without looking for it.
  const notice = jana.getByRole('dialog').filter({ hasText: 'Mehmet Kaya übergibt dir einen Vorgang' });
  await notice.getByText('Meine Waschmaschine ist kaputt.').waitFor();
  await jana.getByRole('link', { name: /^Übergaben, \d+ warte/ }).waitFor();
  await notice.getByRole('button', { name: 'Ansehen' }).click();
  await accept(jana, 'Techniker zugesagt');
  await jana.getByText('Du bist dran').waitFor();
  await jana.getByText(subject).first().waitFor();
  await Promise.all([mehmet.context().close(), jana.context().close()]);
});

test('a hand-over to a team waits for whoever of it looks; nobody fills in a brief for a conversation they do not hold', async () => {
  const subject = subjectOf('Lieferung');
  await sendMail({ from: 'Emre Demir <emre.demir@example.org>', subject, text: 'Das Sofa kam ohne Füße.' });
  const [mehmet, jana] = [await signedIn('mehmet'), await signedIn('jana')];
  await mehmet.goto(`${inject('base')}/inbox/unassigned`);
  await mehmet.getByRole('option', { name: new RegExp(subject) }).click();
  await mehmet.getByText('Niemand ist dran').waitFor();
  await mehmet.getByText('Wer das Gespräch übernimmt').waitFor();
  await mehmet.getByRole('button', { name: 'Übergeben' }).first().click();
  await mehmet.getByText('Du bist dran').waitFor();
  await mehmet.getByText('Du kümmerst dich gerade').waitFor();

  const dialog = mehmet.getByRole('dialog', { name: 'Vorgang übergeben' });
  await dialog.getByRole('button', { name: 'Abbrechen' }).click();
  await mehmet.getByText('Niemand ist dran').waitFor();
  await mehmet.getByRole('button', { name: 'Übergeben' }).first().click();
  await fill(dialog, {
    'Wer ist es': 'Emre Demir',
    'Anliegen in eigenen Worten': 'Das Sofa kam ohne Füße.',
    'Was ist schon getan': 'Lager gefragt',
    'Was die Person möchte': 'Die Füße',
  });
  await dialog.getByRole('combobox', { name: 'An' }).click();
  await mehmet.getByRole('option', { name: /Team.*Kundenservice|Kundenservice.*Team/ }).click();
  await dialog.getByRole('button', { name: 'Übergeben' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await jana.getByRole('navigation', { name: 'Ansichten' }).getByRole('link', { name: 'An mich übergeben' }).click();
  await accept(jana, 'Lager gefragt');
  await jana.getByText('Du bist dran').waitFor();
  expect(await mehmet.getByRole('link', { name: /^Übergaben, / }).count()).toBe(0);
  await Promise.all([mehmet.context().close(), jana.context().close()]);
});

async function fill(dialog: Locator, brief: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(brief)) await dialog.getByLabel(label).fill(text);
}

async function accept(page: Page, done: string): Promise<void> {
  const card = page.getByRole('article', { name: 'Übergabe' }).filter({ hasText: done });
  await card.getByRole('button', { name: 'Ich habe die Übergabe gelesen' }).click();
  await card.getByRole('button', { name: 'Übernehmen', exact: true }).click();
}

function inDays(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return `${at.toISOString().slice(0, 10)}T10:00`;
}
