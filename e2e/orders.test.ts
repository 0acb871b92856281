import { expect, inject, test } from 'vitest';
import type { InputOf } from '../contract/core.ts';
import { ordersEndpoints } from '../contract/orders.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { signedIn, speak, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';
import { press } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { goWithin } from './walk.ts';

useBrowser();

type Told = Omit<InputOf<typeof ordersEndpoints.report>, 'revision' | 'total' | 'customer'>;

/** The shop: a program with a token that may report and nothing else. */
async function shopFor(mail: string): Promise<(order: Told, revision?: number) => Promise<void>> {
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const { token } = await call(workspaceEndpoints.createToken, { name: 'Shop', role: 'integration' });
  return async ({ reference, ...told }, revision = 1) => {
    const reply = await fetch(`${inject('base')}/api/v1/orders/${reference}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...told, revision, customer: { mail, confirmed: true }, total: { amount: 8_990, currency: 'EUR' } }),
    });
    expect([reply.status, await reply.json()]).toMatchObject([200, { taken: true }]);
  };
}

test('what the shop tells stands beside the conversation without a reload, and earlier orders are a key away', async () => {
  const mail = `${crypto.randomUUID()}@example.org`;
  const subject = subjectOf('Wo bleibt es');
  await sendMail({ from: `Uta Uhl <${mail}>`, subject, text: 'Wann kommt mein Paket?' });
  const [page, shop] = await Promise.all([signedIn('jana'), shopFor(mail)]);
  await goWithin(page, '/inbox/unassigned');
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page.getByRole('region', { name: 'Kund:in' }).waitFor();
  const block = page.getByRole('region', { name: 'Letzte Bestellung' });
  const at = Date.now().toString(36);
  const order = (n: number, status: Told['status'], placedAt: string, more: Partial<Told> = {}): Told => ({
    reference: `HK-${at}-${n}`,
    placedAt,
    status,
    lines: [
      { name: `Wasserkocher ${n}`, quantity: 1 },
      { name: 'Geschirrtuch', quantity: 2 },
    ],
    ...more,
  });
  const underway = order(1, 'shipped', '2026-11-20T10:00:00Z', {
    shipments: [
      {
        carrier: 'Hanse Paket',
        trackingUrl: 'https://verfolgen.hansepaket.example/1',
        status: 'transit',
        lastScan: { what: 'Im Paketzentrum bearbeitet', place: 'Leipzig', at: '2026-11-22T05:40:00Z' },
        promised: { to: new Date(Date.now() + 86_400_000).toISOString() },
        nextStep: 'Geht heute Nacht in die Zustellbasis.',
      },
    ],
  });
  await shop(underway);
  for (const text of [
    'verschickt',
    'Wasserkocher 1 und 1 weiteres',
    'unterwegs',
    'Im Paketzentrum bearbeitet, Leipzig',
    'bis morgen',
    'Zustellbasis',
  ])
    await block.getByText(text).waitFor();
  const follow = block.getByRole('link', { name: /verfolgen \(neues Fenster\)/ });
  expect(await follow.evaluate((link) => [link.getAttribute('href'), link.getAttribute('target'), link.getAttribute('rel')])).toEqual([
    'https://verfolgen.hansepaket.example/1',
    '_blank',
    'noopener noreferrer',
  ]);
  await shop({ ...underway, status: 'delivered', shipments: [] }, 2);
  await block.getByText('zugestellt', { exact: true }).waitFor();
  await shop(order(2, 'placed', '2026-11-25T10:00:00Z'));
  await block.getByText('Wasserkocher 2 und 1 weiteres').waitFor();
  expect(await block.getByText('Wasserkocher 1').isVisible()).toBe(false);
  await press(block.getByText('1 frühere Bestellung'));
  await block.getByText('Wasserkocher 1 und 1 weiteres').waitFor();
  expect(await violations(page)).toEqual([]);

  await speak(page, 'dark', 'en');
  await page.reload();
  const english = page.getByRole('region', { name: 'Last order' });
  await english.getByText('received', { exact: true }).waitFor();
  await english.getByText('1 earlier order').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('region', { name: 'Customer', exact: true }).getByRole('link', { name: 'Uta Uhl' }).click();
  await page.getByRole('region', { name: 'Last order' }).getByText('Wasserkocher 2 and 1 more').waitFor();
  expect(await violations(page)).toEqual([]);
  await speak(page, 'system', 'de');
  await page.context().close();
});
