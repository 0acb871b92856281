import type { Ctx } from '../../platform/context.ts';
import { namedUntil } from '../../platform/events/forget-who.ts';
import type { Job, JobWork } from '../../platform/jobs/jobs.ts';
import { type Tick, whenDue } from '../../platform/jobs/ticks.ts';
import { dueCommitments } from './commitments/queries.ts';
import { ringCommitments } from './commitments/ring-commitments.ts';
import { forgetOldCodes } from './customer-page/forget.ts';
import { eraseCases, eraseDueStatements } from './data-rights/erasure.ts';
import { eraseJob, followJob, followRestriction, restrictLate } from './data-rights/restriction.ts';
import { timeOutHandover } from './handovers/answer-handover.ts';
import { expiredHandovers, takeExpired } from './handovers/queries.ts';
import { blurHandling } from './queries/links.ts';
import { closeRestedCases } from './state/close-cases.ts';
import { lookAtSilence } from './state/look-at-silence.ts';

/** As many as one transaction takes; when it was full, the next follows at once. */
export const atOnce = 100;

export const jobs: readonly Job[] = [
  { name: followJob, run: (work, data) => work.transaction((ctx) => followRestriction(ctx, String(data['customerId']))) },
  { name: eraseJob, run: (work, data) => eraseCases(work, String(data['customerId'])) },
  { name: 'cases.erase_due', cron: '50 3 * * *', run: eraseDueStatements },
  { name: 'cases.blur_handling', cron: '20 4 * * *', run: blur },
  { name: 'cases.forget_codes', cron: '10 4 * * *', run: forgetCodes },
];

/** Twice a second, so that a promise rings, and breaks, within the second in which it was due. */
export const ticks: readonly Tick[] = [
  whenDue({ name: 'cases.ring_commitments', everySeconds: 0.5, due: dueCommitments, run: untilEmpty(ringCommitments) }),
  whenDue({ name: 'cases.time_out_handovers', everySeconds: 1, due: expiredHandovers, run: untilEmpty(timeOutHandovers) }),
  { name: 'cases.look_at_silence', everySeconds: 60, run: untilEmpty(lookAtSilence) },
  { name: 'cases.restrict_late', everySeconds: 60, run: restrictLate },
  { name: 'cases.close_rested', everySeconds: 300, run: untilEmpty(closeRestedCases) },
];

async function forgetCodes(work: JobWork): Promise<void> {
  while ((await work.transaction(forgetOldCodes)) > 0);
}

async function blur({ reading }: JobWork): Promise<void> {
  await blurHandling(reading.db, namedUntil(reading.now));
}

async function timeOutHandovers(ctx: Ctx, limit: number): Promise<number> {
  const ids = await takeExpired(ctx.db, ctx.now, limit);
  for (const id of ids) await timeOutHandover(ctx, id);
  return ids.length;
}

function untilEmpty(step: (ctx: Ctx, limit: number) => Promise<number>): (work: JobWork) => Promise<void> {
  return async (work) => {
    while ((await work.transaction((ctx) => step(ctx, atOnce))) === atOnce);
  };
}
