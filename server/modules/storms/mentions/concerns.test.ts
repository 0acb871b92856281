import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold } from '../../automation/index.ts';
import { concerns } from './concerns.ts';

const about = { match: 'all' as const, topicId: null as string | null, words: [] as string[], queueId: null as string | null };
const written = { topicIds: ['prices', 'shop'], text: fold('Kühlschrank für 1 Euro\nGilt der Preis?'), queueId: 'post' };

it.each([
  [{ topicId: 'prices' }, true],
  [{ topicId: 'shop' }, true],
  [{ topicId: 'parcels' }, false],
  [{ words: ['KUEHLSCHRANK'] }, true],
  [{ words: ['Herd', 'gilt der  Preis'] }, true],
  [{ words: ['Herd'] }, false],
  [{ queueId: 'post' }, true],
  [{ queueId: 'chat' }, false],
  [{ topicId: 'prices', words: ['Herd'] }, false],
  [{ topicId: 'prices', words: ['Herd'], match: 'any' as const }, true],
  [{}, false],
  [{ match: 'any' as const }, false],
])('%o: %s', (given, is) => expect(concerns({ ...about, ...given }, written)).toBe(is));

it('what needs all is a part of what needs one, whatever was said', () => {
  const one = fc.record({
    topicId: fc.constantFrom(null, 'prices', 'other'),
    words: fc.subarray(['preis', 'herd', 'euro']),
    queueId: fc.constantFrom(null, 'post', 'chat'),
  });
  fc.assert(
    fc.property(one, (said) => {
      if (concerns({ ...said, match: 'all' }, written)) expect(concerns({ ...said, match: 'any' }, written)).toBe(true);
    }),
  );
});
