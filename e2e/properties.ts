import type { Page } from 'playwright-core';

// What every page must hold, each looked for in a page as it stands; what does not hold comes back, one line each.

/** What scrolls sideways, and parts that scroll in too little room. */
export const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const parts = [...document.querySelectorAll('#main *')].filter((part) => /auto|scroll/.test(getComputedStyle(part).overflowY));
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const low = parts.filter((part) => part.clientHeight < window.innerHeight * 0.75 && part.scrollHeight > part.clientHeight + 1);
    return [
      ...(over > 0 ? [`${over}px too wide`] : []),
      ...low.map(
        (part) => `scrolls ${part.scrollHeight} in ${part.clientHeight} of ${window.innerHeight}: ${part.outerHTML.slice(0, 120)}`,
      ),
    ];
  });

/** Brings everything on the page into sight, one after the other, and says how far the window or a part that must stand still has moved. */
export const shifts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const still = ['nav', '#main'].map((name) => document.querySelector(name)).filter((element) => element !== null);
    const before = still.map((element) => element.getBoundingClientRect().top);
    const over = document.documentElement.scrollHeight - window.innerHeight;
    if (over > 0) found.push(`the document is ${over}px higher than the window`);
    for (const element of document.querySelectorAll('#root *')) element.scrollIntoView({ block: 'center' });
    window.scrollBy(0, 10_000);
    if (window.scrollY !== 0) found.push(`the window scrolled by ${window.scrollY}px`);
    still.forEach((element, i) => {
      const by = element.getBoundingClientRect().top - (before[i] ?? 0);
      if (by !== 0) found.push(`${element.tagName} moved by ${by}px`);
    });
    for (const element of document.querySelectorAll('#root *'))
      if (element.scrollTop > 0 && !/auto|scroll/.test(getComputedStyle(element).overflowY) && !/^(TEXTAREA|INPUT)$/.test(element.tagName))
        found.push(`${element.tagName}.${element.className} is shifted by ${element.scrollTop}px`);
    return found;
  });

/** What moves for longer than one can see, or would if something changed. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const seconds = (list: string): number =>
      Math.max(...list.split(',').map((one) => parseFloat(one) * (one.trim().endsWith('ms') ? 0.001 : 1)));
    const named = (element: Element): string => `${element.tagName} ${element.className.toString().slice(0, 80)}`;
    const styled = [...document.querySelectorAll('*')].flatMap((element) =>
      [null, '::before', '::after'].flatMap((part) => {
        const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
        const isMoving = seconds(transitionDuration) > 0.01 || (animationName !== 'none' && seconds(animationDuration) > 0.01);
        return isMoving || scrollBehavior === 'smooth' ? [named(element)] : [];
      }),
    );
    const running = document.getAnimations().flatMap((animation) => {
      const { duration, iterations } = animation.effect?.getComputedTiming() ?? {};
      return Number(duration) > 10 || iterations === Infinity ? [`running: ${animation.constructor.name}`] : [];
    });
    return [...new Set([...styled, ...running])];
  });

/** What repeats by itself for whoever has not asked for less motion, beside the sign that something is at work. */
export const flashing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isAtWork = (element: Element | null): boolean => Boolean(element?.closest('[aria-busy=true], [role=progressbar], progress'));
    const named = (element: Element | null): string => `${element?.tagName} ${element?.className.toString().slice(0, 80)}`;
    const styled = [...document.querySelectorAll('*')].filter((element) =>
      [null, '::before', '::after'].some((part) => {
        const { animationName, animationIterationCount } = getComputedStyle(element, part);
        return animationName !== 'none' && animationIterationCount.split(', ').some((times) => times === 'infinite' || Number(times) > 1);
      }),
    );
    const running = document.getAnimations().flatMap(({ effect }) => {
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      return (effect?.getComputedTiming().iterations ?? 1) > 1 ? [target] : [];
    });
    return [...new Set([...styled, ...running])].filter((element) => !isAtWork(element)).map(named);
  });

/** Text that cannot be read, and what is selected, pressed or current without anything but a background to tell it. */
export const unclear = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const named = (element: Element): string =>
      `${element.tagName} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}`;
    const isShown = (element: Element): boolean => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
    const ground = (element: Element | null): string => {
      for (let at = element; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (!/, 0\)$|transparent/.test(backgroundColor)) return backgroundColor;
      }
      return getComputedStyle(document.documentElement).backgroundColor;
    };
    const hidden = [...document.querySelectorAll('body *')].filter((element) => {
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      return hasText && isShown(element) && getComputedStyle(element).color === ground(element);
    });
    const marked = [
      ...document.querySelectorAll(
        '[aria-selected=true], [aria-pressed=true], [aria-current]:not([aria-current=false]), [aria-checked=true]',
      ),
    ];
    const unmarked = marked.filter((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const isOutlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      return isShown(element) && !isOutlined && !element.querySelector('svg, input, ::before');
    });
    const fields = [...document.querySelectorAll('input:not([type=hidden]), textarea, [role=combobox]')].filter((element) => {
      // Some stand with others within one frame.
      const around = [
        element,
        element.parentElement,
        element.parentElement?.parentElement,
        element.closest('[class*=border], [class*=edge-]'),
      ];
      const isFramed = around.some((one) => {
        const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(one ?? element);
        return (borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1) || outlineStyle !== 'none';
      });
      return isShown(element) && element.getBoundingClientRect().width > 24 && !isFramed;
    });
    return [
      ...hidden.map((element) => `unreadable: ${named(element)}`),
      ...unmarked.map((element) => `not to be told: ${named(element)}`),
      ...fields.map((element) => `a field without a frame: ${named(element)}`),
    ];
  });

/**
 * Goes with the tab key from the top of the page through all of it, and says which of what has the focus lies under something else (WCAG 2.4.11), which comes before
 * what stands above it (2.4.3), and whether the window moved on the way.
 */
export async function lostOnTheWay(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    window.getSelection()?.removeAllRanges();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    window.stops = [];
  });
  let n = 0;
  for (; n < mostStops && !(await page.evaluate(lookAtFocus)); n += 1) await page.keyboard.press('Tab');
  if (n === mostStops) return ['Tab does not come round'];
  return page.evaluate(() => {
    const top = [window.scrollY, document.querySelector('nav')?.parentElement?.scrollTop];
    const moved = top.some((by) => by !== 0) ? [`Tab moved the page by ${top.join(', ')}px`] : [];
    const found = window.stops.flatMap((stop) => stop.found);
    return window.stops.length < 5 ? ['Tab leads nowhere'] : [...moved, ...found];
  });
}

/** More than any page has; one goes round until the first comes again. */
const mostStops = 160;

/** Looks at what has the focus now; true when one has come round. */
function lookAtFocus(): boolean {
  const element = document.activeElement;
  const { stops } = window;
  if (!element || element === document.body) return stops.length > 0;
  // Within a frame the tab key goes on without leaving the element that holds it.
  if (stops.at(-1)?.element === element) return false;
  if (stops.some((stop) => stop.element === element)) return true;
  const named = `${element.tagName} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}`;
  const found: string[] = [];
  // A link can go over two lines, and a list be longer than the window: what is seen of the first of it counts.
  const { left, right, top, bottom } = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const x = (Math.max(left, 0) + Math.min(right, window.innerWidth)) / 2;
  const y = (Math.max(top, 0) + Math.min(bottom, window.innerHeight)) / 2;
  // What is chosen with a mark drawn beside it lies under its label.
  const own = element.closest('label') ?? element;
  const seen = document.elementFromPoint(x, y);
  if (!seen || !(own.contains(seen) || own.parentElement === seen))
    found.push(`not to be seen: ${named} under ${seen?.outerHTML.slice(0, 120)}`);
  const before = stops.at(-1);
  if (before && before.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) found.push(`out of order: ${named}`);
  stops.push({ element, found });
  return false;
}

declare global {
  interface Window {
    stops: { element: Element; found: string[] }[];
  }
}
