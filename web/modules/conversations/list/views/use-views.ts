import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { View } from '../../../../../contract/conversations.ts';
import { onEvents, queries } from '../../../../platform/realtime/live.ts';
import { fetchCounters, fetchViews } from '../../api.ts';

const countersKey = ['conversations', 'counters'];
const viewsKey = ['conversations', 'views'];

export type Counters = Awaited<ReturnType<typeof fetchCounters>>;
const none: Counters = { counters: {}, atLeast: [] };

/** How many wait in each view, and of which there are more. Read again a moment after anything moved, at most once a second. */
export function useCounters(): Counters {
  const { data } = useQuery({ queryKey: countersKey, queryFn: fetchCounters });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onEvents((events) => {
      if (timer || !events.some(({ type }) => type.startsWith('conversations.'))) return;
      timer = setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: countersKey });
      }, 1000);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return data ?? none;
}

export const useViews = (): readonly View[] => useQuery({ queryKey: viewsKey, queryFn: fetchViews }).data?.items ?? [];
export const refreshViews = (): Promise<void> => queries.invalidateQueries({ queryKey: viewsKey });
