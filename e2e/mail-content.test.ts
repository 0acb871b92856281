import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { address } from './company.ts';
import { sendMail, sendRaw, subjectOf } from './mail.ts';

useBrowser();

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function openMail(page: Page, subject: string): Promise<void> {
  await page.goto(`${inject('base')}/inbox/unassigned`);
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByRole('region', { name: 'Verlauf' }).waitFor();
}

test('a file is kept with the draft over a reload, can be removed, and leaves with the mail', async () => {
  const subject = subjectOf('Mit Anhang');
  await sendMail({ from: 'Berta Sand <berta.sand@example.org>', subject, text: 'Bitte die Anleitung.' });
  const page = await signedIn('kim');
  await openMail(page, subject);
  const field = page.getByLabel('Antwort an Berta Sand');
  await field.pressSequentially('Hier ist sie.');
  await page.locator('input[type=file]').setInputFiles([
    { name: 'anleitung.txt', mimeType: 'text/plain', buffer: Buffer.from('Erst den Stecker ziehen.') },
    { name: 'falsch.txt', mimeType: 'text/plain', buffer: Buffer.from('Falsche Datei') },
  ]);
  const chip = page.getByRole('button', { name: 'anleitung.txt entfernen' });
  await chip.waitFor();
  await page.getByRole('button', { name: 'falsch.txt entfernen' }).waitFor();
  await page.getByText('Entwurf gespeichert').waitFor();

  await page.reload();
  await chip.waitFor();
  await page.getByRole('button', { name: 'falsch.txt entfernen' }).click();
  // Writing on must not lose the file: each save carries its id.
  await field.press('End');
  await field.pressSequentially(' Viele Grüße');
  await page.getByText('Entwurf gespeichert').waitFor();
  await page.reload();
  await chip.waitFor();
  expect(await page.getByRole('button', { name: 'falsch.txt entfernen' }).count()).toBe(0);
  expect(await field.inputValue()).toBe('Hier ist sie. Viele Grüße');

  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  await page.getByText('gesendet', { exact: true }).waitFor({ timeout: 20_000 });
  expect(await chip.count()).toBe(0);
  await page.goto(`${inject('base')}/outbox`);
  await page
    .getByRole('button', { name: new RegExp(subject) })
    .first()
    .click();
  const raw = await page.getByRole('link', { name: 'Original herunterladen' }).getAttribute('href');
  const source = await page.evaluate(async (href) => (await fetch(href)).text(), raw ?? '');
  expect(source).toContain('anleitung.txt');
  expect(source).not.toContain('falsch.txt');
  await page.context().close();
});

test('a large file shows how far it is while it is on its way', async () => {
  const subject = subjectOf('Großer Anhang');
  await sendMail({ from: 'Berta Sand <berta.sand@example.org>', subject, text: 'Bitte die Zeichnung.' });
  const page = await signedIn('kim');
  await openMail(page, subject);
  const line = await page.context().newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 250_000 });
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'zeichnung.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(1_500_000, 'x') }]);
  const bar = page.getByRole('progressbar', { name: 'zeichnung.bin' });
  await bar.waitFor();
  const part = async (): Promise<number> => Number(await bar.getAttribute('aria-valuenow', { timeout: 2_000 }));
  await expect.poll(part).toBeGreaterThan(0);
  const early = await part();
  expect(early).toBeLessThan(100);
  await expect.poll(part).toBeGreaterThan(early);
  await page.getByRole('button', { name: 'zeichnung.bin entfernen' }).waitFor();
  expect(await bar.count()).toBe(0);
  await page.context().close();
});

test('an answer to all goes to everybody who was written to but ourselves, and says so before it is sent', async () => {
  const subject = subjectOf('Zu dritt');
  await sendMail({
    from: 'Ida Lorenz <ida.lorenz@example.org>',
    to: `${address}, Jan Lorenz <jan.lorenz@example.org>`,
    cc: 'Hausverwaltung <haus@example.net>',
    subject,
    text: 'Wer baut den Herd ein?',
  });
  const page = await signedIn('kim');
  await openMail(page, subject);
  await page.getByText('Geht an: ida.lorenz@example.org', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Allen antworten' }).click();
  await page.getByText('Geht an: ida.lorenz@example.org · Kopie: jan.lorenz@example.org, haus@example.net', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Allen antworten' }).count()).toBe(0);
  await page.getByLabel('Antwort an Ida Lorenz').pressSequentially('Das machen wir.');
  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  await page.getByText('gesendet', { exact: true }).waitFor({ timeout: 20_000 });
  await page.goto(`${inject('base')}/outbox`);
  await page
    .getByRole('button', { name: new RegExp(subject) })
    .first()
    .click();
  const raw = await page.getByRole('link', { name: 'Original herunterladen' }).getAttribute('href');
  const source = await page.evaluate(async (href) => (await fetch(href)).text(), raw ?? '');
  const header = (name: string) => new RegExp(`^${name}:((?:.*\\r?\\n[ \\t])*.*)`, 'im').exec(source)?.[1]?.match(/[\w.]+@[\w.-]+/g);
  expect([header('to'), header('cc')]).toEqual([['ida.lorenz@example.org'], ['jan.lorenz@example.org', 'haus@example.net']]);
  await page.context().close();
});

test('a mail shows in the sender’s layout, runs nothing, loads pictures only when asked, and gives its files', async () => {
  const subject = subjectOf('Gestaltet');
  await sendMail({
    from: 'Karl Hoff <karl.hoff@example.org>',
    subject,
    text: 'Rechnung anbei.',
    html: `<h2 style="color:#b00">Rechnung anbei</h2><p>Mit <b>Bild</b>: <img src="cid:foto@x" alt="Foto der Lampe" width="40" height="40"></p>
      <img src="https://pictures.invalid/one.png" alt=""><img src="https://pictures.invalid/two.png" alt="">
      <script>parent.document.title = 'gekapert'; document.title = 'gekapert'</script><p onclick="alert(1)">Ende ${'lang '.repeat(400)}</p>`,
    attachments: [
      { filename: 'rechnung.txt', content: Buffer.from('12 Euro') },
      { filename: 'foto.png', content: pixel, cid: 'foto@x' },
    ],
  });
  const page = await signedIn('kim');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.route('https://pictures.invalid/**', (route) => route.fulfill({ contentType: 'image/png', body: pixel }));
  await openMail(page, subject);
  const asHtml = page.getByRole('button', { name: 'In der Gestaltung des Absenders lesen' });
  await asHtml.click();
  const frame = page.frameLocator('iframe[title="Nachricht in der Gestaltung des Absenders"]');
  await frame.getByRole('heading', { name: 'Rechnung anbei' }).waitFor();
  await page.getByText('2 Bilder aus dem Netz sind nicht geladen').waitFor();
  const photo = frame.getByAltText('Foto der Lampe');
  await expect.poll(() => photo.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
  const iframe = page.locator('iframe');
  await expect.poll(() => iframe.evaluate((el) => (el as HTMLIFrameElement).clientHeight)).toBeGreaterThan(300);
  expect(
    await iframe.evaluate((el) => {
      const { contentDocument: inside, clientHeight } = el as HTMLIFrameElement;
      return (inside?.documentElement.scrollHeight ?? 0) - clientHeight;
    }),
  ).toBeLessThanOrEqual(0);
  expect(await page.title()).not.toContain('gekapert');
  expect(await frame.locator('script, [onclick]').count()).toBe(0);
  expect(asked.filter((url) => url.includes('pictures.invalid'))).toEqual([]);
  await page.screenshot({ path: 'e2e/output/html-mail.png' });

  await page.getByRole('button', { name: 'Bilder laden' }).click();
  await expect.poll(() => asked.filter((url) => url.includes('pictures.invalid')).length).toBe(2);
  await page.getByText('Bilder aus dem Netz sind nicht geladen').waitFor({ state: 'hidden' });

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /rechnung\.txt/ }).click()]);
  expect(file.suggestedFilename()).toBe('rechnung.txt');
  expect(await readFile(await file.path(), 'utf8')).toBe('12 Euro');
  await page.getByRole('button', { name: 'Mehr zur Nachricht von Karl Hoff' }).click();
  const original = page.getByRole('menuitem', { name: 'Original herunterladen' });
  const [raw] = await Promise.all([page.waitForEvent('download'), original.click()]);
  expect(await readFile(await raw.path(), 'utf8')).toContain(`Subject: ${subject}`);
  const address = page.url();
  await page.context().close();

  // The choice is the person's, not the browser's; one key takes it back. Pictures are asked for anew.
  const elsewhere = await signedIn('kim');
  await elsewhere.goto(address);
  await elsewhere.getByText('2 Bilder aus dem Netz sind nicht geladen').waitFor();
  const kept = elsewhere.waitForResponse((response) => response.url().endsWith('/me/preferences'));
  await elsewhere.keyboard.press('h');
  await elsewhere.getByRole('article').getByText('Rechnung anbei.', { exact: true }).waitFor();
  expect(await elsewhere.locator('iframe').count()).toBe(0);
  expect((await kept).status()).toBe(200);
  await elsewhere.context().close();
});

test('a picture that nobody can draw is a file with a reason, and where one of the net is gone words stand', async () => {
  const subject = subjectOf('Kaputtes Bild');
  // Its first line says that it is a picture; what it shows was lost on the way.
  const truncated = pixel.subarray(0, 20);
  await sendMail({
    from: 'Karla Hoff <karla.hoff@example.org>',
    subject,
    text: 'Siehe Bild.',
    html: `<p>Siehe Bild: <img src="cid:kaputt@x" alt="Riss im Lack"> <img src="https://pictures.invalid/gone.png" alt="Der Hof"> <img src="https://pictures.invalid/seen.png" alt=""></p>`,
    attachments: [
      { filename: 'riss.png', content: truncated, cid: 'kaputt@x' },
      { filename: 'ganz.png', content: pixel, cid: 'unbenutzt@x' },
      { filename: 'anhang.png', content: truncated },
    ],
  });
  const page = await signedIn('kim');
  await page.route('https://pictures.invalid/**', (route) => route.fulfill({ status: 404, body: 'weg' }));
  await openMail(page, subject);
  const files = page.getByRole('list', { name: '3 Anhänge' });
  const broken = files.getByRole('link', { name: /riss\.png.*Bild beschädigt, herunterladbar/ });
  await broken.waitFor();
  // A picture that is attached is a file from the start, and a whole one is shown.
  await files.getByRole('link', { name: /anhang\.png/ }).waitFor();
  await expect
    .poll(() => files.locator('img').evaluateAll((all) => all.map((image) => (image as HTMLImageElement).alt)))
    .toEqual(['ganz.png']);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/output/broken-picture.png' });
  for (const link of [broken, files.getByRole('link', { name: /anhang\.png/ })]) {
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(await readFile(await file.path())).toEqual(truncated);
  }

  await page.getByRole('button', { name: 'In der Gestaltung des Absenders lesen' }).click();
  const frame = page.frameLocator('iframe[title="Nachricht in der Gestaltung des Absenders"]');
  await frame.getByText('[Riss im Lack – Bild fehlt]').waitFor();
  await page.getByRole('button', { name: 'Bilder laden' }).click();
  await frame.getByText('[Der Hof – Bild fehlt]').waitFor();
  // Nothing is left of the one that only told its sender, and no broken sign stands anywhere.
  expect(await frame.locator('img').count()).toBe(0);
  await page.screenshot({ path: 'e2e/output/broken-picture-html.png' });
  const kept = page.waitForResponse((response) => response.url().endsWith('/me/preferences'));
  await page.getByRole('button', { name: 'In der Gestaltung des Absenders lesen' }).click();
  expect((await kept).status()).toBe(200);
  await page.context().close();
});

test('what a customer quotes is folded in both views until somebody opens it, and what is new stands in sight', async () => {
  const subject = subjectOf('Mit Zitat');
  const said = 'Am Montag, 3. Februar 2026 um 15:35 schrieb Haus Heim <service@haus-heim.example>:';
  await sendMail({
    from: 'Vera Lind <vera.lind@example.org>',
    subject,
    text: `Der Dienstag passt.\n\n${said}\n> Passt Ihnen der Dienstag?`,
    html: `<div dir="ltr">Der <b>Dienstag</b> passt.</div><br><div class="gmail_quote"><div class="gmail_attr">${said.replace('<', '&lt;').replace('>', '&gt;')}<br></div><blockquote>Passt Ihnen der Dienstag?<p>${'Zeile '.repeat(400)}</p></blockquote></div>`,
  });
  const page = await signedIn('kim');
  await openMail(page, subject);
  const article = page.getByRole('article').filter({ hasText: 'Vera Lind' });
  const answer = article.getByText('Der Dienstag passt.', { exact: true });
  await answer.waitFor();
  const quote = article.getByText('Passt Ihnen der Dienstag?');
  expect(await quote.isVisible()).toBe(false);
  await article.getByText('Zitierter Text').click();
  await quote.waitFor();

  await page.getByRole('button', { name: 'In der Gestaltung des Absenders lesen' }).click();
  const frame = page.frameLocator('iframe[title="Nachricht in der Gestaltung des Absenders"]');
  await frame.getByText('Der Dienstag passt.').waitFor();
  const history = frame.getByText('Passt Ihnen der Dienstag?');
  await history.waitFor({ state: 'attached' });
  expect(await history.isVisible()).toBe(false);
  expect(await frame.getByText('schrieb Haus Heim').isVisible()).toBe(false);
  const iframe = page.locator('iframe');
  const height = () => iframe.evaluate((el) => (el as HTMLIFrameElement).clientHeight);
  const folded = await height();
  await page.screenshot({ path: 'e2e/output/html-mail-folded.png' });
  await frame.getByText('Zitierter Text').click();
  await history.waitFor();
  // The frame grows with what is opened, and shrinks when it is folded again.
  await expect.poll(height).toBeGreaterThan(folded + 100);
  await page.screenshot({ path: 'e2e/output/html-mail-unfolded.png' });
  await frame.getByText('Zitierter Text').press('Enter');
  await history.waitFor({ state: 'hidden' });
  await expect.poll(height).toBeLessThan(folded + 20);
  // Everybody reads as they last chose: the next journey begins with the text.
  const kept = page.waitForResponse((response) => response.url().endsWith('/me/preferences'));
  await page.getByRole('button', { name: 'In der Gestaltung des Absenders lesen' }).click();
  expect((await kept).status()).toBe(200);
  await page.context().close();
});

test('what is particular about a mail is said in words, and mails no human wrote are marked', async () => {
  const subject = subjectOf('Abwesend');
  await sendRaw({
    from: 'lena.falk@example.org',
    raw: [
      'From: Lena Falk <lena.falk@example.org>',
      'To: service@haus-heim.example',
      `Subject: ${subject}`,
      `Message-ID: <${subject.replace(/\W/g, '')}@example.org>`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/signed; boundary=s; protocol="application/pkcs7-signature"; micalg=sha-256',
      '',
      '--s',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Ich bin bis Montag nicht da.',
      '--s',
      'Content-Type: application/pkcs7-signature; name=smime.p7s',
      'Content-Transfer-Encoding: base64',
      '',
      'MIIB',
      '--s--',
      '',
    ].join('\r\n'),
  });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByRole('list', { name: 'Besonderheiten' }).getByText('unterschrieben').waitFor();
  await page
    .getByRole('article')
    .getByText(/Automatische Antwort|Abwesenheitsnotiz/)
    .waitFor();
  await page.context().close();
});

const nested = (levels: number): string => {
  let inner = 'Content-Type: text/plain\r\n\r\nganz innen\r\n';
  for (let i = 0; i < levels; i++) inner = `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n${inner}\r\n--b${i}--\r\n`;
  return inner;
};

// The sender is new each time, for these mails have no subject to find them by.
test.each<[string, string, string]>([
  ['without fields', 'Bitte um Rückruf, Notiz: dringend.\r\n', 'Bitte um Rückruf, Notiz: dringend.'],
  ['that is empty', '\r\n', 'Ohne Text'],
  ['nested five hundred levels', `From: tief@example.org\r\n${nested(500)}`, 'Ohne Text'],
])('a mail %s is shown, says that it is damaged, and gives its original', async (_name, raw, shown) => {
  const from = `${subjectOf('x').replace(/\W/g, '')}@example.org`;
  await sendRaw({ from, raw: raw.replace('tief@example.org', from) });
  const page = await signedIn('kim', { at: '/inbox/unassigned' });
  await page.getByRole('option', { name: new RegExp(from) }).click();
  const article = page.getByRole('article').filter({ hasText: from });
  await article.getByText(shown, { exact: true }).waitFor();
  await page.getByRole('list', { name: 'Besonderheiten' }).getByText('Mail beschädigt').waitFor();
  await page.getByText('Das Original ist vollständig.', { exact: false }).first().waitFor();
  await page.screenshot({ path: `e2e/output/damaged-mail-${raw.length}.png` });
  await article.getByRole('button', { name: /^Mehr zur Nachricht/ }).click();
  const original = page.getByRole('menuitem', { name: 'Original herunterladen' });
  const [file] = await Promise.all([page.waitForEvent('download'), original.click()]);
  expect(await readFile(await file.path(), 'utf8')).toContain(raw.includes('ganz innen') ? 'ganz innen' : raw.trim());
  await page.context().close();
});
