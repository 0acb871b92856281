import { createHmac } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { channelsEndpoints } from '../contract/channels.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { violations } from './axe.ts';
import { signedIn, useBrowser } from './browser.ts';
import { caller, cast, password } from './company.ts';

useBrowser();

const secret = 'beiden Seiten bekannt';

/** A place where people write so that all can read it, and to us alone, through the channel that any program can speak. */
async function openPlace() {
  const call = caller(inject('base'));
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const [team] = (await call(workspaceEndpoints.listTeams, {})).items;
  const address = `markt-${Date.now().toString(36)}`;
  const { hookUrl } = await call(channelsEndpoints.createAccount, {
    channel: 'echo',
    name: 'Marktplatz',
    address,
    teamId: team?.id ?? null,
    settings: { secret },
  });
  return async (name: string, text: string, visibility: 'public' | 'private'): Promise<void> => {
    const id = crypto.randomUUID();
    const from = { id: `${address}-${name}`, name };
    const body = JSON.stringify({ type: 'message', id, chat: id, from, text, at: new Date().toISOString(), visibility });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const stored = await fetch(inject('base') + new URL(hookUrl ?? '').pathname, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'x-echo-signature': `sha256=${signature}` },
    });
    expect(stored.status).toBe(200);
  };
}

interface Told {
  frame: string;
  signs: string[];
  words: string[];
}

/** How it is told who reads this, by everything but a colour. */
const told = (part: Locator): Promise<Told> =>
  part.first().evaluate((element) => {
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
    const isDrawn = parseFloat(borderTopWidth) > 0 && borderTopColor !== backgroundColor;
    const signs = [...element.querySelectorAll('svg')].flatMap((svg) => /lucide-(globe|mail|lock)\b/.exec(svg.classList.value)?.[1] ?? []);
    const words = [...(element.textContent ?? '').matchAll(/Öffentlich|Privat|Intern/g)].map(([word]) => word);
    return { frame: isDrawn ? `${borderTopStyle} ${borderTopWidth}` : 'none', signs: [...new Set(signs)], words: [...new Set(words)] };
  });

/** A line is put in its place anew once it has left: what is asked of the old one says nothing. */
const looks =
  (...parts: Locator[]) =>
  (): Promise<Told[]> =>
    Promise.all(parts.map(told));

const publicly = { frame: 'double 3px', signs: ['globe'], words: ['Öffentlich'] };
const privately = { frame: 'solid 1px', signs: ['mail'], words: ['Privat'] };
const internally = { frame: 'dashed 1px', signs: ['lock'], words: ['Intern'] };

const row = (page: Page, text: string): Locator => page.getByRole('option', { name: new RegExp(text) });
const message = (page: Page, text: string): Locator => page.getByRole('article').filter({ hasText: text });
const composer = (page: Page): Locator => page.getByLabel(/^Antwort an /).locator('xpath=ancestor::div[contains(@class, "mx-3")][1]');

test.each(['none', 'active'] as const)(
  'what all can read is told apart by frame, sign and word, in the list, the timeline, the answer and the customer’s story (forced colours: %s)',
  async (forcedColors) => {
    const writes = await openPlace();
    const stamp = Date.now().toString(36);
    const [loud, quiet] = [`Vor allen gefragt ${stamp}`, `Unter uns gefragt ${stamp}`];
    await writes('Paula Laut', loud, 'public');
    await writes('Quirin Leise', quiet, 'private');
    const page = await signedIn('kim', { forcedColors });
    await page.goto(`${inject('base')}/inbox/unassigned`);
    await expect.poll(looks(row(page, loud))).toMatchObject([{ signs: ['globe'], words: ['Öffentlich'] }]);
    await expect.poll(looks(row(page, quiet))).toMatchObject([{ signs: [], words: [] }]);

    await row(page, quiet).click();
    await message(page, quiet).waitFor();
    await expect.poll(looks(message(page, quiet), composer(page))).toEqual([privately, privately]);

    await row(page, loud).click();
    const asked = page.getByRole('article', { name: /^Öffentliche Nachricht von Paula Laut/ });
    await asked.waitFor();
    await expect.poll(looks(asked, composer(page))).toEqual([publicly, publicly]);
    await page.getByText('Öffentliche Antwort – alle können sie lesen').waitFor();
    expect(await page.getByRole('button', { name: 'Senden', exact: true }).count()).toBe(0);
    await page.getByLabel('Antwort an Paula Laut').pressSequentially('Gern, und zwar für alle.');
    await page.getByRole('button', { name: 'Öffentlich senden' }).click();
    const answered = page.getByRole('article', { name: /^Öffentliche Nachricht von Kim Sommer/ });
    await answered.waitFor();
    await expect.poll(looks(answered)).toEqual([publicly]);

    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await page.keyboard.type('Das lesen nur wir.');
    await page.keyboard.press('Control+Enter');
    const noted = page.getByRole('article', { name: /^Interne Notiz/ });
    await noted.waitFor();
    await expect.poll(looks(noted)).toEqual([internally]);
    if (forcedColors === 'none') expect(await violations(page)).toEqual([]);

    await page.getByRole('link', { name: 'Paula Laut' }).first().click();
    const story = page.getByRole('region', { name: 'Heute' }).locator('a[href*="message="]');
    await story.first().waitFor();
    await expect.poll(looks(story.filter({ hasText: loud }))).toEqual([publicly]);
    await expect.poll(looks(story.filter({ hasText: 'Das lesen nur wir.' }))).toEqual([internally]);
    await page.context().close();
  },
);
