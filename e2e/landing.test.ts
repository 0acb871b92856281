import type { Locator, Page, Response } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { type InputOf } from '../contract/core.ts';
import { roles } from '../contract/permissions.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { newPage, signIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';

useBrowser();

type Role = InputOf<typeof workspaceEndpoints.invitePerson>['roles'][number];

async function invite(role: Role): Promise<string> {
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const email = `${role}.${Date.now().toString(36)}@example.com`;
  const { invitation } = await call(workspaceEndpoints.invitePerson, { name: `Rolle ${role}`, email, roles: [role], teamIds: [] });
  await caller(inject('base'))(workspaceEndpoints.acceptInvitation, { token: invitation.url?.split('#')[1] ?? '', password });
  return email;
}

test.each([
  ['agent', /\/inbox/],
  ['participant', /\/inbox/],
  ['admin', /\/administration$/],
  ['trainer', /\/account$/],
  ['works_council', /\/account$/],
  // What needs a second person is no place to begin.
  ['privacy', /\/administration$/],
] as const)('whoever signs in as %s lands where there is something to do', async (role, place) => {
  const email = await invite(role);
  const page = await newPage();
  await signInAtTheDoor(page, email);
  await page.getByRole('navigation', { name: 'Menü' }).waitFor();
  await page.waitForURL(place);
  await page.waitForTimeout(400);
  expect(await page.getByText('Das darfst du').count()).toBe(0);
  await page.context().close();
});

test.each(roles.filter((role) => role !== 'customer'))('everything the menu offers to %s can be opened', async (role) => {
  const page = await newPage();
  await signIn(page, await invite(role));
  await page.goto(inject('base'));
  const menu = page.getByRole('navigation', { name: 'Menü' });
  await menu.waitFor();
  await page.waitForURL((url) => !/sign-in|^\/$/.test(url.pathname));
  const offered = (within: Locator) =>
    within.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const paths = new Set(['/', ...(await offered(menu))]);
  if (paths.has('/administration')) {
    await page.goto(`${inject('base')}/administration`);
    await page.getByRole('main').getByRole('link').first().waitFor();
    for (const path of await offered(page.getByRole('main'))) paths.add(path);
  }
  const refused: string[] = [];
  const left = [...paths];
  // Several at once: most of the time goes by in waiting for the network to be still.
  const look = async (tab: Page): Promise<void> => {
    for (let path = left.shift(); path; path = left.shift()) {
      const answers: string[] = [];
      const note = (answer: Response): void => {
        if (answer.status() === 403) answers.push(new URL(answer.url()).pathname);
      };
      tab.on('response', note);
      await tab.goto(`${inject('base')}${path}`);
      await tab.waitForLoadState('networkidle');
      tab.off('response', note);
      if ((await tab.getByText('Das darfst du').count()) > 0 || answers.length > 0) refused.push(`${path}: ${answers.join(' ')}`);
    }
  };
  await Promise.all([page, await page.context().newPage(), await page.context().newPage()].map(look));
  expect(refused).toEqual([]);
  await page.context().close();
});

async function signInAtTheDoor(page: Page, email: string): Promise<void> {
  await page.goto(`${inject('base')}/sign-in`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
}
