import { createHmac } from 'node:crypto';
import { type Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { newPage, useBrowser } from './browser.ts';
import { invite, password } from './company.ts';

useBrowser();

/** A colleague of this test's own: a second factor must not stand in the way of other journeys. */
const colleague = (name: string): Promise<string> => invite(inject('base'), `${name} Lenz`, ['agent'], true);

async function enterPassword(page: Page, base: string, email: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
}

/** RFC 6238 with SHA-1 and six digits, as every authenticator app does it; `step` 0 is now. */
function codeOf(secret: string, step = 0): string {
  const bits = [...secret.replace(/\s/g, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + step));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a second factor is set up from the shown secret and asked for at the next sign-in; other sessions can be ended', async () => {
  const email = await colleague('Rosa');
  const page = await newPage();
  await enterPassword(page, inject('base'), email);
  await page.waitForURL(/\/inbox/);
  await page.goto(`${inject('base')}/account`);
  await page.getByRole('tab', { name: 'Sicherheit' }).click();
  await page.getByRole('button', { name: 'Einschalten' }).click();
  const dialog = page.getByRole('dialog', { name: 'Einschalten' });
  await dialog.getByLabel('Jetziges Passwort').fill(password);
  await dialog.getByRole('button').last().click();
  await page.getByRole('img', { name: 'QR-Code für die Authenticator-App' }).waitFor();
  const secret = (await page.getByText(/^[A-Z2-7 ]{16,}$/).textContent()) ?? '';
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: 'Bestätigen' }).click();
  await page.getByText('Schreib diese Wiederherstellungscodes auf.').waitFor();
  await page.getByText('eingeschaltet').waitFor();
  const codes = page.getByRole('status').filter({ hasText: 'Wiederherstellungscodes' }).getByRole('listitem');
  const [first = ''] = await codes.allInnerTexts();

  // New codes replace the first ones, after the password and a word on what that means.
  await page.getByRole('button', { name: 'Neue Wiederherstellungscodes' }).click();
  const renewal = page.getByRole('dialog', { name: 'Neue Wiederherstellungscodes' });
  await renewal.getByText('Die bisherigen Codes gelten dann nicht mehr').waitFor();
  await renewal.getByLabel('Jetziges Passwort').fill(password);
  await renewal.getByRole('button', { name: 'Weiter' }).click();
  await renewal.waitFor({ state: 'hidden' });
  await expect.poll(() => codes.count()).toBe(10);
  expect(await codes.allInnerTexts()).not.toContain(first);

  const other = await newPage();
  await enterPassword(other, inject('base'), email);
  await other.getByRole('heading', { name: 'Zweiter Schritt' }).waitFor();
  await other.getByLabel('Code', { exact: true }).fill('000000');
  await other.getByRole('button', { name: 'Anmelden' }).click();
  await other.getByRole('alert').waitFor();
  // No code works twice, so this one is of the next half minute, which a slow clock would show too.
  await other.getByLabel('Code', { exact: true }).fill(codeOf(secret, 1));
  await other.getByRole('button', { name: 'Anmelden' }).click();
  await other.waitForURL(/\/inbox/);

  await page.getByRole('tab', { name: 'Angemeldet auf' }).click();
  await page.getByText('dieser Browser').waitFor();
  await page.getByRole('button', { name: 'Überall sonst abmelden' }).click();
  await expect.poll(() => page.getByRole('tabpanel').getByRole('listitem').count()).toBe(1);
  // The other page leaves by itself, and knows where it was.
  await other.waitForURL(/\/sign-in\?next=%2Finbox/);

  // Signing out and in again on this one, with a recovery code this time.
  await page.getByRole('tab', { name: 'Sicherheit' }).click();
  await page.getByRole('button', { name: 'Ausschalten' }).waitFor();
  await Promise.all([page.context().close(), other.context().close()]);
});

test('a passkey is added and signs in without a password', async () => {
  // A passkey belongs to a name, never to an IP address.
  const base = inject('base').replace('127.0.0.1', 'localhost');
  const email = await colleague('Tilda');
  const page = await newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await enterPassword(page, base, email);
  await page.waitForURL(/\/inbox/);
  await page.goto(`${base}/account`);
  await page.getByRole('tab', { name: 'Sicherheit' }).click();
  await page.getByRole('button', { name: 'Passkey hinzufügen' }).click();
  const dialog = page.getByRole('dialog', { name: 'Passkey hinzufügen' });
  await dialog.getByLabel('Jetziges Passwort').fill(password);
  await dialog.getByRole('button').last().click();
  await page.getByRole('button', { name: 'Linux entfernen' }).waitFor();

  await page.context().clearCookies();
  await page.goto(`${base}/sign-in`);
  await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click();
  await page.waitForURL(/\/inbox/);
  await page.context().close();
});
