import type { ParsedInputOf } from '../../../contract/core.ts';
import { conversationEndpoints } from '../../../contract/conversations.ts';
import type { stormEndpoints } from '../../../contract/storms.ts';
import { sql } from '../../platform/database/sql.ts';
import type { TestHouse } from '../../testing/house.ts';
import { mailArrives } from '../channels/testing.ts';

type Written = ParsedInputOf<typeof stormEndpoints.save>;

/** A storm about a wrong price that began just now, but for what is given. */
export const someStorm = (h: TestHouse, ownerId: string, given: Partial<Written> = {}): Written => ({
  id: crypto.randomUUID(),
  version: 0,
  title: 'Falscher Preis im Shop',
  ownerId,
  about: { match: 'all', topicId: null, words: ['Preis'], queueId: null },
  from: h.clock.now().toISOString(),
  endsExpectedAt: null,
  benefit: 'Alle bekommen dieselbe ehrliche Auskunft.',
  restingQueueIds: [],
  secondsPerAnswer: 90,
  ...given,
});

let count = 0;
/** A mail of somebody who writes for the first time. */
export async function writes(h: TestHouse, accountId: string, text: string, headers: string[] = []): Promise<string> {
  count += 1;
  h.clock.advance(1_000);
  const head = [
    `From: Erika Klein <storm${count}@post.example>`,
    'To: service@haus.example',
    'Subject: Frage',
    `Message-ID: <storm${count}@post.example>`,
    ...headers,
  ];
  await mailArrives(h, accountId, [...head, '', text].join('\n'));
  await h.drain();
  return (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
}

/** Somebody answers in their own words. */
export async function answers(h: TestHouse, who: { id: string }, id: string): Promise<number> {
  const { lease } = (await h.call(who, conversationEndpoints.claim, { id })).body;
  const { conversation, proposals } = (await h.call(who, conversationEndpoints.open, { id })).body;
  const { status } = await h.call(who, conversationEndpoints.reply, {
    id,
    fence: lease.fence,
    baseSeq: conversation.lastSeq,
    draftId: crypto.randomUUID(),
    text: 'Guten Tag, der Preis war ein Fehler.',
    to: proposals.reply.to,
  });
  await h.drain();
  return status;
}
