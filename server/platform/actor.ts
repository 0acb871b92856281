import { type Right, type Role, type Scope, scopesOf } from '../../contract/permissions.ts';

/** Who acts. Plain data, made by `workspace` for people and tokens, by the platform for itself. */
export interface Actor {
  readonly kind: 'person' | 'token' | 'customer' | 'system';
  /** Person, token or customer id; null for the system. */
  readonly id: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Teams whose waiting work is the actor's own. */
  readonly teamIds: readonly string[];
  /** Teams the actor leads or that belong to the led site: scope T. */
  readonly ledTeamIds: readonly string[];
  readonly siteId: string | null;
  readonly skills: readonly string[];
  readonly sessionId: string | null;
}

/** Somebody not signed in: no right, no team, no site. */
export const nobody: Actor = {
  kind: 'customer',
  id: null,
  name: '',
  roles: [],
  teamIds: [],
  ledTeamIds: [],
  siteId: null,
  skills: [],
  sessionId: null,
};

export const system: Actor = { ...nobody, kind: 'system', name: 'Nahbar' };

/**
 * Whether the actor may use a right alone, in any scope; the system may do everything. Scope F needs a second person and so is not
 * enough: a room that asks for that person opens its route to everybody signed in and looks at `scopes` itself.
 */
export const mayAtAll = (actor: Actor, right: Right): boolean => [...scopes(actor, right)].some((scope) => scope !== 'F');

/** The scopes an actor has for a right. */
export const scopes = (actor: Actor, right: Right): Set<Scope> =>
  actor.kind === 'system' ? new Set<Scope>(['A']) : scopesOf(actor.roles, right);

/** Teams whose conversations the actor sees through `right`: own teams with O or R, led teams with T; 'all' with A. */
export function teamsWithin(actor: Actor, right: Right): readonly string[] | 'all' {
  const held = scopes(actor, right);
  if (held.has('A')) return 'all';
  const teams = new Set<string>();
  if (held.has('O') || held.has('R') || held.has('M') || held.has('D')) for (const team of actor.teamIds) teams.add(team);
  if (held.has('T')) for (const team of [...actor.teamIds, ...actor.ledTeamIds]) teams.add(team);
  return [...teams];
}
