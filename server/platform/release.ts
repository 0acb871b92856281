import { readFileSync } from 'node:fs';

const { version, license } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Record<
  'version' | 'license',
  string
>;

/** What this program is, as its package says. */
export const release = { version, licence: license };
