import type { ActionResult, automationEndpoints } from '../../../../contract/automation.ts';
import type { ReplyOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { topicsOfCases } from '../../cases/index.ts';
import { conversationFacts, loadConversation, presentConversations, priorityName } from '../../conversations/index.ts';
import { act } from '../acting/act.ts';
import { teamsSeen } from '../policy.ts';
import { findMacro } from './queries.ts';

/** The steps of a macro, as the person who presses the key: all of them, or none. */
export async function applyMacro(
  ctx: Ctx,
  { id, macroId, version }: { id: string; macroId: string; version: number },
): Promise<ReplyOf<typeof automationEndpoints.applyMacro>> {
  const macro = await findMacro(ctx.db, macroId);
  const seen = teamsSeen(ctx.actor);
  if (!macro || !(macro.teamId === null || seen === 'all' || seen.includes(macro.teamId))) throw core('core.not_found');
  // What they saw before they pressed it is what is done.
  if (macro.version !== version) throw core('core.conflict');
  const before = await loadConversation(ctx, id, { right: 'claim', lock: true });
  const topicBefore = before.caseId ? ((await topicsOfCases(ctx.db, [before.caseId])).get(before.caseId) ?? null) : null;
  const actions: ActionResult[] = [];
  for (const action of macro.actions) actions.push({ ...action, result: await act(ctx, id, action), code: null });
  const [shown] = await presentConversations(ctx.db, [...(await conversationFacts(ctx.db, [id])).values()]);
  if (!shown) throw core('core.not_found');
  const did = (...kinds: ActionResult['kind'][]) => actions.some(({ kind, result }) => result === 'done' && kinds.includes(kind));
  return {
    conversation: shown,
    actions,
    undo: {
      ...(did('set_priority') ? { priority: priorityName(before.priority) } : {}),
      ...(did('add_tag', 'remove_tag') ? { tags: before.tags } : {}),
      ...(did('assign_team') && before.teamId ? { teamId: before.teamId } : {}),
      ...(did('set_topic') ? { topicId: topicBefore } : {}),
    },
  };
}
