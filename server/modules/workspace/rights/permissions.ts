import { notes, rights, roles, scopeOf } from '../../../../contract/permissions.ts';

/** The permission table as the administration page shows it. */
export function permissionTable() {
  return {
    roles: [...roles],
    rights: rights.map((right) => ({
      right,
      scopes: Object.fromEntries(roles.map((role) => [role, scopeOf(role, right)]).filter(([, scope]) => scope !== '–')) as Record<
        string,
        string
      >,
      note: notes[right] ?? null,
    })),
  };
}
