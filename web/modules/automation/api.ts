import { automationEndpoints as on } from '../../../contract/automation.ts';
import { call } from '../../platform/api/call.ts';

export { on };
export const rulesQuery = { queryKey: ['automation', 'rules'], queryFn: () => call(on.rules, {}) };
export const versionsQuery = (id: string, version: number) => ({
  queryKey: ['automation', 'versions', id, version],
  queryFn: () => call(on.versions, { id }),
});
/** Read anew whenever somebody opens it. */
export const ruleLogQuery = (id: string) => ({
  queryKey: ['automation', 'log', 'rule', id],
  queryFn: () => call(on.ruleLog, { id }),
  gcTime: 0,
});
export const conversationLogQuery = (id: string, version: number) => ({
  queryKey: ['automation', 'log', 'conversation', id, version],
  queryFn: () => call(on.conversationLog, { id }),
});
export const macrosQuery = { queryKey: ['automation', 'macros'], queryFn: () => call(on.macros, {}), staleTime: 10 * 60_000 };
