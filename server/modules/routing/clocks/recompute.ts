import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { retimeWaits, waitingIds } from '../../conversations/index.ts';

export const recomputeJob = 'routing.recompute_dues';

/** As many waits as one transaction looks at, and so many transactions side by side: beside them everybody goes on working. */
const atOnce = 1_000;
const sideBySide = 2;

/** Computes the due time of everybody who waits anew. What has not moved is not written, so it may come late and twice. */
export async function recompute(work: JobWork): Promise<void> {
  const ids = await waitingIds(work.reading.db);
  const lots = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, n) => ids.slice(n * atOnce, (n + 1) * atOnce)).values();
  const moved = await Promise.all(Array.from({ length: sideBySide }, () => retimeLots(work, lots)));
  const all = moved.reduce((a, b) => a + b);
  if (all > 0) await work.transaction(async (ctx) => ctx.emit('routing.dues_recomputed', { moved: all }));
}

async function retimeLots(work: JobWork, lots: Iterable<string[]>): Promise<number> {
  let all = 0;
  for (const lot of lots)
    for (let isOvertaken = true; isOvertaken; ) {
      const looked = await work.transaction((ctx) => retimeWaits(ctx, lot));
      all += looked.moved;
      isOvertaken = looked.isOvertaken;
    }
  return all;
}
