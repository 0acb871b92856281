import { type Role, roles } from '../../../../contract/permissions.ts';

export type PersonRole = Exclude<Role, 'customer'>;

/** Roles somebody who works here can hold. */
export const personRoles = roles.filter((role): role is PersonRole => role !== 'customer');
