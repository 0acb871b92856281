import { routingEndpoints as on } from '../../../contract/routing.ts';
import type { LateCause } from '../../../contract/routing.ts';
import { call } from '../../platform/api/call.ts';
import { usePages } from '../../platform/pages.tsx';

export { on };
export const levelsKey = ['routing', 'service-levels'];
export const levelsQuery = { queryKey: levelsKey, queryFn: () => call(on.serviceLevels, {}) };
export const standingQuery = { queryKey: ['routing', 'standing'], queryFn: () => call(on.standing, {}), refetchInterval: 5_000 };
export const queuesQuery = { queryKey: ['routing', 'queues'], queryFn: () => call(on.queues, {}), staleTime: 10 * 60_000 };
/** Asked anew when somebody has taken it anew. */
export const whyMineQuery = (conversationId: string, since: string) => ({
  queryKey: ['routing', 'why-mine', conversationId, since],
  queryFn: () => call(on.whyMine, { id: conversationId }),
});
export const solutionsKey = ['routing', 'solution'];
/** Asked anew when the case has changed. */
export const solutionQuery = (caseId: string, version: number) => ({
  queryKey: [...solutionsKey, caseId, version],
  queryFn: () => call(on.solutionClock, { id: caseId }),
});
/** Asked anew when the conversation has changed. */
export const waitsQuery = (conversationId: string, version: number) => ({
  queryKey: ['routing', 'waits', conversationId, version],
  queryFn: () => call(on.waits, { id: conversationId }),
});
export const figuresQuery = (week?: string) => ({
  queryKey: ['routing', 'figures', week ?? null],
  queryFn: () => call(on.serviceFigures, { ...(week && { week }) }),
});
export const useLate = (cause?: LateCause) =>
  usePages(['routing', 'late', cause ?? null], (paging) => call(on.lateAnswers, { ...paging, ...(cause && { cause }) }), {
    refetchInterval: 30_000,
  });
