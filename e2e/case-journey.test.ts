import { inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a case is handed over with its brief and is not resolved while something is owed', async () => {
  const subject = subjectOf('Reparatur');
  await sendMail({ from: 'Marta Lindner <marta.lindner@example.org>', subject, text: 'Meine Waschmaschine ist nach 14 Monaten kaputt.' });
  const mehmet = await signedIn('mehmet');
  await mehmet.goto(`${inject('base')}/inbox/unassigned`);
  await mehmet.getByRole('option', { name: new RegExp(subject) }).click();
  await mehmet.getByRole('button', { name: 'Übernehmen' }).click();
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
  for (const [label, text] of [
    ['Wer ist es', 'Marta Lindner, Stammkundin'],
    ['Anliegen in eigenen Worten', 'Meine Waschmaschine ist kaputt.'],
    ['Was ist schon getan', 'Techniker zugesagt'],
    ['Was die Person möchte', 'Eine Maschine, die geht'],
  ] as const)
    await dialog.getByLabel(label).fill(text);
  await dialog.getByRole('button', { name: 'Übergeben' }).click();
  await dialog.waitFor({ state: 'hidden' });

  const jana = await signedIn('jana');
  await jana.goto(mehmet.url());
  const card = jana.getByRole('article', { name: 'Übergabe' });
  await card.getByText('Techniker zugesagt').waitFor();
  await card.getByRole('button', { name: 'Ich habe die Übergabe gelesen' }).click();
  await card.getByRole('button', { name: 'Übernehmen' }).click();
  await card.getByText('übernommen').waitFor();
  await Promise.all([mehmet.context().close(), jana.context().close()]);
});

function inDays(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return `${at.toISOString().slice(0, 10)}T10:00`;
}
