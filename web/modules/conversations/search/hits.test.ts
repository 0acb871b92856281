import { expect, test } from 'vitest';
import { hitsByConversation } from './hits.ts';

test('a conversation with many hits takes one line and says how many more there are', () => {
  const hit = (id: string, excerpt: string, more = 0) => ({ conversation: { id }, excerpt, more });
  expect(hitsByConversation([hit('a', '1'), hit('b', '2', 3), hit('a', '3'), hit('a', '4')])).toEqual([
    { conversation: { id: 'a' }, excerpt: '1', more: 2 },
    { conversation: { id: 'b' }, excerpt: '2', more: 3 },
  ]);
  expect(hitsByConversation([])).toEqual([]);
});
