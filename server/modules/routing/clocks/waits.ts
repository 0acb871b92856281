import type { WaitForAnswer } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type AnsweredWait, clockOf, loadConversation, waitsOf } from '../../conversations/index.ts';
import { routingRules } from '../rules.ts';
import { dueOf } from './dues.ts';

/** How long a customer waited for each answer, with what was due when; computed from the messages, not from what was stored. */
export async function waitsOfConversation(ctx: Ctx, { id }: { id: string }): Promise<{ items: WaitForAnswer[] }> {
  const row = await loadConversation(ctx, id);
  const rules = await routingRules(ctx);
  return {
    items: (await waitsOf(ctx.db, row)).map((wait) =>
      present(wait, dueOf(rules, { ...row, ...wait }, wait.answeredAt ?? ctx.now), ctx.now),
    ),
  };
}

function present({ since, isFirst, answeredAt }: AnsweredWait, due: ReturnType<typeof dueOf>, now: Date): WaitForAnswer {
  return {
    clock: clockOf(isFirst),
    since: since.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    due: due && {
      at: due.at.toISOString(),
      nearAt: due.warnAt.toISOString(),
      level: due.level.name,
      hours: due.level.hours,
      minutes: due.minutes,
    },
    isLate: due !== null && (answeredAt ?? now) > due.at,
  };
}
