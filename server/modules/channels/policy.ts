import { type Actor, scopes, teamsWithin } from '../../platform/actor.ts';

/** Whether the actor may say that something unreadable of this account is dealt with: leads for what reaches their teams. */
export function mayDismiss(actor: Actor, teamId: string | null): boolean {
  const teams = teamsWithin(actor, 'see_health');
  return teams === 'all' || teamId === null || teams.includes(teamId);
}

/**
 * Whether the actor may read what reaches an account: whoever may read its team's work. An account without a team feeds the first team's queue, so
 * its raw deliveries are for leads. Administrators see facts, never contents (DP-11).
 */
export function mayReadContent(actor: Actor, teamId: string | null): boolean {
  const held = scopes(actor, 'read_case');
  if (held.has('A')) return true;
  // Learners see masked data, field advisers their own visits: raw mail is neither.
  if (!held.has('R') && !held.has('T') && !held.has('O')) return false;
  const teams = teamsWithin(actor, 'read_case');
  if (teams === 'all') return true;
  return teamId === null ? held.has('T') : teams.includes(teamId);
}
