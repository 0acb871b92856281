import { useQuery } from '@tanstack/react-query';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { call } from '../../../platform/api/call.ts';

/** What this person told already and is owed. Reads through the contract, because the room of cases lies above this one. */
export const useKnown = (customerId: string) =>
  useQuery({ queryKey: ['customers', customerId, 'known'], queryFn: () => call(caseEndpoints.knownOfCustomer, { id: customerId }) });
