import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { mayEdit } from '../policy.ts';
import { deleteSnippet, lockSnippet } from './queries.ts';

/** Removes a snippet. What was written with it holds its words, not the snippet. */
export async function dropSnippet(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const known = await lockSnippet(ctx.db, id);
  if (!known || !mayEdit(ctx.actor, known.teamId)) throw core('core.not_found');
  await deleteSnippet(ctx.db, id);
  ctx.emit('knowledge.snippet_changed', { snippetId: id, teamId: known.teamId, fromTeamId: known.teamId });
  return { done: true };
}
