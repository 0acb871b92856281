import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { retimeWaits, waitingIds } from '../../conversations/index.ts';
import { followSolutions, keptCases } from './solution-clocks.ts';

export const recomputeJob = 'routing.recompute_dues';

/** As many waits as one transaction looks at, and so many transactions side by side: beside them everybody goes on working. */
const atOnce = 1_000;
const sideBySide = 2;

/** Computes the due time of everybody who waits anew, and of every solution. What has not moved is not written, so it may come late and twice. */
export async function recompute(work: JobWork): Promise<void> {
  const lots = inLots(await waitingIds(work.reading.db)).values();
  const moved = await Promise.all(Array.from({ length: sideBySide }, () => retimeLots(work, lots)));
  let all = moved.reduce((a, b) => a + b);
  for (const lot of inLots(await keptCases(work.reading.db)))
    all += (await work.transaction((ctx) => followSolutions(ctx, lot, null))).moved;
  if (all > 0) await work.transaction(async (ctx) => ctx.emit('routing.dues_recomputed', { moved: all }));
}

const inLots = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, n) => ids.slice(n * atOnce, (n + 1) * atOnce));

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
