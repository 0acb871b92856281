import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModules } from '../server/modules/order.ts';
import { accessibilityPage } from './pages/accessibility.ts';
import { channelsPage } from './pages/channels.ts';
import { errorsPage } from './pages/errors.ts';
import { catalogue, emittersOf, eventsPage } from './pages/events.ts';
import { personalDataPage } from './pages/personal-data.ts';
import { root } from './source-files.ts';

const modules = await loadModules();
const pages = {
  events: () => eventsPage(modules),
  errors: () => errorsPage(modules),
  channels: channelsPage,
  'personal-data': personalDataPage,
  'accessibility-statement.de': () => accessibilityPage('de'),
  'accessibility-statement.en': () => accessibilityPage('en'),
};

describe('docs/generated', () => {
  it.each(Object.entries(pages))('%s.md says what the code says', async (name, make) => {
    const file = path.join(root, `docs/generated/${name}.md`);
    const page = await make();
    if (process.env['UPDATE_DOCS']) writeFileSync(file, page);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '', 'run UPDATE_DOCS=1 npm test tests/generated').toBe(page);
  });
});

describe('every event', () => {
  const types = [...catalogue().keys()];

  it('is found in the contract', () => expect(types.length).toBeGreaterThan(60));
  it('is written by its own room', () => expect(types.filter((type) => emittersOf(type).length === 0)).toEqual([]));
});
