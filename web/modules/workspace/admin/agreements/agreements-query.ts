import { call } from '../../../../platform/api/call.ts';
import { on } from '../../api.ts';

export const agreementsKey = ['workspace', 'agreements'];
export const agreementsQuery = { queryKey: agreementsKey, queryFn: () => call(on.listAgreements, {}) };
