import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { type Ctx, transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import type { RequestFacts } from '../../../platform/module.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { presentMe } from '../people/present-me.ts';
import { insertPerson, nobodyThere } from '../queries/people.ts';
import { storeCompanySettings } from '../queries/settings.ts';
import { insertTeam, setLeads, setMembers } from '../queries/teams.ts';
import { loadActor } from '../rights/actor.ts';
import { hashPassword, refuseCommon, storePassword } from '../sign-in/passwords.ts';
import { beginSession } from '../sign-in/sessions.ts';

/**
 * The first person of an installation. A small company works at once: this person administers, leads the first team and answers
 * in it; later the roles are given to others and taken from here.
 */
export async function setUp(ctx: Ctx, input: ParsedInputOf<typeof workspaceEndpoints.setUp>, request: RequestFacts) {
  // Looked at before the costly hash, and again below under the lock.
  if (!(await nobodyThere(ctx.db))) throw fail('workspace.already_set_up');
  refuseCommon(input.password, [input.name, input.email, input.company]);
  const hash = await hashPassword(input.password);
  return transaction(ctx.platform, ctx.actor, async (own) => {
    // Two first administrators at once: the second waits here and then finds somebody.
    await own.db.query(sql`select pg_advisory_xact_lock(hashtextextended('workspace.set_up', 0))`);
    if (!(await nobodyThere(own.db))) throw fail('workspace.already_set_up');
    const [siteId, teamId, personId] = [newId(own.now.getTime()), newId(own.now.getTime()), newId(own.now.getTime())];
    await storeCompanySettings(own.db, { name: input.company, locale: input.locale });
    const isGerman = input.locale === 'de';
    await own.db.exec(sql`insert into sites (id, name, land, zone, created_at)
      values (${siteId}, ${isGerman ? 'Hauptstandort' : 'Main site'}, ${input.land}, 'Europe/Berlin', ${own.now})`);
    await insertTeam(own.db, { id: teamId, name: isGerman ? 'Kundenservice' : 'Customer service', siteId }, own.now);
    const roles = ['admin', 'lead', 'agent'] as const;
    const person = { name: input.name, email: input.email, roles, siteId, languages: [input.locale], locale: input.locale };
    await insertPerson(own.db, personId, person, own.now);
    await setMembers(own.db, teamId, [personId]);
    await setLeads(own.db, teamId, [personId]);
    await storePassword(own.db, personId, hash, own.now);
    await beginSession(own, request, personId);
    own.emit('workspace.set_up', { personId, siteId, teamId });
    own.emit('workspace.site_changed', { siteId });
    own.emit('workspace.team_changed', { teamId });
    own.emit('workspace.rights_changed', { personId });
    await audit(own, { action: 'workspace.set_up', object: { kind: 'person', id: personId } });
    const actor = await loadActor(own.db, personId, null, own.now);
    if (!actor) throw fail('workspace.already_set_up');
    return presentMe(own.db, actor);
  });
}
