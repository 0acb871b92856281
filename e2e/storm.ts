import type { Page } from 'playwright-core';
import { stormEndpoints } from '../contract/storms.ts';
import { inject } from 'vitest';
import { asked } from './browser.ts';

/** A storm about these words that began an hour ago, declared by whoever is signed in. */
export async function aStorm(page: Page, words: string[]): Promise<string> {
  const id = crypto.randomUUID();
  const me = (await (await page.request.get(`${inject('base')}/api/v1/me`)).json()) as { person: { id: string } };
  await asked(page, stormEndpoints.save, {
    id,
    version: 0,
    title: `Kerze ${id.slice(0, 4)}`,
    ownerId: me.person.id,
    about: { match: 'all', topicId: null, words, queueId: null },
    from: new Date(Date.now() - 3_600_000).toISOString(),
    endsExpectedAt: null,
    benefit: 'Alle bekommen dieselbe Auskunft.',
    restingQueueIds: [],
    secondsPerAnswer: 90,
  });
  return id;
}

/** Everybody who waits has a reason on record, and it is over. */
export async function endedStorm(page: Page, id: string): Promise<void> {
  const detail = await page.request.get(`${inject('base')}/api/v1/storms/${id}`);
  const { clusters } = (await detail.json()) as { clusters: { mentions: { conversationId: string; state: string }[] }[] };
  const conversationIds = clusters.flatMap(({ mentions }) =>
    mentions.filter(({ state }) => state === 'waiting').map((one) => one.conversationId),
  );
  if (conversationIds.length > 0) await asked(page, stormEndpoints.except, { id, conversationIds, reason: 'Nur zur Probe.' });
  await asked(page, stormEndpoints.end, { id });
}
