import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { newestFirst, newPage, signIn, speak } from './browser.ts';
import { invite } from './company.ts';

/** Nothing on the page is still being fetched. */
export const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => !document.querySelector('[role=status] .sr-only, [aria-busy=true]') && document.querySelector('h1, h2, main'));

/** Nothing on the page moves any more; what moves as long as one waits is a finding of its own. */
export const still = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.getAnimations().every(({ effect }) => effect?.getComputedTiming().iterations === Infinity));

/**
 * Goes to a page as a link does, within the application. To load it from nothing costs ten times as much and shows the same page; that each can be loaded so is
 * looked at in `landing`.
 */
export async function goWithin(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => window.__TSR_ROUTER__?.history.push(to), address);
  await page.waitForFunction((to) => {
    const { status, location, resolvedLocation } = window.__TSR_ROUTER__?.state ?? {};
    return status === 'idle' && location?.href === to && resolvedLocation?.href === to;
  }, address);
  await settled(page);
}

/** Gives the page another window, and waits until it is laid out in it: the size is there a frame or two before what depends on it. */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.waitForFunction(
    ({ width, height }) =>
      window.innerWidth === width && window.innerHeight === height && document.getElementById('root')?.clientHeight === height,
    size,
  );
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await settled(page);
}

/** Somebody of their own with the rights for every page, in these colours and this language. */
export async function whoSeesAll(theme: 'light' | 'dark', language: 'de' | 'en'): Promise<Page> {
  const page = await newPage();
  await newestFirst(page);
  await signIn(page, await invite(inject('base'), 'Ada Alles', ['admin', 'lead', 'privacy', 'agent'], true));
  await speak(page, theme, language);
  await page.goto(`${inject('base')}/cases`);
  await settled(page);
  return page;
}
