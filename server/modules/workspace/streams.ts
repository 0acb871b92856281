import { type Actor, mayAtAll, scopes, teamsWithin } from '../../platform/actor.ts';
import type { Event } from '../../platform/events/event.ts';

/** What somebody hears from the start: the company, themselves, and the teams whose cases they read. */
export function streams(actor: Actor): string[] {
  if (actor.id === null) return [];
  const heard = [`person:${actor.id}`];
  if (mayAtAll(actor, 'see_people')) heard.push('workspace');
  const teams = teamsWithin(actor, 'read_case');
  const suffix = seesMaskedOnly(actor) ? ':masked' : '';
  for (const team of teams === 'all' ? actor.teamIds : teams) heard.push(`team:${team}${suffix}`);
  return heard;
}

/** Whether every scope the actor has for reading cases is M: own work, with personal data masked. */
function seesMaskedOnly(actor: Actor): boolean {
  const held = scopes(actor, 'read_case');
  return held.size > 0 && [...held].every((scope) => scope === 'M');
}

/** Whose rights an event changes; their sockets are checked again before anything later reaches them. */
export function rightsChanged(event: Event): string[] {
  return event.type === 'workspace.rights_changed' ? [(event.data as { personId: string }).personId] : [];
}
