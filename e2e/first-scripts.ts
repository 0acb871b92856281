import type { Page } from 'playwright-core';

/** Bytes of script, compressed as they travel, that were there when the first line of a list was drawn; counted by the page itself, at that moment. */
export async function bytesOfFirstScripts(page: Page, address: string): Promise<number> {
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector('[role=option]')) return;
      seen.disconnect();
      const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const scripts = all.filter(({ name }) => name.endsWith('.js'));
      Object.assign(window, { bytesOfScript: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) });
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  await page.goto(address);
  await page.getByRole('option').first().waitFor();
  return page.evaluate(() => (window as unknown as { bytesOfScript: number }).bytesOfScript);
}
