import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWindows, windowsText } from './windows-text.ts';

describe('hours as people write them', () => {
  it.each([
    ['8-20', [{ from: 480, to: 1200 }]],
    ['8–20', [{ from: 480, to: 1200 }]],
    ['8:30 bis 12 Uhr', [{ from: 510, to: 720 }]],
    [
      '8 - 12, 13.30 – 18:15',
      [
        { from: 480, to: 720 },
        { from: 810, to: 1095 },
      ],
    ],
    [
      '8–12 und 12–16',
      [
        { from: 480, to: 720 },
        { from: 720, to: 960 },
      ],
    ],
    ['0–24', [{ from: 0, to: 1440 }]],
    ['', []],
    ['  ', []],
  ])('%j is read', (text, windows) => {
    expect(readWindows(text)).toEqual(windows);
  });

  it.each(['acht', '8', '8-', '20-8', '8-8', '8-25', '8:60-9', '8-12, 11-13', '24-24', '8-12,', '8--12'])('%j is none', (text) => {
    expect(readWindows(text)).toBeUndefined();
  });

  it('are read as they were written', () => {
    const windows = fc
      .uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 12 })
      .map((bounds) => bounds.toSorted((a, b) => a - b))
      .map((bounds) =>
        Array.from({ length: Math.floor(bounds.length / 2) }, (_, i) => ({ from: bounds[2 * i] ?? 0, to: bounds[2 * i + 1] ?? 0 })),
      );
    fc.assert(fc.property(windows, (some) => void expect(readWindows(windowsText(some))).toEqual(some)));
  });
});
