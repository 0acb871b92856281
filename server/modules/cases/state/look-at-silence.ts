import type { Ctx } from '../../../platform/context.ts';
import { addSystemLine, changeState } from '../../conversations/index.ts';
import { factsOf } from '../facts.ts';
import { findCases } from '../queries/cases.ts';
import { linksOf, noteStates, owingCases, setSilence, takeSilent } from '../queries/links.ts';
import { dayMilliseconds, silenceDays, silenceLook } from './kase.ts';
import { lockConversation } from './lock-conversation.ts';
import { settleCases } from './settle.ts';

/**
 * Says after three and seven days that a customer does not answer, so that whoever is responsible asks again, and lets the matter rest after fourteen,
 * unless we owe them something: then they wait for us, and it is looked at again the next day. Reminders keep their distance also when nothing ran
 * for a while.
 */
export async function lookAtSilence(ctx: Ctx, limit: number): Promise<number> {
  const silent = await takeSilent(ctx.db, ctx.now, limit);
  if (silent.length === 0) return 0;
  const caseIds = [...new Set(silent.map((row) => row.caseId))];
  const owing = await owingCases(ctx.db, caseIds);
  const cases = new Map((await findCases(ctx.db, caseIds)).map((row) => [row.id, row]));
  const links = Map.groupBy(await linksOf(ctx.db, caseIds), (link) => link.caseId);
  const rested: string[] = [];
  for (const { conversationId, caseId, stateAt, reminders } of silent) {
    const kase = cases.get(caseId);
    if (!kase) continue;
    const conversation = await lockConversation(ctx, conversationId);
    // What happened to it may not have been told here yet.
    if (conversation.state !== 'waiting_customer') {
      await setSilence(ctx.db, conversationId, 0, null);
      continue;
    }
    if (reminders < silenceDays.length - 1) {
      const facts = factsOf(kase, links.get(caseId) ?? []);
      ctx.emit('cases.reminder_due', { ...facts, conversationId, nth: reminders + 1 }, caseId);
      const soonest = ctx.now.getTime() + silenceDays[0] * dayMilliseconds;
      const next = new Date(Math.max(silenceLook(stateAt, reminders + 1).getTime(), soonest));
      await setSilence(ctx.db, conversationId, reminders + 1, next);
      const data = { since: stateAt.toISOString(), next: next.toISOString() };
      const isLast = reminders + 1 === silenceDays.length - 1;
      await addSystemLine(ctx, conversationId, isLast ? { code: 'cases.silent_and_rests', data } : { code: 'cases.silent', data });
      continue;
    }
    if (owing.has(caseId)) {
      await setSilence(ctx.db, conversationId, reminders, new Date(ctx.now.getTime() + dayMilliseconds));
      continue;
    }
    const ended = await changeState(ctx, conversation, 'silence');
    await noteStates(ctx.db, [ended], ctx.now);
    rested.push(caseId);
  }
  await settleCases(ctx, rested);
  return silent.length;
}
