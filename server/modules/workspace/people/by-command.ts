import { randomBytes } from 'node:crypto';
import type { Role } from '../../../../contract/permissions.ts';
import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { findPersonByEmail, insertPerson, type PersonRow } from '../queries/people.ts';
import { defaultTeamId, setTeamsOf } from '../queries/teams.ts';
import { endLinks } from '../sign-in/links.ts';
import { hashPassword, storePassword } from '../sign-in/passwords.ts';
import { endSessions } from '../sign-in/sessions.ts';
import { toBase32 } from '../sign-in/totp.ts';

/** What only the command line does: whoever reaches it holds the database anyway. The password is made here and shown once. */
export async function addPersonByCommand(ctx: Ctx, { name, email, role }: { name: string; email: string; role: Role }): Promise<string> {
  const id = newId(ctx.now.getTime());
  await insertPerson(ctx.db, id, { name, email, roles: [role], siteId: null, languages: ['de'], locale: 'de' }, ctx.now);
  const teamId = await defaultTeamId(ctx.db);
  if (teamId) await setTeamsOf(ctx.db, id, [teamId]);
  ctx.emit('workspace.rights_changed', { personId: id });
  if (teamId) ctx.emit('workspace.team_changed', { teamId });
  return newPasswordByCommand(ctx, id);
}

/** A new password that ends every session; for somebody locked out where no mail is sent. */
export async function newPasswordByCommand(ctx: Ctx, personId: string): Promise<string> {
  const password = toBase32(randomBytes(15)).toLowerCase().match(/.{6}/g)?.join('-') ?? '';
  await storePassword(ctx.db, personId, await hashPassword(password), ctx.now);
  await endLinks(ctx.db, personId);
  await endSessions(ctx, personId, { keep: null });
  await audit(ctx, { action: 'workspace.password_set_by_command', object: { kind: 'person', id: personId } });
  return password;
}

export const personByEmail = (ctx: Ctx, email: string): Promise<PersonRow | undefined> => findPersonByEmail(ctx.db, email);
