import type { Topic } from '../../../../contract/cases.ts';
import type { Language } from '../../../platform/i18n/i18n.ts';

export interface Branch {
  topic: Topic;
  branches: readonly Branch[];
}

/** Where what fits nowhere else goes; always last, so that it is chosen last. */
export const isCatchAll = (topic: Topic): boolean => topic.key === 'other';

/** The topics as a tree, each level by name. A topic whose parent is not among them stands at the top. */
export function treeOf(topics: readonly Topic[], language: Language): readonly Branch[] {
  const known = new Set(topics.map(({ id }) => id));
  const byParent = Map.groupBy(topics, ({ parentId }) => (parentId && known.has(parentId) ? parentId : null));
  const below = (id: string | null): Branch[] =>
    (byParent.get(id) ?? [])
      .toSorted((a, b) => Number(isCatchAll(a)) - Number(isCatchAll(b)) || a.label[language].localeCompare(b.label[language], language))
      .map((topic) => ({ topic, branches: below(topic.id) }));
  return below(null);
}

/** A tree in the order one reads it, each with the topic it lies below. */
export const readingOrder = (tree: readonly Branch[], parent: Topic | null = null): { topic: Topic; parent: Topic | null }[] =>
  tree.flatMap(({ topic, branches }) => [{ topic, parent }, ...readingOrder(branches, topic)]);

/** The topic and everything below it. */
export function familyOf(topics: readonly Topic[], id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const topic of topics) if (topic.parentId && found.has(topic.parentId)) found.add(topic.id);
  }
  return found;
}

/** A key nobody has: from the name, below the parent's. */
export function keyFor(name: string, parent: Topic | null, topics: readonly Topic[]): string {
  const word =
    name
      .toLowerCase()
      .replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] ?? '')
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '') || 'topic';
  const wanted = `${parent ? `${parent.key}_` : ''}${word}`.slice(0, 56);
  const taken = new Set(topics.map(({ key }) => key));
  let key = wanted;
  for (let n = 2; taken.has(key); n += 1) key = `${wanted}_${n}`;
  return key;
}
