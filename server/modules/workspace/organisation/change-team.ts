import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Team, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { presentTeam } from '../present.ts';
import {
  bumpPeople,
  dissolveTeam,
  findTeam,
  insertTeam,
  leadsOfSites,
  listTeamIds,
  lockTeam,
  setLeads,
  setMembers,
  updateTeam,
} from '../queries/teams.ts';
import { forgetActors } from '../sign-in/cache.ts';

export async function addTeam(ctx: Ctx, input: ParsedInputOf<typeof workspaceEndpoints.addTeam>): Promise<Team> {
  const id = newId(ctx.now.getTime());
  await insertTeam(ctx.db, { id, name: input.name, siteId: input.siteId }, ctx.now);
  const members = await setMembers(ctx.db, id, input.memberIds);
  const leads = await setLeads(ctx.db, id, input.leadIds);
  await tell(ctx, id, members, [...leads, ...(await leadsOfSites(ctx.db, [input.siteId]))]);
  await audit(ctx, { action: 'workspace.team_added', object: { kind: 'team', id } });
  return presented(ctx, id);
}

export async function changeTeam(ctx: Ctx, input: ParsedInputOf<typeof workspaceEndpoints.changeTeam>): Promise<Team> {
  const { id, name, siteId, memberIds, leadIds } = input;
  const before = await lockTeam(ctx.db, id);
  if (!before) throw refuse('core.not_found');
  await updateTeam(ctx.db, id, { name, siteId });
  const members = memberIds ? await setMembers(ctx.db, id, memberIds) : [];
  const leads = leadIds ? await setLeads(ctx.db, id, leadIds) : [];
  const moved = siteId !== undefined && siteId !== before.site_id ? await leadsOfSites(ctx.db, [siteId, before.site_id]) : [];
  await tell(ctx, id, members, [...leads, ...moved]);
  const fields = Object.entries({ name, siteId, memberIds, leadIds }).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  await audit(ctx, { action: 'workspace.team_changed', object: { kind: 'team', id }, data: { fields } });
  return presented(ctx, id);
}

/** Ends a team. The rooms above give what names it to its successor (`workspace.team_archived`), so that no customer waits where nobody looks. */
export async function archiveTeam(ctx: Ctx, { id, successorId }: { id: string; successorId: string }): Promise<Team> {
  const team = await lockTeam(ctx.db, id);
  if (!team) throw refuse('core.not_found');
  if (team.archived) return presentTeam(team);
  if (team.member_ids.length > 0) throw fail('workspace.team_has_members');
  const others = (await listTeamIds(ctx.db)).filter((other) => other !== id);
  if (others.length === 0) throw fail('workspace.last_team');
  // Locked, so that it is not dissolved itself at the same moment.
  const successor = others.includes(successorId) && (await lockTeam(ctx.db, successorId));
  if (!successor || successor.archived) throw fail('workspace.unknown_reference');
  for (const teamId of await dissolveTeam(ctx.db, id, successorId, ctx.now)) await tell(ctx, teamId, [], []);
  ctx.emit('workspace.team_archived', { teamId: id, successorId });
  await audit(ctx, { action: 'workspace.team_archived', object: { kind: 'team', id }, data: { successorId } });
  return presented(ctx, id);
}

/** The team's record changed; members' records too, since they name their teams; and everybody concerned may see something else now. */
async function tell(ctx: Ctx, teamId: string, members: readonly string[], others: readonly string[]): Promise<void> {
  forgetActors(ctx);
  await bumpPeople(ctx.db, members);
  ctx.emit('workspace.team_changed', { teamId });
  for (const personId of new Set([...members, ...others])) ctx.emit('workspace.rights_changed', { personId });
}

async function presented(ctx: Ctx, id: string): Promise<Team> {
  const row = await findTeam(ctx.db, id);
  if (!row) throw refuse('core.not_found');
  return presentTeam(row);
}
