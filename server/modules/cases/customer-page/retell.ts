import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { addSystemLine } from '../../conversations/index.ts';
import { loadFacts } from '../facts.ts';
import { lockCases } from '../queries/cases.ts';
import { openPage } from './page.ts';
import { insertRetelling, isRetold } from './queries.ts';
import { daySeconds } from './show.ts';

/** Records that the customer had to tell it again: with the concern, and of no person. Once a day, however often the button is pressed. */
export async function retell(ctx: Ctx, { link }: { link: string }): Promise<{ done: true }> {
  const { kase, conversation, conversationIds } = await openPage(ctx, link);
  await lockCases(ctx.db, [kase.id]);
  if (await isRetold(ctx.db, conversationIds, new Date(ctx.now.getTime() - daySeconds * 1_000))) return { done: true };
  await insertRetelling(ctx.db, { id: newId(ctx.now.getTime()), conversationId: conversation.id, at: ctx.now });
  await addSystemLine(ctx, conversation.id, { code: 'cases.retold', data: {} });
  ctx.emit('cases.retold', { ...(await loadFacts(ctx, kase)), conversationId: conversation.id }, kase.id);
  return { done: true };
}
