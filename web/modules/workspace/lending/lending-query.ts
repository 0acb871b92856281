import { call } from '../../../platform/api/call.ts';
import { on } from '../api.ts';

/** Asked again now and then: help ends by itself, and another lead may have ended it. */
export const lentQuery = { queryKey: ['workspace', 'helpers'], queryFn: () => call(on.listHelpers, {}), refetchInterval: 30_000 };
