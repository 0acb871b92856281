import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { goWithin } from './walk.ts';

/** More than stands on top of what one looks for. */
const mostRows = 60;
/** More than any page has between two places one goes to. */
const mostTabs = 160;

const isFocused = (locator: Locator): Promise<boolean> =>
  locator
    .first()
    .evaluate((element) => element === (element.getRootNode() as Document | ShadowRoot).activeElement)
    .catch(() => false);

/** Goes there with the tab key, as somebody without a mouse does; fails where that does not lead there. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor();
  const page = target.page();
  for (let n = 0; n < mostTabs; n += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  expect.fail(`${mostTabs} times ${key} do not lead to ${target.toString()}`);
}

/** Goes there and presses it. */
export async function press(target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press(key);
}

/** Chooses one of a group or of a list that is open: the tab key goes into it, the arrow keys go within. */
export async function choose(option: Locator, key = 'Space'): Promise<void> {
  await option.first().waitFor();
  const page = option.page();
  const role = await option.first().getAttribute('role');
  const isInside = (): Promise<boolean> => page.evaluate((wanted) => document.activeElement?.getAttribute('role') === wanted, role);
  for (let n = 0; n < mostTabs && role === 'radio' && !(await isInside()); n += 1) await page.keyboard.press('Tab');
  const isThere = async (): Promise<boolean> =>
    (await isFocused(option)) || (await option.first().evaluate((element) => element.hasAttribute('data-highlighted')));
  for (let n = 0; n < mostRows && !(await isThere()); n += 1) await page.keyboard.press('ArrowDown');
  expect(await isThere(), `the arrow keys do not lead to ${option.toString()}`).toBe(true);
  await page.keyboard.press(key);
}

/** Writes something else into the field one is in. */
export async function retype(field: Locator, text: string): Promise<void> {
  await tabTo(field);
  await field.page().keyboard.press('Control+a');
  await field.page().keyboard.type(text);
}

/** Finds a conversation in the list of what is free, with the keys of the list, and opens it. */
export async function openFromList(page: Page, subject: string): Promise<void> {
  await goWithin(page, '/inbox/unassigned');
  await page.getByRole('option', { name: new RegExp(subject) }).waitFor();
  const active = (): Promise<string> =>
    page.evaluate(() => {
      const id = document.querySelector('[data-list]')?.getAttribute('aria-activedescendant');
      return (id && document.getElementById(id)?.textContent) ?? '';
    });
  for (let n = 0; n < mostRows && !(await active()).includes(subject); n += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
}

/** Tomorrow at ten, typed into the browser's own field for a day and a time, part by part. */
export async function typeTomorrow(field: Locator): Promise<void> {
  await tabTo(field);
  const page = field.page();
  const at = new Date(Date.now() + 86_400_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const wanted = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T10:00`;
  // Which part comes first depends on the browser's language; both orders are tried.
  for (const day of [two(at.getMonth() + 1) + two(at.getDate()), two(at.getDate()) + two(at.getMonth() + 1)]) {
    await page.keyboard.type(`${day}${at.getFullYear()}`);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('1000a');
    if ((await field.inputValue()) === wanted) return;
    await page.keyboard.press('Shift+Tab');
    await tabTo(field);
  }
  expect.fail(`the field holds ${await field.inputValue()} instead of ${wanted}`);
}
