import { both, type House, person, publicly } from './house.ts';
import { open } from './desk.ts';

/** What stands around the desk: one customer, one case, what is owed, what was ever said. */
export async function takePages(house: House): Promise<void> {
  const page = await person(house, 'kim');
  await page.goto(`${house.base}/search?q=${encodeURIComponent('garantie kanal:email')}`);
  await page.getByRole('main').getByRole('listitem').first().waitFor();
  await both(page, 'search');
  await open(house, page, 'Leeres Paket', /Leeres/);
  await page.getByRole('region', { name: 'Kund:in', exact: true }).getByRole('heading', { level: 2 }).getByRole('link').click();
  await page.getByRole('tab', { name: 'Verlauf' }).waitFor();
  await both(page, 'customer');
  await page.goBack();
  await page
    .getByRole('region', { name: 'Vorgang' })
    .getByRole('link', { name: /^Vorgang/ })
    .click();
  await page.waitForURL(/\/cases\//);
  await page
    .getByRole('button', { name: 'Im Posteingang öffnen' })
    .or(page.getByRole('link', { name: 'Im Posteingang öffnen' }))
    .waitFor();
  await both(page, 'case');
  await page.goto(`${house.base}/outbox`);
  await page
    .getByRole('button', { name: /Leeres Paket/ })
    .first()
    .click();
  await page.getByRole('article').getByText('marianne.klein').waitFor();
  await publicly(page);
  await both(page, 'outbox');
  await page.context().close();

  const luise = await person(house, 'luise');
  await luise.goto(`${house.base}/promises`);
  await luise.getByRole('table').waitFor();
  await both(luise, 'promises');
  await luise.goto(`${house.base}/standing`);
  await luise.getByRole('table', { name: 'Wer wartet' }).waitFor();
  await both(luise, 'standing');
  await luise.goto(`${house.base}/late`);
  await luise.getByRole('table').waitFor();
  await both(luise, 'late');
  await luise.context().close();

  const english = await person(house, 'svenja', {}, 'en');
  await english.goto(`${house.base}/inbox/open`);
  await english.getByRole('option').nth(1).click();
  await english.locator('[data-composer]').waitFor();
  await both(english, 'english');
  await english.context().close();
}

/** What a company sets up. */
export async function takeAdministration(house: House): Promise<void> {
  const page = await person(house, 'dorit');
  for (const [path, name] of [
    ['/administration', 'administration'],
    ['/administration/channels', 'channels'],
    ['/administration/queues', 'queues'],
    ['/administration/automation', 'automation'],
  ] as const) {
    await page.goto(house.base + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(500);
    await publicly(page);
    await both(page, name);
  }
  await page.context().close();
}
