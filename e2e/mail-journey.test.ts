import { expect, inject, test } from 'vitest';
import { conversationEndpoints } from '../contract/conversations.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { sendMail, subjectOf } from './mail.ts';

useBrowser();

test('a mail appears by itself, is answered with second thoughts, leaves, and its answer comes back to the same case', async () => {
  const page = await signedIn('mehmet', { at: '/inbox/unassigned' });
  const subject = subjectOf('Leeres Paket');
  await page.getByRole('heading', { name: 'Nicht zugeteilt' }).waitFor();
  const waiting = async (): Promise<number> =>
    Number(/\d+/.exec(await page.getByRole('link', { name: /^Nicht zugeteilt/ }).innerText())?.[0] ?? 0);
  const mehmet = caller(inject('base'));
  await mehmet(workspaceEndpoints.signIn, { email: cast.mehmet.email, password });
  const before = (await mehmet(conversationEndpoints.counters, {})).counters['unassigned'] ?? 0;
  await expect.poll(waiting).toBe(before);

  await sendMail({ from: 'Erika Klein <erika.klein@example.org>', subject, text: 'Das Paket war leer.\n\nErika Klein' });
  const row = page.getByRole('option', { name: new RegExp(subject) });
  // Told, not asked for: a page that nobody tells looks again after half a minute. How soon is measured in `bench/screen.bench.ts`.
  await row.waitFor({ timeout: 10_000 });
  await expect.poll(waiting, { timeout: 10_000 }).toBe(before + 1);

  await row.click();
  const field = page.getByLabel('Antwort an Erika Klein');
  await field.pressSequentially('Guten Tag Frau Klein, das klären wir heute.');
  await page.getByText('Du bist dran').waitFor();
  await page.getByText('Entwurf gespeichert').waitFor();
  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  await page.getByText('geht gleich raus').waitFor();

  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByText('hat eine Nachricht zurückgenommen').waitFor();
  await expect.poll(() => field.inputValue()).toBe('Guten Tag Frau Klein, das klären wir heute.');

  await field.press('End');
  await field.pressSequentially(' Bis 17 Uhr wissen wir mehr.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('gesendet', { exact: true }).waitFor({ timeout: 20_000 });

  await page.goto(`${inject('base')}/outbox`);
  await page
    .getByRole('button', { name: new RegExp(subject) })
    .first()
    .click();
  await page.getByRole('link', { name: 'Original herunterladen' }).waitFor();
  const raw = await page.getByRole('link', { name: 'Original herunterladen' }).getAttribute('href');
  const source = await page.evaluate(async (href) => (await fetch(href)).text(), raw ?? '');
  const messageId = /^message-id:\s*(<[^>]+>)/im.exec(source)?.[1] ?? '';
  expect(messageId).toMatch(/^<.+>$/);

  await sendMail({
    from: 'Erika Klein <erika.klein@example.org>',
    subject: `AW: ${subject}`,
    text: 'Danke, ich warte.\n\n> Guten Tag Frau Klein',
    inReplyTo: messageId,
    references: messageId,
  });
  await page.goto(`${inject('base')}/inbox/mine`);
  await page
    .getByRole('option', { name: new RegExp(subject) })
    .first()
    .click();
  await page.getByText('Danke, ich warte.').first().waitFor();
  expect(await page.getByRole('option', { name: new RegExp(subject) }).count()).toBe(1);
  await page.context().close();
});
