import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../server/cli/suites.ts';
import { buildWeb } from '../server/cli/web.ts';

/** Builds the web application and answers how to open a browser on it; where there is none, says so and ends the bench. */
export async function prepareChromium(bench: string): Promise<() => Promise<Browser>> {
  const executablePath = findChromium();
  if (!executablePath) {
    process.stderr.write(
      `No Chromium here: the bench of the ${bench} is left out. Debian: apt-get install chromium-headless-shell; or set CHROMIUM_PATH.\n`,
    );
    process.exit(0);
  }
  await buildWeb((line) => process.stdout.write(`${line}\n`));
  return () => chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}
