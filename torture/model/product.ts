import { holderAt, holdsFence, isContested, nextState } from '../../server/modules/conversations/conversation.ts';
import type { Bounds, Rules } from './world.ts';

/** The product's own rules, not a copy of them; but for what its statements compare, which stands in SQL (`claims/claim.ts`, `claims/heartbeat.ts`). */
export const productRules: Rules = {
  nextState,
  holderAt,
  holdsFence,
  isContested,
  mayWrite: (had, { by, at, from }) => had.by === null || had.until <= at || had.by === by || had.by === from,
  lasting: (had, until) => Math.max(had, until),
};

/** What `npm test` explores, and what `npm run torture` does. */
export const smallBounds: Bounds = { requests: 1, slowest: 1, lease: 1 };
export const largeBounds: Bounds = { requests: 1, slowest: 2, lease: 1 };
