import { expect, test } from 'vitest';
import { qrMatrix } from './qr.ts';

const text = 'otpauth://totp/Nahbar:kim%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Nahbar';
/** The 15 format bits beside the upper left finder, with the standard's mask removed. */
function formatOf(cells: boolean[][]): number {
  const at = (x: number, y: number): number => (cells[y]?.[x] ? 1 : 0);
  const places: [number, number][] = [
    [8, 0],
    [8, 1],
    [8, 2],
    [8, 3],
    [8, 4],
    [8, 5],
    [8, 7],
    [8, 8],
    [7, 8],
    [5, 8],
    [4, 8],
    [3, 8],
    [2, 8],
    [1, 8],
    [0, 8],
  ];
  return places.reduce((bits, [x, y], i) => bits | (at(x, y) << i), 0) ^ 0x5412;
}

test('takes the smallest size that holds the text', () => {
  expect(qrMatrix('a')).toHaveLength(21);
  expect(qrMatrix('x'.repeat(17))).toHaveLength(21);
  expect(qrMatrix('x'.repeat(18))).toHaveLength(25);
  expect(qrMatrix(text)).toHaveLength(33);
});

test('draws three finders, the timing line and the dark cell', () => {
  const cells = qrMatrix(text);
  const size = cells.length;
  const finder = (x: number, y: number): string => Array.from({ length: 7 }, (_, i) => (cells[y + 3]?.[x + i] ? '#' : '.')).join('');
  expect([finder(0, 0), finder(size - 7, 0), finder(0, size - 7)]).toEqual(['#.###.#', '#.###.#', '#.###.#']);
  expect(Array.from({ length: size - 16 }, (_, i) => cells[6]?.[8 + i])).toEqual(Array.from({ length: size - 16 }, (_, i) => i % 2 === 0));
  expect(cells[size - 8]?.[8]).toBe(true);
});

test('writes format bits that pass their own check and say level L', () => {
  const bits = formatOf(qrMatrix(text));
  let rest = bits;
  for (let i = 14; i >= 10; i--) if ((rest >> i) & 1) rest ^= 0x537 << (i - 10);
  expect(rest).toBe(0);
  expect(bits >> 13).toBe(1);
});

test('refuses what does not fit', () => expect(() => qrMatrix('x'.repeat(500))).toThrow('too long'));
