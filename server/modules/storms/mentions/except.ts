import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { stormEndpoints } from '../../../../contract/storms.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { readableConversations } from '../../conversations/index.ts';
import { audit } from '../../workspace/index.ts';
import { lockStorm } from '../declaring/queries.ts';
import { fail } from '../errors.ts';
import { recordExceptions } from './queries.ts';
import { standingsOf } from './states.ts';

/** Why some get no answer of their own: of each it is recorded. Only of what waits, and what the caller may read. */
export async function exceptMentions(
  ctx: Ctx,
  { id, conversationIds, reason }: ParsedInputOf<typeof stormEndpoints.except>,
): Promise<{ recorded: number }> {
  const storm = await lockStorm(ctx.db, id);
  if (!storm) throw core('core.not_found');
  if (storm.endedAt) throw fail('storms.over');
  const wanted = new Set(conversationIds);
  const waiting = (await standingsOf(ctx.db, id)).filter(({ conversationId, state }) => state === 'waiting' && wanted.has(conversationId));
  const readable = await readableConversations(
    ctx,
    waiting.map(({ row }) => row),
  );
  const teamOf = new Map(readable.map((row) => [row.id, row.teamId]));
  const recorded = await recordExceptions(ctx.db, {
    stormId: id,
    conversationIds: [...teamOf.keys()],
    reason,
    by: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    at: ctx.now,
  });
  for (const { conversationId } of recorded)
    ctx.emit('storms.exception_recorded', { stormId: id, conversationId, teamId: teamOf.get(conversationId) ?? null });
  if (recorded.length > 0)
    await audit(ctx, { action: 'storms.exception_recorded', object: { kind: 'storm', id }, reason, data: { mentions: recorded.length } });
  return { recorded: recorded.length };
}
