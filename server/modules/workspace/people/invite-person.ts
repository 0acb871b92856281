import type { OutputOf, ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { presentPerson } from '../present.ts';
import { findPerson, insertPerson } from '../queries/people.ts';
import { companySettings } from '../queries/settings.ts';
import { bumpTeams, setTeamsOf } from '../queries/teams.ts';
import { offerLink } from '../sign-in/links.ts';

/** Adds a person, who sets a password by the link that is mailed. */
export async function invitePerson(
  ctx: Ctx,
  input: ParsedInputOf<typeof workspaceEndpoints.invitePerson>,
): Promise<OutputOf<typeof workspaceEndpoints.invitePerson>> {
  const id = newId(ctx.now.getTime());
  const language = input.locale ?? (await companySettings(ctx.db)).locale;
  await insertPerson(ctx.db, id, { ...input, locale: language }, ctx.now);
  const teamIds = await setTeamsOf(ctx.db, id, input.teamIds);
  await bumpTeams(ctx.db, teamIds);
  const invitation = await offerLink(ctx, id, 'invitation');
  ctx.emit('workspace.rights_changed', { personId: id });
  for (const teamId of teamIds) ctx.emit('workspace.team_changed', { teamId });
  await audit(ctx, { action: 'workspace.person_invited', object: { kind: 'person', id }, data: { roles: input.roles } });
  const row = await findPerson(ctx.db, id);
  if (!row) throw refuse('core.not_found');
  return { person: presentPerson(row), invitation };
}

/** A new link for somebody whose first one got lost, or who cannot wait for a mail. */
export async function inviteAgain(ctx: Ctx, { id }: { id: string }) {
  const person = await findPerson(ctx.db, id);
  if (!person) throw refuse('core.not_found');
  if (!person.active) throw fail('workspace.person_inactive');
  const invitation = await offerLink(ctx, id, 'invitation');
  await audit(ctx, { action: 'workspace.person_invited', object: { kind: 'person', id } });
  return invitation;
}
