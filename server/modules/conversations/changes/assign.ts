import { scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { actorOf, teamOf } from '../../workspace/index.ts';
import { hasConflict } from '../conflicts/conflicts.ts';
import { fail } from '../errors.ts';
import type { ConversationRow } from '../rows.ts';
import { facts, updateConversation } from '../write.ts';

/** Gives a conversation to a person, a team, or nobody. Whoever gets it must be able to answer it. */
export async function assignConversation(
  ctx: Ctx,
  row: ConversationRow,
  to: { personId?: string | null; teamId?: string },
): Promise<ConversationRow> {
  // With a team it would be in that team's lists again.
  if (row.restrictedAt) throw core('core.not_found');
  const teamId = to.teamId ?? row.teamId;
  const personId = to.personId === undefined ? row.assigneeId : to.personId;
  if (personId === row.assigneeId && teamId === row.teamId) return row;
  if (to.teamId && to.teamId !== row.teamId) {
    const team = await teamOf(ctx.db, to.teamId);
    // In a team that is not there, nobody would ever see it again.
    if (!team || team.archived) throw fail('conversations.team_unknown', { teamId: to.teamId });
  }
  if (to.personId && to.personId !== ctx.actor.id) {
    const person = await actorOf(ctx, to.personId);
    // Being assigned makes it one's own work, wherever the team is; what counts is whether one may answer at all.
    const mayAnswer = person && [...scopes(person, 'write_private_reply')].some((scope) => scope !== 'D');
    if (!mayAnswer) {
      throw fail('conversations.assignee_cannot_read', { personId: to.personId });
    }
  }
  if (to.personId && (await hasConflict(ctx.db, row.id, to.personId))) throw fail('conversations.assignee_has_conflict');
  const changed = await updateConversation(ctx, row.id, sql`assignee_id = ${personId}, team_id = ${teamId}`);
  ctx.emit('conversations.assigned', { ...facts(changed), personId, fromPersonId: row.assigneeId, fromTeamId: row.teamId }, changed.caseId);
  return changed;
}
