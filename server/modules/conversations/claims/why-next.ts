import type { NextReason } from '../../../../contract/routing.ts';
import type { Sort } from '../list/list.ts';
import type { ConversationRow } from '../rows.ts';

/** What *Next* was asked for: the first in an order, of what is one's own or of what is free and one can do. */
export interface AskedFor {
  sort: Sort;
  isOwn: boolean;
  /** Whether queues were passed over for which they lack a skill. */
  isSkilled: boolean;
}

type Found = Pick<ConversationRow, 'dueAt' | 'waitingSince' | 'lastMessageAt' | 'queueId'> & { server: { id: string } | null };

/** Why this one came first, from what stood there when it was taken and nothing else. */
export function whyNext(found: Found, { sort, isOwn, isSkilled }: AskedFor, me: string, now: Date): NextReason {
  const [because, when] = firstBy(found, sort, now);
  return {
    at: now.toISOString(),
    because,
    among: isOwn ? 'assigned' : isSkilled ? 'able' : 'free',
    when: when?.toISOString() ?? null,
    queueId: found.queueId,
    isServing: found.server?.id === me,
  };
}

function firstBy({ dueAt, waitingSince, lastMessageAt }: Found, sort: Sort, now: Date): [NextReason['because'], Date | null] {
  if (sort === 'due') return dueAt ? [dueAt <= now ? 'overdue' : 'due', dueAt] : ['undated', null];
  if (sort === 'waiting_longest') return waitingSince ? ['waiting', waitingSince] : ['undated', null];
  return sort === 'priority' ? ['priority', null] : [sort, lastMessageAt];
}
