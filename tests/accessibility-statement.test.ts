import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { framedPages, openPages, states } from '../e2e/pages.ts';
import { statementTexts, tested } from './pages/accessibility.ts';
import { root } from './source-files.ts';

const update =
  'run UPDATE_DOCS=1 npm test -- e2e/accessibility e2e/every-page e2e/keyboard e2e/for-everyone e2e/chat.test e2e/self-service and the other files with journeys, then tests/';
const journeyFiles = globSync('e2e/*.test.ts', { cwd: root });

/** The ids that tests in the browser are about, by how they say so. */
const idsOf = (word: 'journey' | 'check' | 'customerView' | 'customerJourney'): string[] =>
  journeyFiles
    .flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(new RegExp(`^${word}\\(\\s*'(\\w+)'`, 'gm'))])
    .map(([, id = '']) => id)
    .toSorted();

describe('the accessibility statement', () => {
  const found = tested();

  it('names the pages and states that are looked at, in each look', () => {
    expect(Object.keys(found.looks), update).toEqual(['dark en', 'light de']);
    for (const look of Object.values(found.looks)) expect([look.pages, look.states], update).toEqual([framedPages, states]);
    expect(Object.keys(found.open), update).toEqual(['dark en', 'light de']);
    for (const look of Object.values(found.open)) expect(look.pages, update).toEqual([...openPages, '/welcome']);
  });

  it('names each journey by keyboard and each check, and none that is gone', () => {
    expect(Object.keys(found.journeys), update).toEqual(idsOf('journey'));
    expect(Object.keys(found.checks), update).toEqual(idsOf('check'));
    expect(idsOf('journey').length).toBeGreaterThan(8);
  });

  it('names what customers see and do, on the chat and on their own page', () => {
    expect(Object.keys(found.customerViews), update).toEqual(idsOf('customerView'));
    expect(Object.keys(found.customerJourneys), update).toEqual(idsOf('customerJourney'));
    for (const ids of [idsOf('customerView'), idsOf('customerJourney')]) expect(ids).toEqual(expect.arrayContaining(['chat', 'page']));
  });

  it('names the axe that is used', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(found.axe, update).toBe(devDependencies['axe-core']);
  });

  it.each(['de', 'en'] as const)('has a sentence in %s for everything it names, and no gap that nothing fills', (language) => {
    const texts = statementTexts(language);
    for (const [names, ids] of [
      [texts.states, states],
      [texts.journeys, idsOf('journey')],
      [texts.checks, idsOf('check')],
      [texts.customerViews, idsOf('customerView')],
      [texts.customerJourneys, idsOf('customerJourney')],
      [texts.looks, Object.keys(found.looks)],
    ] as const)
      expect(Object.keys(names).toSorted()).toEqual([...ids].toSorted());
    const gaps = [...JSON.stringify(texts).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
    expect(new Set(gaps)).toEqual(new Set(['company', 'contact', 'date', 'axe', 'pages', 'open', 'looks']));
  });
});
