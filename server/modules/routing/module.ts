import type { Ctx } from '../../platform/context.ts';
import { on } from '../../platform/events/subscribers.ts';
import { whenDue } from '../../platform/jobs/ticks.ts';
import type { Module } from '../../platform/module.ts';
import { dueAlarms, provideClosedQueues, provideRouting } from '../conversations/index.ts';
import { provideNews } from '../workspace/index.ts';
import { audiences } from './audiences.ts';
import { recompute, recomputeJob } from './clocks/recompute.ts';
import { keepSolutions, sweepSolutions } from './clocks/keep-solutions.ts';
import { dueSolutions } from './clocks/solution-clocks.ts';
import { atOnce, ring, ringSolutions } from './clocks/ring.ts';
import { findNearDue, findOverdue, findSolutionNearDue, findSolutionOverdue, tellDue, tellSolution } from './clocks/tell.ts';
import { closedToActor } from './eligibility/closed.ts';
import { fail } from './errors.ts';
import { computeWeek } from './figures/compute.ts';
import { noteLeft, sweepLeft } from './figures/left.ts';
import { sweepWaits } from './figures/waits.ts';
import { routingHealth } from './health.ts';
import { sweepLate } from './late/late.ts';
import { noteLate } from './late/note-late.ts';
import { giveOut } from './offers/give-out.ts';
import { sweepOffers, toGiveOut } from './offers/queries.ts';
import { findOffer, tellOffer } from './offers/tell.ts';
import { requeue } from './queues/requeue.ts';
import { routes } from './routes.ts';
import { routingNow, routingRules } from './rules.ts';

// When an answer is due, and who can give it, is asked where conversations are written and given out.
provideRouting(routingNow);
provideClosedQueues(closedToActor);
provideNews('near_due', findNearDue);
provideNews('overdue', findOverdue);
provideNews('solution_near_due', findSolutionNearDue);
provideNews('solution_overdue', findSolutionOverdue);
provideNews('offered', findOffer);

/** Teams change often, a name or a member at a time, and seldom their site: however often, it is looked at once in a few seconds. */
const recomputeSoon = (ctx: Ctx) => ctx.enqueue(recomputeJob, {}, { singletonKey: recomputeJob, startAfterSeconds: 5 });

export const module: Module = {
  name: 'routing',
  routes,
  errors: fail.catalogue,
  audiences,
  heard: routingRules.forget,
  subscribers: [
    tellDue,
    keepSolutions,
    tellSolution,
    noteLate,
    tellOffer,
    on('routing.service_levels_changed', 'routing.recompute', (ctx, { data }) => {
      const startAfterSeconds = Math.max(0, Math.ceil((Date.parse(data.validFrom) - ctx.now.getTime()) / 1_000));
      return ctx.enqueue(recomputeJob, {}, { startAfterSeconds });
    }),
    on('routing.queues_changed', 'routing.follow_queues', recomputeSoon),
    on('cases.topic_changed', 'routing.follow_topics', recomputeSoon),
    requeue,
    on('workspace.hours_changed', 'routing.follow_hours', recomputeSoon),
    on('workspace.site_changed', 'routing.follow_sites', recomputeSoon),
    on('workspace.team_changed', 'routing.follow_teams', recomputeSoon),
  ],
  health: routingHealth,
  jobs: [
    { name: recomputeJob, cron: '35 3 * * *', run: recompute },
    {
      name: 'routing.sweep_offers',
      cron: '40 3 * * *',
      run: (work) => work.transaction(async (ctx) => void (await sweepOffers(ctx.db, new Date(ctx.now.getTime() - 24 * 3_600_000)))),
    },
    // Each night, so that a week is written down even when nothing ran on its Monday.
    { name: 'routing.compute_week', cron: '50 3 * * *', run: computeWeek },
    { name: 'routing.sweep_solutions', cron: '55 3 * * *', run: (work) => work.transaction(sweepSolutions) },
    { name: 'routing.sweep_waits', cron: '5 4 * * *', run: (work) => work.transaction(sweepWaits) },
    { name: 'routing.sweep_left', cron: '10 4 * * *', run: (work) => work.transaction(sweepLeft) },
    { name: 'routing.sweep_late', cron: '45 3 * * *', run: (work) => work.transaction(sweepLate) },
  ],
  // Twice a second, so that it rings within the second in which it is due.
  ticks: [
    whenDue({
      name: 'routing.ring',
      everySeconds: 0.5,
      due: dueAlarms,
      async run(work) {
        while ((await work.transaction(ring)) >= atOnce);
      },
    }),
    whenDue({
      name: 'routing.ring_solutions',
      everySeconds: 0.5,
      due: dueSolutions,
      async run(work) {
        while ((await work.transaction(ringSolutions)) >= atOnce);
      },
    }),
    { name: 'routing.note_left', everySeconds: 20, run: (work) => work.transaction(noteLeft) },
    whenDue({ name: 'routing.give_out', everySeconds: 1, due: toGiveOut, run: (work) => work.transaction(giveOut) }),
  ],
};
