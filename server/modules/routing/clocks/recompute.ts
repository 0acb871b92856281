import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { retimeWaits } from '../../conversations/index.ts';

export const recomputeJob = 'routing.recompute_dues';

/** As many waits as one transaction looks at. */
const atOnce = 1_000;

/** Computes the due time of everybody who waits anew. What has not moved is not written, so it may come late and twice. */
export async function recompute(work: JobWork): Promise<void> {
  let moved = 0;
  for (let after: string | null = null; ; ) {
    const looked = await work.transaction((ctx) => retimeWaits(ctx, after, atOnce));
    moved += looked.moved;
    after = looked.lastId;
    if (looked.seen < atOnce) break;
  }
  if (moved > 0) await work.transaction(async (ctx) => ctx.emit('routing.dues_recomputed', { moved }));
}
