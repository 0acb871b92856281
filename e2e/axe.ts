import axe, { type ContextObject, type PartialResult, type RunOptions } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

// `region` is no rule of WCAG, and takes the layer of an open dialog for lost content.
const options: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { region: { enabled: false } },
  resultTypes: ['violations'],
};

/**
 * What axe finds on a page and in its frames as they stand, one line each. Its own library for Playwright loads everything anew into another page for
 * every look, which takes five times as long.
 */
export async function violations(page: Page): Promise<string[]> {
  const partials = await look(page.mainFrame(), { exclude: [] });
  const { violations: found } = await page.evaluate(([all, how]) => window.axe.finishRun(all, how), [partials, options] as const);
  return found.map(
    ({ id, nodes }) =>
      `${page.url()} ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.slice(0, 200)}`).join(' | ')}`,
  );
}

/** A frame, then the frames within it, in the order in which axe wants them. */
async function look(frame: Frame, where: ContextObject): Promise<(PartialResult | null)[]> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
  // As text, because what Playwright does to the types of what it carries is too much for those of axe.
  const { partial, frames } = await frame.evaluate(
    async ([context, how]) => {
      const here = JSON.parse(context) as ContextObject;
      return { frames: window.axe.utils.getFrameContexts(here, how), partial: await window.axe.runPartial(here, how) };
    },
    [JSON.stringify(where), options] as const,
  );
  const results: (PartialResult | null)[] = [partial];
  for (const { frameSelector, frameContext } of frames) {
    const element = await frame.evaluateHandle((selector) => window.axe.utils.shadowSelect(selector), frameSelector);
    const inner = await element.asElement()?.contentFrame();
    results.push(...(inner ? await look(inner, frameContext) : [null]));
  }
  return results;
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
