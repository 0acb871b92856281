import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onEvents, queries } from '../../../platform/realtime/live.ts';
import type { FirstStep } from '../../../platform/router/module.ts';
import { modules } from '../frame/modules.ts';

const queryKey = ['workspace', 'first-steps'];
/** News come in crowds; the data are asked once for all of them. */
const pauseMs = 1_000;

export interface StandingStep extends FirstStep {
  room: string;
  /** Null when it could not be found out, as for whoever may not see it. */
  done: boolean | null;
}

const standing = (): Promise<StandingStep[]> =>
  Promise.all(
    modules().flatMap(({ id: room, firstSteps = [] }) =>
      firstSteps.map(async (step) => ({ ...step, room, done: await step.isDone().catch(() => null) })),
    ),
  );

/** What a new company has done and has yet to do, kept true while it is on screen. */
export function useFirstSteps(enabled = true) {
  useEffect(() => {
    if (!enabled) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onEvents(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey });
      }, pauseMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [enabled]);
  return useQuery({ queryKey, queryFn: standing, enabled, staleTime: 0 });
}
