import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

// `region` is no rule of WCAG, and takes the layer of an open dialog for lost content.
/** What axe finds on a page as it stands, one line each. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .disableRules(['region'])
    .analyze();
  return found.map(
    ({ id, nodes }) =>
      `${page.url()} ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.slice(0, 200)}`).join(' | ')}`,
  );
}
