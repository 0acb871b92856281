import { routingEndpoints as on } from '../../../contract/routing.ts';
import type { BreachClock, LateCause } from '../../../contract/routing.ts';
import { call } from '../../platform/api/call.ts';
import { usePages } from '../../platform/pages.tsx';
import type { Counted } from './figures/counted.ts';

export { on };
export const levelsKey = ['routing', 'service-levels'];
export const levelsQuery = { queryKey: levelsKey, queryFn: () => call(on.serviceLevels, {}) };
export const standingQuery = { queryKey: ['routing', 'standing'], queryFn: () => call(on.standing, {}), refetchInterval: 5_000 };
export const queuesQuery = { queryKey: ['routing', 'queues'], queryFn: () => call(on.queues, {}), staleTime: 10 * 60_000 };
export const unitsQuery = { queryKey: ['routing', 'units'], queryFn: () => call(on.workUnits, {}) };
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
export const useCounted = (asked: Counted) =>
  usePages(['routing', 'counted', asked], (paging) => call(on.countedWaits, { ...paging, ...asked }));
export const useBreaches = (asked: { cause?: LateCause; clock?: BreachClock }) =>
  usePages(['routing', 'late', asked], (paging) => call(on.breaches, { ...paging, ...asked }), { refetchInterval: 30_000 });
