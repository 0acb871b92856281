import { expect, inject, test } from 'vitest';
import { type InputOf } from '../contract/core.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { newPage, useBrowser } from './browser.ts';
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
] as const)('whoever signs in as %s lands where there is something to do', async (role, place) => {
  const email = await invite(role);
  const page = await newPage();
  await page.goto(`${inject('base')}/sign-in`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await page.getByRole('navigation', { name: 'Menü' }).waitFor();
  await page.waitForURL(place);
  await page.waitForTimeout(400);
  expect(await page.getByText('Das darfst du').count()).toBe(0);
  await page.context().close();
});
