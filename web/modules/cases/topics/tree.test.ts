import { expect, test } from 'vitest';
import type { Topic } from '../../../../contract/cases.ts';
import { familyOf, keyFor, readingOrder, treeOf } from './tree.ts';

const topic = (key: string, parentId: string | null = null, name = key): Topic => ({
  id: key,
  version: 1,
  parentId,
  key,
  label: { de: name, en: name },
  ownerDepartment: 'Logistik',
  trainingSuitable: false,
  retiredAt: null,
});
const topics = [topic('other'), topic('z'), topic('ä', null, 'Ärger'), topic('ä_b', 'ä'), topic('ä_a', 'ä'), topic('ä_a_x', 'ä_a')];

test('the tree is read by name, what fits nowhere else last; a stray stands at the top', () => {
  const order = (of: readonly Topic[]) => readingOrder(treeOf(of, 'de')).map((line) => [line.topic.key, line.parent?.key ?? null]);
  expect(order(topics)).toEqual([
    ['ä', null],
    ['ä_a', 'ä'],
    ['ä_a_x', 'ä_a'],
    ['ä_b', 'ä'],
    ['z', null],
    ['other', null],
  ]);
  expect(order([topic('a', 'gone')])).toEqual([['a', null]]);
});

test('a family is everything below', () => {
  expect([...familyOf(topics, 'ä')].toSorted()).toEqual(['ä', 'ä_a', 'ä_a_x', 'ä_b'].toSorted());
  expect([...familyOf(topics, 'z')]).toEqual(['z']);
});

test('a key comes from the name and is nobody else’s', () => {
  const delivery = topic('delivery');
  expect(keyFor('Größe & Maß', delivery, [])).toBe('delivery_groesse_mass');
  expect(keyFor('Late', delivery, [topic('delivery_late'), topic('delivery_late_2')])).toBe('delivery_late_3');
  expect(keyFor('…', null, [])).toBe('topic');
  expect(keyFor('x'.repeat(200), delivery, [topic(`delivery_${'x'.repeat(47)}`)])).toMatch(/^[a-z0-9_]{1,60}$/);
});
