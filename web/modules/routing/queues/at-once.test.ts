import { expect, it } from 'vitest';
import { mostUnits, workKinds } from '../../../../contract/routing.ts';
import { alone, atOnce } from './at-once.ts';

const usual = { public: 50, chat: 33, mail: 25, message: 20 };

it('as is usual: four mails, or three chats, or one post and two mails, or one chat and two mails', () => {
  expect(atOnce(usual)).toEqual([
    [['mail', 4]],
    [['chat', 3]],
    [
      ['public', 1],
      ['mail', 2],
    ],
    [
      ['chat', 1],
      ['mail', 2],
    ],
  ]);
});

it('what has no room beside it stands alone, and never more than fits is said', () => {
  expect(atOnce({ ...usual, public: 80, chat: 100 })).toEqual([[['mail', 4]], [['chat', 1]]]);
  for (let units = 1; units <= mostUnits; units += 1) {
    expect(alone(units)).toBeGreaterThanOrEqual(1);
    for (const kind of workKinds)
      for (const parts of atOnce({ ...usual, [kind]: units }))
        expect(parts.reduce((sum, [one, count]) => sum + count * { ...usual, [kind]: units }[one], 0)).toBeLessThanOrEqual(mostUnits);
  }
});
