import type { Role } from '../../../contract/permissions.ts';
import type { Actor } from '../../platform/actor.ts';
import { fail } from './errors.ts';

/** The person who acts; tokens have no password, no preferences and no presence. */
export function personOf(actor: Actor): string {
  if (actor.kind !== 'person' || !actor.id) throw fail('workspace.people_only');
  return actor.id;
}

/** Nobody makes more of themselves, except who could do everything already. */
export function mayGiveRoles(actor: Actor, personId: string, had: readonly Role[], wanted: readonly Role[]): boolean {
  if (actor.id !== personId || actor.roles.includes('admin')) return true;
  return wanted.every((role) => had.includes(role));
}

/** Whether a change takes away an administrator who counted until now. */
export function losesAdmin(
  before: { active: boolean; roles: readonly Role[] },
  after: { active: boolean; roles: readonly Role[] },
): boolean {
  return before.active && before.roles.includes('admin') && !(after.active && after.roles.includes('admin'));
}
