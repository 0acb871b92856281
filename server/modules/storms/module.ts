import { on } from '../../platform/events/subscribers.ts';
import type { Module } from '../../platform/module.ts';
import { provideRestingQueues } from '../conversations/index.ts';
import { proposeStorms } from './alarm/propose.ts';
import { audiences } from './audiences.ts';
import { liveStorms } from './declaring/live-storms.ts';
import { fail } from './errors.ts';
import { eraseMentions, followMerged, gather, gatherBack } from './mentions/gather.ts';
import { routes } from './routes.ts';

// What rests while a storm is on is asked where work is given out.
provideRestingQueues(async (ctx) => [...new Set((await liveStorms(ctx)).flatMap(({ restingQueueIds }) => restingQueueIds))].toSorted());

export const module: Module = {
  name: 'storms',
  routes,
  errors: fail.catalogue,
  audiences,
  heard: liveStorms.forget,
  ticks: [{ name: 'storms.propose', everySeconds: 60, run: (work) => work.transaction(proposeStorms) }],
  subscribers: [
    gather,
    followMerged,
    eraseMentions,
    on('storms.declared', 'storms.gather_back', (ctx, { data }) => gatherBack(ctx, data.stormId)),
    on('storms.changed', 'storms.gather_anew', (ctx, { data }) => gatherBack(ctx, data.stormId)),
  ],
};
