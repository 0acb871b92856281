import axe, { type ContextObject, type RunOptions } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** The rules by their names in axe. */
export const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// `region` is no rule of WCAG, and takes the layer of an open dialog for lost content.
const options: RunOptions = {
  runOnly: rules,
  rules: { region: { enabled: false } },
  resultTypes: ['violations'],
  // No rule that runs looks into the style sheets, which axe would fetch and read anew for every look.
  preload: { assets: ['media'] },
};

/**
 * What axe finds on a page and in its frames as they stand, one line each. Its own library for Playwright loads everything anew into another page for
 * every look, which takes five times as long.
 */
export async function violations(page: Page): Promise<string[]> {
  const partials = await look(page.mainFrame(), { exclude: [] });
  return page.evaluate(
    async ([all, how]) => {
      const { violations: found } = await window.axe.finishRun(
        all.map((one) => JSON.parse(one)),
        how,
      );
      return found.map(({ id, nodes }) => {
        const where = nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.slice(0, 200)}`);
        return `${location.href} ${id}: ${where.join(' | ')}`;
      });
    },
    [partials, options] as const,
  );
}

/** A frame, then the frames within it, in the order in which axe wants them; as text, which Playwright carries ten times as fast as what it says. */
async function look(frame: Frame, where: ContextObject): Promise<string[]> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
  const { partial, frames } = await frame.evaluate(
    async ([context, how]) => {
      const here = JSON.parse(context) as ContextObject;
      return { frames: window.axe.utils.getFrameContexts(here, how), partial: JSON.stringify(await window.axe.runPartial(here, how)) };
    },
    [JSON.stringify(where), options] as const,
  );
  const results = [partial];
  for (const { frameSelector, frameContext } of frames) {
    const element = await frame.evaluateHandle((selector) => window.axe.utils.shadowSelect(selector), frameSelector);
    const inner = await element.asElement()?.contentFrame();
    results.push(...(inner ? await look(inner, frameContext) : ['null']));
  }
  return results;
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
