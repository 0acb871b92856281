import { useQuery } from '@tanstack/react-query';
import type { Authentication } from '../../../../contract/customers.ts';
import { call } from '../../../platform/api/call.ts';
import { on } from '../api.ts';

/** How sure we are just now whom we speak to; read again after every event about this customer. */
export const useAuthentication = (id: string): Authentication | undefined =>
  useQuery({ queryKey: ['customers', id, 'authentication'], queryFn: () => call(on.authentication, { id }) }).data;

export const levels = { claimed: 1, two_facts: 2, call_back: 2, login: 3, app_confirmation: 3 } as const satisfies Record<
  NonNullable<Authentication['method']>,
  number
>;
