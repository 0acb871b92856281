import { expect, inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a list is put in another order, which shows what is new at its top and stays so', async () => {
  const [first, second] = [subjectOf('Zuerst'), subjectOf('Danach')];
  const from = (name: string) => `${name} <${name.toLowerCase()}.kern@example.org>`;
  await sendMail({ from: from('Alma'), subject: first, text: 'Ich warte am längsten.' });
  const page = await signedIn('kim', {}, 'own');
  await page.goto(`${inject('base')}/inbox/unassigned`);
  const rows = page.getByRole('option');
  await page.getByRole('button', { name: 'Reihenfolge: Was zuerst fällig ist' }).click();
  await page.getByRole('menuitem', { name: 'Neueste zuerst' }).click();
  await expect.poll(() => rows.first().innerText(), { timeout: 10_000 }).toContain(first);
  await sendMail({ from: from('Bruno'), subject: second, text: 'Ich bin neu.' });
  await expect.poll(() => rows.first().innerText(), { timeout: 10_000 }).toContain(second);
  await page.reload();
  await expect.poll(() => rows.first().innerText(), { timeout: 10_000 }).toContain(second);
  await page.getByRole('button', { name: 'Reihenfolge: Neueste zuerst' }).waitFor();
  await page.context().close();
});
