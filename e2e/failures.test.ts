import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { signedIn, useBrowser } from './browser.ts';

useBrowser();

/** Pages, what of the server they cannot do without, and the tab that asks for it. */
const pages: (readonly [path: string, needed: string, tab?: string])[] = [
  ['/cases', '/cases'],
  ['/promises', '/commitments'],
  ['/customers', '/customers'],
  ['/outbox', '/outbox/local'],
  ['/administration/channels', '/channels/accounts'],
  ['/administration/company', '/settings'],
  ['/administration/teams', '/sites'],
  ['/administration/skills', '/skills'],
  ['/administration/tokens', '/tokens'],
  ['/administration/webhooks', '/webhooks'],
  ['/administration/rights', '/permissions'],
  ['/administration/health', '/health/details'],
  ['/about', '/about'],
  ['/account', '/me/sessions', 'Angemeldet auf'],
  ['/account', '/me/passkeys', 'Sicherheit'],
];

test('a page that is refused what it needs says so, and has it when asked again', async () => {
  const page = await signedIn('kim');
  // Pages also ask again by themselves, when something happens: only what was pressed lets the answer through.
  await page.context().addInitScript(() => {
    document.addEventListener(
      'click',
      ({ target }) => {
        if (target instanceof Element && target.closest('button')?.textContent === 'Erneut versuchen')
          document.documentElement.dataset['pressed'] = 'yes';
      },
      true,
    );
  });
  const left = [...pages];
  // Several at once: most of the time goes by in waiting.
  const look = async (shown: Page): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [path, needed, tab] = next;
      const which = (url: URL): boolean => url.pathname === `/api/v1${needed}`;
      await shown.route(which, async (route) => {
        const isPressed = await shown.evaluate(() => document.documentElement.dataset['pressed'] === 'yes');
        if (isPressed) await route.continue();
        else await route.fulfill({ status: 409, json: { type: 'about:blank', title: '', status: 409, code: 'core.conflict' } });
      });
      await shown.goto(inject('base') + path);
      if (tab) await shown.getByRole('tab', { name: tab }).click();
      const refusal = shown.getByRole('alert').filter({ hasText: 'Jemand war schneller.' });
      await refusal.getByRole('button', { name: 'Erneut versuchen' }).click();
      await refusal.waitFor({ state: 'detached' });
      await shown.unrouteAll({ behavior: 'wait' });
    }
  };
  await Promise.all([page, await page.context().newPage(), await page.context().newPage()].map(look));
  // Without the right there is nothing to try again.
  await page.route('**/api/v1/outbox/local*', (route) =>
    route.fulfill({ status: 403, json: { type: 'about:blank', title: '', status: 403, code: 'core.forbidden' } }),
  );
  await page.goto(`${inject('base')}/outbox`);
  const refusal = page.getByRole('alert').filter({ hasText: 'Das darfst du mit deinen Rechten nicht.' });
  await refusal.waitFor();
  expect(await refusal.getByRole('button').count()).toBe(0);
});

test('an address that does not exist keeps the menu', async () => {
  const page = await signedIn('jana', { at: '/no/such/page' });
  await page.getByRole('heading', { level: 1, name: 'Diese Seite gibt es nicht' }).waitFor();
  expect(await page.getByRole('main').count()).toBe(1);
  await page.getByRole('navigation').getByRole('link', { name: 'Vorgänge' }).first().waitFor();
});
