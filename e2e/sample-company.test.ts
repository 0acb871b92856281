import { expect, test } from 'vitest';
import { newPage, useBrowser } from './browser.ts';
import { startNahbar } from './server.ts';

useBrowser();

test('who only wants to look around gets the sample company, and is whoever they like in it', async () => {
  const nahbar = await startNahbar();
  const page = await newPage();
  try {
    await page.goto(nahbar.base);
    await page.getByRole('button', { name: 'Beispielfirma ansehen' }).click();
    await page.getByText('Fertig. Wer möchtest du sein?').waitFor({ timeout: 90_000 });
    await page.getByRole('button', { name: 'Mehmet Kaya' }).click();
    await page.getByText('Beispielfirma: Alle Namen und Nachrichten sind erfunden.').waitFor();
    // Work is there, in the languages people wrote in.
    await page.getByRole('option', { name: /Kızımın buzdolabı/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Kızımın buzdolabı' }).waitFor();
    // There is one company now, so nobody is asked again.
    const other = await newPage();
    await other.goto(nahbar.base);
    await other.getByLabel('Passwort', { exact: true }).waitFor();
    expect(await other.getByRole('button', { name: 'Beispielfirma ansehen' }).count()).toBe(0);
    await Promise.all([page.context().close(), other.context().close()]);
  } finally {
    await nahbar.stop();
  }
});
