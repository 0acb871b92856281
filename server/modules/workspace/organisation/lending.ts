import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Helper, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { bumpPeople, bumpTeams, lockTeam } from '../queries/teams.ts';
import { forgetActors } from '../sign-in/cache.ts';

/** Longer than a day is no help any more, but a change of teams, which is the administration's. */
const longestHours = 24;

const found = (ctx: Ctx, where: Sql): Promise<Helper[]> =>
  ctx.db
    .query<{
      teamId: string;
      personId: string;
      until: Date;
    }>(sql`select m.team_id as "teamId", m.person_id as "personId", m.until from team_members m
    where m.until is not null and ${where} order by m.until, m.person_id, m.team_id`)
    .then((rows) => rows.map((row) => ({ ...row, until: row.until.toISOString() })));

/** Who helps out in the teams one leads, or from them elsewhere. */
export const listHelpers = async (ctx: Ctx): Promise<{ items: Helper[] }> => ({
  items: await found(
    ctx,
    sql`(m.team_id = any(${ctx.actor.ledTeamIds}::uuid[]) or exists (select from team_members own
    where own.person_id = m.person_id and own.until is null and own.team_id = any(${ctx.actor.ledTeamIds}::uuid[])))`,
  ),
});

/**
 * Lets somebody of a team one leads help out in another that one leads too, for some hours: they belong to both meanwhile, see and get its work, and keep
 * their own. It ends by itself.
 */
export async function lendHelper(
  ctx: Ctx,
  { id, personId, until }: ParsedInputOf<typeof workspaceEndpoints.lendHelper>,
): Promise<{ items: Helper[] }> {
  const team = await lockTeam(ctx.db, id);
  if (!team || team.archived || !ctx.actor.ledTeamIds.includes(id)) throw refuse('core.not_found');
  const end = new Date(until);
  if (end <= ctx.now || end.getTime() - ctx.now.getTime() > longestHours * 3_600_000)
    throw fail('workspace.help_too_long', { hours: longestHours });
  const own = await ctx.db.query<{
    teamId: string;
  }>(sql`select m.team_id as "teamId" from team_members m join people p on p.id = m.person_id and p.active
    where m.person_id = ${personId} and m.until is null for share of m`);
  if (!own.some(({ teamId }) => ctx.actor.ledTeamIds.includes(teamId))) throw fail('workspace.not_your_team');
  if (own.some(({ teamId }) => teamId === id)) throw fail('workspace.already_member');
  await ctx.db.exec(sql`insert into team_members (team_id, person_id, until) values (${id}, ${personId}, ${end})
    on conflict (team_id, person_id) do update set until = excluded.until`);
  await audit(ctx, {
    action: 'workspace.helper_lent',
    object: { kind: 'person', id: personId },
    data: { teamId: id, until: end.toISOString() },
  });
  await tell(ctx, id, personId);
  return listHelpers(ctx);
}

export async function returnHelper(ctx: Ctx, { id, personId }: { id: string; personId: string }): Promise<{ items: Helper[] }> {
  if (!ctx.actor.ledTeamIds.includes(id)) throw refuse('core.not_found');
  const gone = await ctx.db.exec(sql`delete from team_members where team_id = ${id} and person_id = ${personId} and until is not null`);
  if (gone > 0) {
    await audit(ctx, { action: 'workspace.helper_returned', object: { kind: 'person', id: personId }, data: { teamId: id } });
    await tell(ctx, id, personId);
  }
  return listHelpers(ctx);
}

export const endedHelp = (now: Date): Sql => sql`team_members where until <= ${now} order by until`;

/** Whose time is over goes; up to a hundred at a time, and says how many. What they hold stays theirs until they give it back. */
export async function endHelp(ctx: Ctx): Promise<number> {
  const over = await ctx.db.query<{ teamId: string; personId: string }>(sql`delete from team_members m using (
      select team_id, person_id from ${endedHelp(ctx.now)} limit 100 for update skip locked) over
    where m.team_id = over.team_id and m.person_id = over.person_id returning m.team_id as "teamId", m.person_id as "personId"`);
  for (const { teamId, personId } of over) await tell(ctx, teamId, personId);
  return over.length;
}

async function tell(ctx: Ctx, teamId: string, personId: string): Promise<void> {
  forgetActors(ctx, [personId]);
  await bumpPeople(ctx.db, [personId]);
  await bumpTeams(ctx.db, [teamId]);
  ctx.emit('workspace.team_changed', { teamId });
  ctx.emit('workspace.rights_changed', { personId });
}
