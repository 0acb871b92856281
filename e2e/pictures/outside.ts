import type { Page } from 'playwright-core';
import { channelsEndpoints } from '../../contract/channels.ts';
import { ask, both, type House, one, person, phone, themes } from './house.ts';

const launcher = (page: Page) => page.getByRole('button', { name: /Chat öffnen/ });

/** The chat on a page of a shop, before, while and until somebody has time. */
export async function takeChat(house: House): Promise<void> {
  const dorit = await person(house, 'dorit');
  const { items } = await ask(house, dorit, channelsEndpoints.accounts, {});
  const account = items.find(({ channel }) => channel === 'chat');
  await dorit.context().close();
  const shop = `${house.base}/api/v1/channels/accounts/${account?.id}/entrance/shop`;
  const visitor = await house.newPage(phone);
  await visitor.goto(shop);
  await launcher(visitor).waitFor();
  for (const theme of themes) await one(visitor, `phone/chat-closed-${theme}`, theme);
  await launcher(visitor).tap();
  await visitor.getByText('Womit können wir helfen?').waitFor();
  for (const theme of themes) await one(visitor, `phone/chat-open-${theme}`, theme);
  const field = visitor.getByRole('textbox', { name: 'Ihre Nachricht' });
  await field.fill('Passt der Kühlschrank Amrum durch eine 68 cm breite Tür?');
  await visitor.keyboard.press('Enter');
  await visitor.getByText('gesendet', { exact: true }).waitFor();
  await visitor.waitForTimeout(1_500);
  for (const theme of themes) await one(visitor, `phone/chat-waiting-${theme}`, theme);
  await visitor.context().close();

  const wide = await house.newPage({ viewport: { width: 1280, height: 800 } });
  await wide.goto(shop);
  await launcher(wide).click();
  await wide.getByText('Womit können wir helfen?').waitFor();
  await both(wide, 'shop');
  await wide.context().close();
}

/** The page of a customer: what a bare link tells, and what it tells after the code. */
export async function takeCustomerPage(house: House): Promise<void> {
  const kim = await person(house, 'kim');
  const mails = async (): Promise<string[]> => {
    const { items } = await ask(house, kim, channelsEndpoints.localOutbox, { limit: 40 });
    const klein = items.filter(({ to }) => to.some((address) => /klein/.test(address)));
    return Promise.all(klein.map(({ id }) => kim.request.get(`${house.base}/api/v1/outbox/local/${id}/raw`).then((raw) => raw.text())));
  };
  const found = (all: readonly string[], pattern: RegExp): string => all.map((mail) => pattern.exec(plain(mail))?.[1]).find(Boolean) ?? '';
  const link = found(await mails(), /\/my#([\w-]+)/);
  const page = await house.newPage(phone);
  await page.goto(`${house.base}/my#${link}`);
  await page.getByRole('button', { name: 'Code schicken' }).waitFor();
  for (const theme of themes) await one(page, `phone/link-${theme}`, theme);
  await page.getByRole('button', { name: 'Code schicken' }).tap();
  await page.getByText('Der Code ist unterwegs.').waitFor();
  let code = '';
  for (let turn = 0; turn < 40 && !code; turn++) {
    code = found(await mails(), /^(\d{4} \d{4})\s*$/m);
    await page.waitForTimeout(500);
  }
  await page.getByLabel('Code aus der Nachricht').fill(code);
  await page.getByRole('button', { name: 'Öffnen' }).tap();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(800);
  for (const theme of themes) await one(page, `phone/opened-${theme}`, theme);
  await Promise.all([page.context().close(), kim.context().close()]);
}

/** Soft line breaks joined, as a mail program shows it. */
const plain = (raw: string): string =>
  raw.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
