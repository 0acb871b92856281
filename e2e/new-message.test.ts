import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { subjectOf } from './mail.ts';

useBrowser();

const plain = (page: Page) => page.getByLabel('Text', { exact: true });
const rich = (page: Page) => page.locator('[contenteditable="true"][role="textbox"]');
const sendButton = (page: Page) => page.getByRole('button', { name: 'Senden', exact: true });

/** The page, by its key, with whom and about what. */
async function begun(page: Page, subject: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('c');
  await page.getByRole('heading', { level: 1, name: 'Neue Nachricht' }).waitFor();
  await page.getByLabel('An', { exact: true }).fill('Udo Meer <udo.meer@example.org>');
  await page.keyboard.press('Enter');
  await page.getByLabel('Betreff').fill(subject);
}

test('somebody is written to first; a reload loses nothing, and what is thrown away comes back', async () => {
  const page = await signedIn('kim');
  const subject = subjectOf('Rückruf');
  await begun(page, subject);
  await plain(page).fill('Guten Tag, Ihr Ersatzteil ist da.');
  await page.reload();
  await expect.poll(() => plain(page).inputValue()).toBe('Guten Tag, Ihr Ersatzteil ist da.');
  await page.getByRole('button', { name: 'Entwurf verwerfen' }).click();
  await expect.poll(() => plain(page).inputValue()).toBe('');
  await page.locator('[data-toast]').filter({ hasText: 'Nachricht verworfen' }).getByRole('button', { name: 'Rückgängig' }).click();
  await expect.poll(() => plain(page).inputValue()).toBe('Guten Tag, Ihr Ersatzteil ist da.');
  await sendButton(page).click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  await page.getByText('gesendet', { exact: true }).waitFor({ timeout: 20_000 });
  await page.goto(`${inject('base')}/outbox`);
  await page.getByRole('button', { name: new RegExp(subject) }).waitFor();
  await page.context().close();
});

test('it is written with what an answer is written with: snippets, formatting, a pasted file, a preview, a later time, and back', async () => {
  const page = await signedIn('kim', { at: '/administration/snippets' });
  const word = `neu${Date.now().toString(36)}`;
  await page.getByRole('button', { name: 'Neuer Textbaustein' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Titel').fill(subjectOf('Anfang'));
  await dialog.getByLabel('Kurzbefehl').fill(word);
  await dialog.getByLabel('Text auf Deutsch').fill('Guten Tag {{kunde.name}}, zu {{vorgang.nummer}}: {{berater.name}}');
  await dialog.getByRole('button', { name: 'Hinzufügen' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.goto(`${inject('base')}/inbox/unassigned`);
  const subject = subjectOf('Zuerst');

  // Without anybody to read it nothing leaves, by key neither.
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('c');
  await plain(page).fill('An wen?');
  expect(await sendButton(page).isDisabled()).toBe(true);
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-toast]').filter({ hasText: 'Noch steht niemand unter „An“.' }).waitFor();
  await page.goto(`${inject('base')}/inbox/unassigned`);
  await begun(page, subject);

  await plain(page).fill('');
  await plain(page).pressSequentially(`/${word}`);
  await page.getByRole('listbox', { name: 'Textbausteine' }).getByRole('option').waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  // Whom it goes to is known by name, a case is not there yet.
  await expect.poll(() => plain(page).inputValue()).toBe('Guten Tag Udo Meer, zu {{vorgang.nummer}}: Kim Sommer');
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('alertdialog', { name: 'Im Text stehen noch Platzhalter' });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  await expect.poll(() => page.evaluate(() => document.getSelection()?.toString())).toBe('{{vorgang.nummer}}');
  await page.keyboard.type('Ihrem Sofa');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Control+b');
  await rich(page).getByText('Sofa', { exact: true }).waitFor();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([new Uint8Array(2_000)], 'plan.png', { type: 'image/png' }));
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('button', { name: 'plan.png entfernen' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await rich(page).getByText('Sofa', { exact: true }).waitFor();
  await page.getByText('plan.png').first().waitFor();

  await page.getByRole('button', { name: 'Vorschau' }).click();
  const preview = page.getByRole('dialog', { name: 'So wird es gelesen' });
  await preview.getByText(subject).waitFor();
  await preview.locator('strong', { hasText: 'Sofa' }).waitFor();
  await preview.getByText(/plan\.png/).waitFor();
  await preview.getByText(/Stand Ihres Anliegens ansehen oder etwas ergänzen:\s+http\S+\/my#…/).waitFor();
  await page.keyboard.press('Escape');
  await preview.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: 'Weitere Arten zu senden' }).click();
  await page.getByRole('menuitem', { name: 'Später senden' }).click();
  await page.getByRole('button', { name: /^Morgen früh/ }).click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  await page.getByText('geplant für morgen, 08:00').waitFor();
  await page.getByRole('article').getByRole('button', { name: 'Zurücknehmen' }).click();
  await rich(page).getByText('Sofa', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'plan.png entfernen' }).waitFor();
  await page.context().close();
});
