import type { Ctx } from '../../../platform/context.ts';
import { clockOf, factsOfConversation, takeAlarms } from '../../conversations/index.ts';
import { followSolutions, takeSolutionAlarms } from './solution-clocks.ts';

export const atOnce = 100;

/** Says of up to a hundred waits that they are nearly due, or overdue, in the order in which that came true. Returns how many it looked at. */
export async function ring(ctx: Ctx): Promise<number> {
  const alarms = await takeAlarms(ctx, atOnce);
  for (const { row, isOverdue, at } of alarms)
    ctx.emit(
      isOverdue ? 'routing.answer_overdue' : 'routing.answer_near_due',
      {
        ...factsOfConversation(row),
        clock: clockOf(row.firstAnswerAt === null),
        since: (row.waitingSince ?? at).toISOString(),
        dueAt: (row.dueAt ?? at).toISOString(),
        trueAt: at.toISOString(),
      },
      row.caseId,
    );
  return new Set(alarms.map(({ row }) => row.id)).size;
}

/** The same of solutions. Each clock is read anew before it rings, so that none does whose customer has to answer by now. */
export async function ringSolutions(ctx: Ctx): Promise<number> {
  const taken = await takeSolutionAlarms(ctx.db, ctx.now, atOnce);
  if (taken.length === 0) return 0;
  // Where more are waiting, what comes true after the last of these waits for them.
  const ringsUntil = (taken.length === atOnce && taken.at(-1)?.alarmAt) || ctx.now;
  const { rung } = await followSolutions(
    ctx,
    taken.map(({ caseId }) => caseId),
    ringsUntil,
  );
  for (const { facts, isOverdue, at, startedAt, dueAt } of rung)
    ctx.emit(
      isOverdue ? 'routing.solution_overdue' : 'routing.solution_near_due',
      { ...facts, startedAt: startedAt.toISOString(), dueAt: dueAt.toISOString(), trueAt: at.toISOString() },
      facts.caseId,
    );
  return taken.length;
}
