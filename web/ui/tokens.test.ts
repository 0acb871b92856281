import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('web/ui/tokens.css', 'utf8');
const design = readFileSync('docs/design.md', 'utf8');

type Tokens = ReadonlyMap<string, string>;
const tokensOf = (block: string): Tokens =>
  new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
const blockOf = (start: string): string => css.slice(css.indexOf(start)).split('}')[0] ?? '';
const light = tokensOf(blockOf(':root {'));
const dark = tokensOf(blockOf(':root[data-theme="dark"] {'));
const darkBySystem = tokensOf(blockOf(':root:not([data-theme]) {'));

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(tokens: Tokens, a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(tokens.get(a) ?? ''), luminance(tokens.get(b) ?? '')].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg', 'surface', 'sunken', 'raised', 'hover', 'selected', 'own'];
const tones = ['accent', 'danger', 'warn', 'success', 'info', 'note', 'public'];
const texts = [
  ...['text', 'muted', 'faint', 'accent-text'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...tones.flatMap((tone) => [
    [`${tone}-text`, `${tone}-soft`] as const,
    ['text', `${tone}-soft`] as const,
    ['muted', `${tone}-soft`] as const,
  ]),
  ...['accent', 'accent-hover'].map((ground) => ['on-accent', ground] as const),
  ['on-danger', 'danger'] as const,
];
const borders = [
  ...['line-strong', 'focus', 'accent', 'danger'].flatMap((line) => ['bg', 'surface', 'raised'].map((ground) => [line, ground] as const)),
  ...['note', 'public'].map((tone) => [`${tone}-line`, 'surface'] as const),
];

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('in %s', (_, tokens) => {
  test.each(texts)('%s can be read on %s', (text, ground) => expect(contrast(tokens, text, ground)).toBeGreaterThanOrEqual(4.5));
  test.each(borders)('%s can be seen on %s', (line, ground) => expect(contrast(tokens, line, ground)).toBeGreaterThanOrEqual(3));
});

test('dark is the same whether somebody chose it or the system did', () => {
  expect(darkBySystem).toEqual(dark);
  expect([...light.keys()].filter((name) => name !== 'motion')).toEqual([...dark.keys()]);
});

test('every token has its reason in docs/design.md', () => {
  const said = [...design.matchAll(/`([\w*-]+)`/g)].map(([, name = '']) => new RegExp(`^${name.replaceAll('*', '[\\w-]+')}$`));
  expect([...light.keys()].filter((name) => !said.some((one) => one.test(name)))).toEqual([]);
});
