import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builtEmbed, embedEntries } from '../../../server/cli/embeds.ts';
import { contrast, inkOn, readableOn } from '../colour.ts';
import { sheetFor } from './style.ts';

describe('the script that pages load', () => {
  it('is one file of at most 30 KB as it travels, fetches nothing else, and needs no inline style, script or eval', async () => {
    const entry = embedEntries().find(({ channel, file }) => channel === 'chat' && file === 'chat.js')?.entry ?? '';
    const text = await builtEmbed(entry);
    const size = gzipSync(text, { level: 9 }).length;
    console.info(`chat.js: ${text.length} bytes, ${size} compressed`);
    expect(size).toBeLessThanOrEqual(30 * 1024);
    expect(text).not.toMatch(/\bimport\s*\(|\beval\(|new Function|innerHTML|document\.write|document\.cookie|sessionStorage|indexedDB/);
    expect(text.match(/https?:\/\/[^"'`\s]+/g) ?? []).toEqual(['http://www.w3.org/2000/svg']);
    expect(text).not.toMatch(/from\s*["']|require\(/);
  });
});

describe('colours', () => {
  const some = ['#000000', '#ffffff', '#ffff00', '#777777', '#1d4ed8', '#0f766e', '#ff00ff', '#00ff88'];
  it('stay readable, whatever accent a company chooses', () => {
    for (const accent of some) {
      expect(contrast(inkOn(accent), accent)).toBeGreaterThanOrEqual(4.5);
      for (const ground of ['#ffffff', '#f5f5f4', '#1c1917', '#2c2825']) {
        expect(contrast(readableOn(accent, ground), ground)).toBeGreaterThanOrEqual(4.5);
        const fill = readableOn(accent, ground, 3);
        expect(contrast(fill, ground)).toBeGreaterThanOrEqual(3);
        expect(contrast(inkOn(fill), fill)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('are set for light and dark, and one alone where the page wants one', () => {
    const sheet = (theme: 'auto' | 'light' | 'dark') => sheetFor({ accent: '#1d4ed8', position: 'left', theme });
    expect(sheet('auto')).toContain('@media (prefers-color-scheme:dark)');
    expect(sheet('dark')).not.toContain('@media (prefers-color-scheme');
    expect(sheet('light')).toContain('left:0!important');
  });
});
