import { type Actor, scopes } from '../../platform/actor.ts';

/** Leads write rules and try them; what acts by itself on everybody's work is for those who answer for all of it. */
export const maySwitch = (actor: Actor): boolean => scopes(actor, 'manage_automation').has('A');

/** The teams whose macros somebody sees beside everybody's; 'all' for whoever edits all. */
export const teamsSeen = (actor: Actor): readonly string[] | 'all' =>
  scopes(actor, 'edit_macros').has('A') ? 'all' : [...new Set([...actor.teamIds, ...actor.ledTeamIds])];

/** Leads write for their teams; what everybody uses is for those who answer for all of it. */
export function mayEditMacro(actor: Actor, teamId: string | null): boolean {
  const held = scopes(actor, 'edit_macros');
  return held.has('A') || (held.has('T') && teamId !== null && actor.ledTeamIds.includes(teamId));
}
