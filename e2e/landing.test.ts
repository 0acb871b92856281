import type { Locator, Page, Request } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { personRoles } from '../contract/permissions.ts';
import { newPage, signIn, useBrowser } from './browser.ts';
import { invite, password } from './company.ts';
import { goWithin, settled } from './walk.ts';

useBrowser();

test.each([
  ['agent', /\/inbox/],
  ['participant', /\/inbox/],
  ['admin', /\/administration$/],
  ['trainer', /\/account$/],
  ['works_council', /\/administration$/],
  // What needs a second person is no place to begin.
  ['privacy', /\/administration$/],
] as const)('whoever signs in as %s lands where there is something to do', async (role, place) => {
  const email = await invite(inject('base'), `Rolle ${role}`, [role]);
  const page = await newPage();
  await signInAtTheDoor(page, email);
  await page.getByRole('navigation', { name: 'Menü' }).waitFor();
  await page.waitForURL(place);
  await page.waitForTimeout(400);
  expect(await page.getByText('Das darfst du').count()).toBe(0);
  await page.context().close();
});

/** Pages that somebody has loaded from nothing. */
const loaded = new Set<string>();

/** What a page asks the server: what of it is refused, and when nothing is asked any more. */
function watchTraffic(page: Page): { refused: string[]; ends: () => Promise<void> } {
  const open = new Set<Request>();
  const refused: string[] = [];
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  page.on('response', (answer) => {
    if (answer.status() === 403) refused.push(`${new URL(page.url()).pathname}: ${new URL(answer.url()).pathname}`);
  });
  const ends = async (): Promise<void> => {
    await expect.poll(() => open.size).toBe(0);
  };
  return { refused, ends };
}

test.each(personRoles)('everything the menu offers to %s can be opened', async (role) => {
  const page = await newPage();
  await signIn(page, await invite(inject('base'), `Rolle ${role}`, [role]));
  const traffic = watchTraffic(page);
  await page.goto(inject('base'));
  const menu = page.getByRole('navigation', { name: 'Menü' });
  await menu.waitFor();
  await page.waitForURL((url) => !/sign-in|^\/$/.test(url.pathname));
  const offered = (within: Locator) =>
    within.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const paths = new Set(await offered(menu));
  if (paths.has('/administration')) {
    await goWithin(page, '/administration');
    await page.getByRole('main').getByRole('link').first().waitFor();
    for (const path of await offered(page.getByRole('main'))) paths.add(path);
  }
  await traffic.ends();
  const refused = (await page.getByText('Das darfst du').count()) > 0 ? ['/'] : [];
  for (const path of paths) {
    // The first who may see a page loads it from nothing, the others go there by its link.
    if (loaded.has(path)) await goWithin(page, path);
    else await page.goto(inject('base') + path);
    loaded.add(path);
    await settled(page);
    await traffic.ends();
    if ((await page.getByText('Das darfst du').count()) > 0) refused.push(path);
  }
  expect(traffic.refused).toEqual([]);
  expect(refused).toEqual([]);
  await page.context().close();
});

async function signInAtTheDoor(page: Page, email: string): Promise<void> {
  await page.goto(`${inject('base')}/sign-in`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
}
