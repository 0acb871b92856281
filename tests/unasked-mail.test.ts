import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root, sourceFiles } from './source-files.ts';

/** Where something may be put into the outbox, and who has asked for it. Whatever writes to somebody by itself must look at `neverAnswer` first, and be tried in `never-answered.test.ts` of the channel. */
const asked: Record<string, string> = {
  'server/modules/conversations/sending/write-outgoing.ts': 'a person or their token, never the house itself',
  'server/modules/conversations/threads/write-letter.ts': 'a visitor, for the transcript of their own chat',
  'server/modules/cases/customer-page/codes.ts': 'a customer, who opens their own page',
};

it('nothing leaves the house but what somebody has asked for', () => {
  const callers = sourceFiles(['server', 'channels'], /(?<!\.test)\.ts$/).filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
    return /(?<!function )\bqueueDelivery\(|\binsert into outbox\b/.test(text);
  });
  // The queue itself.
  const queue = 'server/modules/channels/outbox/queries.ts';
  expect(callers.filter((file) => file !== queue)).toEqual(Object.keys(asked).toSorted());
  expect(callers).toContain(queue);
});
