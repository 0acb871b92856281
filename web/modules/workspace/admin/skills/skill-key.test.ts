import { expect, it } from 'vitest';
import { keyFrom } from './skill-key.ts';

it.each([
  ['Französisch (schriftlich)', 'franzoesisch_schriftlich'],
  ['Weiße Ware', 'weisse_ware'],
  ['Café & Crème', 'cafe_creme'],
  ['24-Stunden-Dienst', 'stunden_dienst'],
  ['Ein sehr langer Name, der über vierzig Zeichen hat', 'ein_sehr_langer_name_der_ueber_vierzig_z'],
  ['漢字', ''],
])('%s becomes %s', (name, key) => {
  expect(keyFrom(name)).toBe(key);
});
