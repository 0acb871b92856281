import type { Ctx } from '../../../platform/context.ts';
import { clockOf, factsOfConversation, takeAlarms } from '../../conversations/index.ts';

const atOnce = 100;

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
