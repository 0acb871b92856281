import { type Actor, mayAtAll, scopes } from '../../platform/actor.ts';

/** The teams whose snippets somebody sees beside everybody's; 'all' for whoever edits all. */
export const teamsSeen = (actor: Actor): readonly string[] | 'all' =>
  scopes(actor, 'edit_snippets').has('A') ? 'all' : [...new Set([...actor.teamIds, ...actor.ledTeamIds])];

/** Leads write for their teams; what everybody uses is for those who answer for all of it. */
export function mayEdit(actor: Actor, teamId: string | null): boolean {
  const held = scopes(actor, 'edit_snippets');
  return held.has('A') || (held.has('T') && teamId !== null && actor.ledTeamIds.includes(teamId));
}

const everybodys = 'snippets';
/** Whoever edits all of them hears all of them. */
const editors = 'snippets:all';

/** Who hears of a snippet that is a team's, or everybody's. */
export const streamsOf = (teamId: string | null): string[] => (teamId === null ? [everybodys] : [`snippets:${teamId}`, editors]);

export function streams(actor: Actor): string[] {
  if (actor.id === null || !mayAtAll(actor, 'use_snippets')) return [];
  const teams = teamsSeen(actor);
  return [everybodys, ...(teams === 'all' ? [editors] : teams.map((team) => `snippets:${team}`))];
}
