import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Person, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { losesAdmin, mayGiveRoles } from '../policy.ts';
import { presentPerson } from '../present.ts';
import { countAdmins, findPerson, lockPerson, type PersonRow, setSkills, updatePerson } from '../queries/people.ts';
import { bumpTeams, setTeamsOf } from '../queries/teams.ts';
import { forgetActors } from '../sign-in/cache.ts';
import { endLinks } from '../sign-in/links.ts';
import { removeSecondFactors } from '../sign-in/second-factor.ts';
import { endSessions } from '../sign-in/sessions.ts';

type Changes = ParsedInputOf<typeof workspaceEndpoints.changePerson>;

/** Changes a person; what it means for rights reaches the person's requests and sockets at once. */
export async function changePerson(ctx: Ctx, { id, skills, teamIds, ...fields }: Changes): Promise<Person> {
  const keepsAdmin = await lockForChange(ctx, id);
  const before = keepsAdmin.person;
  const after = { active: before.active, roles: fields.roles ?? before.roles };
  if (!mayGiveRoles(ctx.actor, id, before.roles, after.roles)) throw fail('workspace.own_roles');
  if (losesAdmin(before, after) && keepsAdmin.admins < 2) throw fail('workspace.last_admin');
  await updatePerson(ctx.db, id, defined(fields));
  // A link that was mailed lies in the mailbox that is no longer this person's.
  if (fields.email !== undefined && fields.email.toLowerCase() !== keepsAdmin.person.email.toLowerCase()) await endLinks(ctx.db, id);
  if (skills) await setSkills(ctx.db, id, skills);
  const moved = teamIds ? await setTeamsOf(ctx.db, id, teamIds) : [];
  await bumpTeams(ctx.db, moved);
  const changesRights = fields.roles !== undefined || fields.siteId !== undefined || skills !== undefined || moved.length > 0;
  forgetActors(ctx, [id]);
  ctx.emit(changesRights ? 'workspace.rights_changed' : 'workspace.person_changed', { personId: id });
  for (const teamId of moved) ctx.emit('workspace.team_changed', { teamId });
  const data = { fields: Object.keys(defined({ ...fields, skills, teamIds })), ...(fields.roles ? { roles: fields.roles } : {}) };
  await audit(ctx, { action: 'workspace.person_changed', object: { kind: 'person', id }, data });
  return presented(ctx, id);
}

/** Takes all access away: sessions, open links and streams end now. What the person did stays under their name. */
export async function deactivatePerson(ctx: Ctx, { id }: { id: string }): Promise<Person> {
  const { person, admins } = await lockForChange(ctx, id);
  if (!person.active) return presentPerson(person);
  if (losesAdmin(person, { ...person, active: false }) && admins < 2) throw fail('workspace.last_admin');
  await updatePerson(ctx.db, id, { active: false });
  await endLinks(ctx.db, id);
  await endSessions(ctx, id, { keep: null });
  ctx.emit('workspace.person_deactivated', { personId: id });
  await audit(ctx, { action: 'workspace.person_deactivated', object: { kind: 'person', id } });
  return presented(ctx, id);
}

export async function reactivatePerson(ctx: Ctx, { id }: { id: string }): Promise<Person> {
  const { person } = await lockForChange(ctx, id);
  if (person.active) return presentPerson(person);
  await updatePerson(ctx.db, id, { active: true });
  ctx.emit('workspace.rights_changed', { personId: id });
  await audit(ctx, { action: 'workspace.person_reactivated', object: { kind: 'person', id } });
  return presented(ctx, id);
}

export async function endSessionsOf(ctx: Ctx, { id }: { id: string }) {
  if (!(await findPerson(ctx.db, id))) throw refuse('core.not_found');
  await endSessions(ctx, id, { keep: null });
  await audit(ctx, { action: 'workspace.sessions_ended', object: { kind: 'person', id } });
  return { done: true as const };
}

/** For somebody who lost the telephone: the password alone signs in again, until a new factor is set up. */
export async function resetSecondFactor(ctx: Ctx, { id }: { id: string }) {
  if (!(await findPerson(ctx.db, id))) throw refuse('core.not_found');
  await removeSecondFactors(ctx.db, id);
  await endSessions(ctx, id, { keep: null });
  await audit(ctx, { action: 'workspace.second_factor_reset', object: { kind: 'person', id } });
  return { done: true as const };
}

/** Administrators first, then the person: everybody locks in this order, so nobody waits in a circle. */
async function lockForChange(ctx: Ctx, id: string): Promise<{ person: PersonRow; admins: number }> {
  const admins = await countAdmins(ctx.db);
  const person = await lockPerson(ctx.db, id);
  if (!person) throw refuse('core.not_found');
  return { person, admins };
}

async function presented(ctx: Ctx, id: string): Promise<Person> {
  const row = await findPerson(ctx.db, id);
  if (!row) throw refuse('core.not_found');
  return presentPerson(row);
}

function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
