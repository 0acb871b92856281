import type { StormAbout } from '../../../../contract/storms.ts';
import type { Ctx } from '../../../platform/context.ts';
import { topicParents } from '../../cases/index.ts';
import { routingRules } from '../../routing/index.ts';
import { fail } from '../errors.ts';

const hoursBack = 48;

/** What it is about must be there, and its beginning not far away. */
export async function checkAbout(ctx: Ctx, { topicId, words, queueId }: StormAbout, from: Date): Promise<void> {
  if (topicId === null && queueId === null && words.length === 0) throw fail('storms.about_nothing');
  if (topicId !== null && !(await topicParents(ctx.db)).has(topicId)) throw fail('storms.about_unknown');
  await checkQueues(ctx, queueId === null ? [] : [queueId]);
  const back = ctx.now.getTime() - from.getTime();
  if (back < 0 || back > hoursBack * 3_600_000) throw fail('storms.from_too_early');
}

export async function checkQueues(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = new Set((await routingRules(ctx)).queues.map(({ id }) => id));
  if (!ids.every((id) => known.has(id))) throw fail('storms.about_unknown');
}
