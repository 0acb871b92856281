import { type Actor, mayAtAll, scopes, teamsWithin } from '../../platform/actor.ts';
import type { Event } from '../../platform/events/event.ts';

/** What somebody hears from the start: themselves, the company, the colleagues, and the teams whose cases they read. */
export function streams(actor: Actor): string[] {
  if (actor.id === null || actor.kind === 'customer') return [];
  const heard = [`person:${actor.id}`, 'workspace'];
  if (mayAtAll(actor, 'see_people')) heard.push('people');
  if (mayAtAll(actor, 'manage_workspace')) heard.push('administration');
  const suffix = seesMaskedOnly(actor) ? ':masked' : '';
  // What comes to somebody as an assignee, a holder, a reader by grant: nothing of a customer's reaches those who read no cases.
  if (mayAtAll(actor, 'read_case')) heard.push(`work:${actor.id}${suffix}`);
  for (const team of teamsRead(actor)) heard.push(`team:${team}${suffix}`);
  for (const team of teamsWithPresence(actor)) heard.push(`presence:${team}`);
  return heard;
}

/** Whose rights an event changes; their sockets are checked again before anything later reaches them. */
export function rightsChanged(event: Event): string[] {
  if (event.type === 'workspace.rights_changed' || event.type === 'workspace.person_deactivated') return idsIn(event, 'personId');
  if (event.type === 'workspace.sessions_ended') return idsIn(event, 'personId');
  return event.type === 'workspace.token_revoked' ? idsIn(event, 'tokenId') : [];
}

/** The teams whose presence somebody sees. */
export function teamsWithPresence(actor: Actor): readonly string[] {
  const held = scopes(actor, 'see_presence');
  return held.has('T') ? [...new Set([...actor.teamIds, ...actor.ledTeamIds])] : [];
}

function teamsRead(actor: Actor): readonly string[] {
  const teams = teamsWithin(actor, 'read_case');
  return teams === 'all' ? actor.teamIds : teams;
}

/** Whether every scope the actor has for reading cases is M: own work, with personal data masked. */
function seesMaskedOnly(actor: Actor): boolean {
  const held = scopes(actor, 'read_case');
  return held.has('M') && !['O', 'R', 'T', 'A'].some((scope) => held.has(scope as 'O'));
}

function idsIn(event: Event, field: string): string[] {
  const id = (event.data as Record<string, unknown>)[field];
  return typeof id === 'string' ? [id] : [];
}
