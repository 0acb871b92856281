import type { Page } from 'playwright-core';
import { afterAll, expect, inject, test } from 'vitest';
import { rules, violations } from './axe.ts';
import { newPage, signedIn, signIn, useBrowser } from './browser.ts';
import { cast } from './company.ts';
import { openFromList } from './keyboard.ts';
import { sendMail, subjectOf } from './mail.ts';
import { framedPages } from './pages.ts';
import { flashing, lostOnTheWay, misplaced, moving, shifts, unclear } from './properties.ts';
import { check, noteTested, today } from './tested.ts';
import { goWithin, resize, still, whoSeesAll } from './walk.ts';

useBrowser();

/** What is looked for on every page within the frame. */
const looked = ['axe', 'motion', 'flashing', 'contrast', 'room', 'focus', 'zoom'] as const;
type Found = Record<(typeof looked)[number], string[]>;

const desk = { width: 1440, height: 900 };
const windows = {
  room: [
    { width: 1100, height: 560 },
    { width: 390, height: 560 },
  ],
  zoom: [
    { width: 390, height: 844 },
    { width: 320, height: 640 },
    { width: 320, height: 256 },
  ],
} as const;

/** A page as it stands, in every way one can have it: it is drawn once, and then the window and what the system asks for change. */
async function lookAt(page: Page, where: string, found: Found): Promise<void> {
  const see = (what: keyof Found, lines: string[], how = ''): void => {
    found[what].push(...lines.map((line) => `${where} ${how}: ${line}`));
  };
  see('axe', await violations(page));
  see('motion', await moving(page));
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  see('flashing', await flashing(page));
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await still(page);
  see('contrast', await unclear(page));
  await page.emulateMedia({ forcedColors: 'none' });
  for (const size of windows.room) {
    await resize(page, size);
    see('room', await shifts(page), `${size.width} × ${size.height}`);
    if (size.width > 640) see('focus', await lostOnTheWay(page));
  }
  for (const size of windows.zoom) {
    await resize(page, size);
    // On a phone the page is another one: words below signs, panes one at a time.
    if (size.width === 390) see('axe', await violations(page), 'on a phone');
    see('zoom', await misplaced(page), `${size.width} × ${size.height}`);
  }
}

/** What blinks, or lies over everything, would have been found. */
async function expectToFind(page: Page): Promise<void> {
  await resize(page, desk);
  await page.evaluate(() => {
    const over = document.body.appendChild(document.createElement('div'));
    Object.assign(over.style, { position: 'fixed', inset: '0', zIndex: '100' });
    over.animate({ opacity: [0, 1] }, { duration: 1_000, iterations: Infinity });
  });
  expect((await flashing(page)).length).toBe(1);
  expect((await lostOnTheWay(page)).length).toBeGreaterThan(5);
}

async function walk(): Promise<Found> {
  const page = await whoSeesAll('light', 'de');
  const found: Found = { axe: [], motion: [], flashing: [], contrast: [], room: [], focus: [], zoom: [] };
  for (const path of framedPages) {
    await resize(page, desk);
    await goWithin(page, path);
    await lookAt(page, path, found);
  }
  await expectToFind(page);
  await page.context().close();
  return found;
}

let walked: Promise<Found> | undefined;
/** One walk for all of it: to draw a page is what costs, not to look at it. */
const found = (): Promise<Found> => (walked ??= walk());
afterAll(() => (walked = undefined));

async function openConversation(page: Page): Promise<void> {
  const subject = subjectOf('Für alle');
  await sendMail({ from: `Ida Frei <${crypto.randomUUID()}@example.org>`, subject, text: 'Eine Frage.' });
  await openFromList(page, subject);
  await page.getByLabel('Antwort an Ida Frei').waitFor();
}

const noted = (theme: string, language: string): void =>
  noteTested((tested) => {
    tested.rules = [...rules];
    const look = `${theme} ${language}`;
    tested.looks[look] = { states: [], ...tested.looks[look], on: today(), pages: [...framedPages] };
  });

test('every page is free of violations, light, de', async () => {
  expect((await found()).axe).toEqual([]);
  noted('light', 'de');
}, 600_000);

// Colours and words need not meet in all four ways.
test('every page is free of violations, dark, en', async () => {
  const page = await whoSeesAll('dark', 'en');
  const lines: string[] = [];
  for (const path of framedPages) {
    await goWithin(page, path);
    await still(page);
    lines.push(...(await violations(page)));
  }
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']])).toEqual(['en', 'dark']);
  await page.context().close();
  expect(lines).toEqual([]);
  noted('dark', 'en');
}, 600_000);

test('nothing leads out of the window, on any page', async () => {
  expect((await found()).room).toEqual([]);
});

check(
  'zoom',
  'nothing is lost when zoomed in four times and on a phone: no page scrolls sideways, no part is left without room',
  async () => {
    expect((await found()).zoom).toEqual([]);
  },
);

check('order', 'the tab key goes through every page in its order, and nothing lies over what has the focus', async () => {
  expect((await found()).focus).toEqual([]);
});

check('calm', 'nothing flashes or repeats by itself, for those who did not ask for less motion, too', async () => {
  expect((await found()).flashing).toEqual([]);
});

check('motion', 'who asked for less motion sees none, on any page and with dialogs open; who did not sees some', async () => {
  const lines = [...(await found()).motion];
  const page = await signedIn('kim');
  await openConversation(page);
  for (const key of ['a', '?', 'Control+k']) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    lines.push(...(await moving(page)).map((what) => `${key}: ${what}`));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  expect(lines).toEqual([]);
  await page.context().close();

  const moved = await newPage({ reducedMotion: 'no-preference' });
  await signIn(moved, cast.kim.email);
  await moved.goto(`${inject('base')}/cases`);
  await moved.getByRole('heading', { level: 1 }).waitFor();
  await moved.keyboard.press('?');
  await moved.getByRole('dialog').waitFor();
  expect((await moving(moved)).length).toBeGreaterThan(0);
  await moved.context().close();
});

check(
  'contrast',
  'with the system’s contrast colours everything stays readable, and what is selected is told by more than a colour',
  async () => {
    const lines = [...(await found()).contrast];
    const page = await signedIn('kim', { forcedColors: 'active' });
    await openConversation(page);
    lines.push(...(await unclear(page)).map((what) => `conversation: ${what}`));
    // A note is still framed as one, and the focus is still drawn.
    await page.keyboard.press('n');
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    const edge = page.locator('.edge-internal').first();
    expect(await edge.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe('dashed');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      }),
    ).toBe(true);
    expect([...new Set(lines)]).toEqual([]);
    await page.context().close();
  },
);
