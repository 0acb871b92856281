import { type PersonRole, personRoles } from '../../../../contract/permissions.ts';

export { type PersonRole, personRoles };

export type TokenRole = PersonRole | 'integration';

/** What a token may be allowed; the narrowest that does comes last, because it is for one thing only. */
export const tokenRoles: readonly TokenRole[] = [...personRoles, 'integration'];
