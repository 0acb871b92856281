import type { Page } from 'playwright-core';
import { inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';
import { sendMail } from './mail.ts';

useBrowser();

const mails = [
  [
    'Erika Klein <erika.klein@kundin.example>',
    'Leeres Paket statt Laptop',
    'Guten Tag,\n\nheute kam das Paket aus der Reparatur, aber es war leer. Der Laptop hat 1.300 € gekostet, zwölf Raten habe ich schon gezahlt. Wie geht es jetzt weiter?\n\nBestellung 4711-2286\n\nMit freundlichen Grüßen\nErika Klein',
  ],
  [
    'Horst Brandt <horst.brandt@kunde.example>',
    'Kühlschrank passt nicht durch die Haustür',
    'Hallo,\nder Kühlschrank passt nicht durch die Haustür, die Fahrer haben ihn wieder mitgenommen. Gibt es ein schmaleres Modell?\n\nGrüße\nHorst Brandt',
  ],
  [
    'Aylin Demir <aylin.demir@kundin.example>',
    'Rechnung 2026-1188 doppelt erhalten',
    'Moin, die Rechnung kam zweimal. Muss ich auch zweimal zahlen?',
  ],
  ['Peter Voss <p.voss@kunde.example>', 'Liefertermin für das Sofa', 'Dienstag zwischen 10 und 12 passt mir sehr gut.'],
  [
    'Marta Lindner <marta.lindner@kundin.example>',
    'Waschmaschine: Garantie vom Händler',
    'Sehr geehrte Damen und Herren, meine Waschmaschine ist nach 14 Monaten kaputt. Der Händler verweist mich an Sie.',
  ],
  [
    'Yusuf Arslan <yusuf@kunde.example>',
    'Rückgabe Schuhe Größe 43',
    'Die Schuhe sind leider zu klein. Wie bekomme ich das Rücksendeetikett?',
  ],
  [
    'Greta Sommerfeld <greta@kundin.example>',
    'Danke für die schnelle Hilfe!',
    'Ich wollte nur sagen: Das war großartig. Vielen Dank an Frau Wolf.',
  ],
] as const;

/** Pictures for the README; made on demand, because they change with every font. */
test.runIf(process.env['SCREENSHOTS'])(
  'pictures for the README',
  async () => {
    for (const [from, subject, text] of mails) await sendMail({ from, subject, text });
    const jana = await signedIn('jana');
    await jana.goto(`${inject('base')}/inbox/unassigned`);
    await jana.getByRole('option', { name: /Kühlschrank passt nicht/ }).click();
    await jana.getByLabel('Antwort an Horst Brandt').pressSequentially('Guten Tag Herr Brandt,');

    const page = await signedIn('mehmet', { viewport: { width: 1600, height: 1000 }, deviceScaleFactor: 1 });
    await page.goto(`${inject('base')}/inbox/open`);
    await page.getByRole('option', { name: /Leeres Paket statt Laptop/ }).click();
    await page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
    await page.getByText('Du bist dran').waitFor();
    await fact(page, 'Bestellnummer', '4711-2286');
    await fact(page, 'Gezahlte Raten', '12 von 24');
    await page
      .getByLabel('Antwort an Erika Klein')
      .fill(
        'Guten Tag Frau Klein,\n\ndas tut mir sehr leid. Ich habe soeben eine Nachforschung beim Reparaturdienst gestartet und melde mich bis Dienstag, 12 Uhr, mit dem Ergebnis bei Ihnen. Bis dahin ruhen Ihre Raten.\n\nMit freundlichen Grüßen\nMehmet Kaya',
      );
    await page.getByRole('button', { name: 'Weitere Arten zu senden' }).click();
    await page.getByRole('menuitem', { name: 'Senden und dranbleiben' }).click();
    await page.getByText('geht gleich raus').waitFor();
    await page.getByRole('button', { name: 'Zusage oder Auskunft festhalten' }).click();
    await page.getByLabel('Wortlaut').fill('Ergebnis der Nachforschung mitteilen; Raten ruhen bis dahin.');
    await page.getByLabel('Fällig am').fill(`${new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)}T12:00`);
    await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
    await page.getByRole('dialog', { name: 'Was wurde gesagt?' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Interne Notiz' }).click();
    await page
      .getByLabel('Interne Notiz', { exact: true })
      .last()
      .fill('@Jana Beim Ausgang wog das Paket laut Waage 410 g statt 2.940 g. Es kann also nicht voll gewesen sein.');
    await page.getByRole('button', { name: 'Notiz speichern' }).click();
    await page.getByRole('article', { name: /Interne Notiz von Mehmet/ }).waitFor();
    await page.getByRole('button', { name: 'Antwort', exact: true }).click();
    await page.waitForTimeout(12_000);

    for (const theme of ['dark', 'light'] as const) {
      await page.request.patch(`${inject('base')}/api/v1/me/preferences`, {
        data: { theme },
        headers: { 'x-nahbar': '1', origin: inject('base') },
      });
      await page.reload();
      await page.getByText('Du bist dran').waitFor();
      await page.getByRole('region', { name: 'Zusagen' }).getByText('Nachforschung').waitFor();
      await page.waitForTimeout(600);
      await shot(page, `inbox-${theme}`);
    }
    await page.getByRole('button', { name: 'Übergeben' }).click();
    await page.getByRole('dialog').getByLabel('Anliegen in eigenen Worten').waitFor();
    await shot(page, 'handover-light');
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: /Kühlschrank passt nicht/ }).click();
    await page.mouse.move(800, 600);
    await page.getByText('Jana Wolf schreibt').waitFor();
    await page.waitForTimeout(400);
    await shot(page, 'collision-light');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Suchen oder Befehl eingeben …' }).fill('laptop');
    await page.waitForTimeout(900);
    await shot(page, 'palette-light');
    await page.keyboard.press('Escape');
    await page.goto(`${inject('base')}/promises`);
    await page.getByRole('cell', { name: /Nachforschung/ }).waitFor();
    await shot(page, 'promises-light');

    const kim = await signedIn('kim', { viewport: { width: 1280, height: 860 } });
    for (const [path, name] of [
      ['/administration/people', 'people-light'],
      ['/administration/channels', 'channels-light'],
      ['/administration/health', 'health-light'],
      ['/outbox', 'outbox-light'],
      ['/account', 'account-light'],
    ] as const) {
      await kim.goto(inject('base') + path);
      await kim.getByRole('heading', { level: 1 }).waitFor();
      await kim.waitForTimeout(500);
      await shot(kim, name);
    }
    const phone = await signedIn('mehmet', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    await phone.goto(`${inject('base')}/inbox/open`);
    await phone.getByRole('option', { name: /Leeres Paket/ }).waitFor();
    await shot(phone, 'phone-list-light');
    await phone.getByRole('option', { name: /Leeres Paket/ }).click();
    await phone.getByText('Du bist dran').waitFor();
    await phone.waitForTimeout(400);
    await shot(phone, 'phone-desk-light');
  },
  180_000,
);

const shot = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: `docs/screenshots/${name}.png` });

async function fact(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Tatsache festhalten' }).click();
  await page.getByLabel('Was (z. B. Bestellnummer)').fill(label);
  await page.getByLabel('Wert').fill(value);
  await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('region', { name: 'Schon bekannt' }).getByText(value).waitFor();
}
