import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { framedPages, openPages, states } from '../e2e/pages.ts';
import { root, sourceFiles } from './source-files.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Pages that no address alone opens; what is looked at instead. */
const needsARecord: Record<string, (typeof states)[number] | (typeof framedPages)[number]> = {
  '/inbox/{-$view}/{-$conversationId}': 'conversation',
  '/cases/$caseId': 'case',
  '/customers/$customerId': 'customer',
  '/storms/$stormId': 'storm',
};
/** Shown by an installation without a company, which the looks at the open pages go to as well. */
const ofAnEmptyInstallation = ['/welcome'];

describe('what is looked at for everyone', () => {
  const modules = globSync('web/modules/**/module.tsx', { cwd: root });
  const pages = modules.flatMap((file) => [...read(file).matchAll(/path: '([^']+)',\s*load:/g)].map(([, address = '']) => address));

  it('is every page that a room brings', () => {
    expect(pages.length).toBeGreaterThan(20);
    const looked = new Set([...framedPages, ...openPages.map((page) => page.split('#')[0] ?? ''), ...ofAnEmptyInstallation]);
    const seen = new Set<string>(states);
    expect(pages.filter((page) => !looked.has(page) && !seen.has(needsARecord[page] ?? ''))).toEqual([]);
    expect(Object.keys(needsARecord).filter((page) => !pages.includes(page))).toEqual([]);
  });
});

/** What puts the focus somewhere, or presses, without anybody having gone there. */
const byHand = /(?<!keyboard)\.(?:click|dblclick|focus|fill|press|pressSequentially|check|uncheck|selectOption|hover|tap|dispatchEvent)\(/g;

/** The source of each journey by keyboard, by its id. */
const journeys = (): [id: string, source: string][] =>
  globSync('e2e/*.test.ts', { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/^journey\(\s*'(\w+)'[\s\S]*?^\}?\);/gm)].map(([source, id = '']): [string, string] => [id, source]),
  );

describe('a journey by keyboard', () => {
  it('is gone by the keyboard alone: what it proves is that the keys lead there', () => {
    const found = journeys().flatMap(([id, source]) => [...source.matchAll(byHand)].map(([how]) => `${id}: ${how}`));
    expect(found).toEqual([]);
  });

  it('is read here whole', () => {
    expect(journeys().length).toBeGreaterThan(12);
    for (const [id, source] of journeys()) expect(source, id).toMatch(/keyboard\.|press\(|tabTo\(/);
  });
});

/** What may move by itself, and why; everything else answers somebody and ends. */
const repeats: Record<string, string> = {
  'web/ui/button.tsx': 'turns while the button is at work, which aria-busy says, too',
};

describe('what moves', () => {
  it('repeats only as a sign that something is at work', () => {
    const files = sourceFiles(['web', 'channels'], /\.(tsx?|css)$/).filter((file) => !/\.test\.tsx?$|testing\.ts$/.test(file));
    const found = files.filter((file) =>
      /\banimate-(?!none)[a-z[(]|\binfinite\b|animation-iteration-count:(?! 1 !important)/.test(read(file)),
    );
    expect(found).toEqual(Object.keys(repeats));
  });

  it('is made of no keyframes but those that are named here', () => {
    const files = sourceFiles(['web', 'channels'], /\.(tsx?|css)$/);
    const found = files.flatMap((file) => [...read(file).matchAll(/@keyframes\s+([\w-]+)/g)].map(([, name]) => `${file} ${name}`));
    // The window of the chat comes up once.
    expect(found).toEqual(['channels/chat/widget/style.ts rise']);
  });
});
