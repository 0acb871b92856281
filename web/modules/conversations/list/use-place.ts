import { useEffect, useMemo, useState } from 'react';
import { type Place, placeOf } from './place.ts';
import type { useConversationList } from './use-conversation-list.ts';
import { useCounters } from './views/use-views.ts';

/** So many rows before the end of what was read, more of the list is fetched: whoever steps on finds the next one there. */
const ahead = 10;

export interface Standing extends Place {
  /** How many the list holds, as far as anybody counted. */
  total: number;
  /** There are more than were counted. */
  isMore: boolean;
}

/** The place of the open conversation in the list one came from, also while that list is not on screen. */
export function usePlace(viewId: string, list: ReturnType<typeof useConversationList>, openId: string | null): Standing {
  const { counters, atLeast } = useCounters();
  const { ids } = list;
  const index = openId === null ? -1 : ids.indexOf(openId);
  const [last, setLast] = useState({ viewId, openId, index });
  const isSame = last.viewId === viewId && last.openId === openId;
  if (!isSame || (index >= 0 && index !== last.index)) setLast({ viewId, openId, index });
  const isNearEnd = index >= 0 && index >= ids.length - ahead;
  const { hasMore, more } = list;
  useEffect(() => {
    if (isNearEnd && hasMore) void more();
  }, [isNearEnd, hasMore, more]);
  const key = viewId.replace(/^team-/, 'team:');
  const counted = Math.max(counters[key] ?? 0, ids.length);
  const { position, previous, next } = placeOf(ids, openId, isSame ? last.index : index);
  const total = hasMore ? counted : ids.length;
  const isMore = hasMore && (counted === ids.length || atLeast.includes(key));
  return useMemo(() => ({ position, previous, next, total, isMore }), [position, previous, next, total, isMore]);
}
