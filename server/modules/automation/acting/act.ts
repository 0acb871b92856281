import type { ActionResult, AutomationAction } from '../../../../contract/automation.ts';
import { priority } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { DomainError } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { changeCase, loadCase } from '../../cases/index.ts';
import { addNote, changeConversation, loadConversation, priorityName } from '../../conversations/index.ts';
import { fail } from '../errors.ts';
import { changes } from '../matching/match.ts';

/** More than that on one conversation says nothing any more. */
const mostTags = 30;

/** One step in a conversation, by the doors that people use, so that the rights of whoever acts, and what follows, are the same. */
export async function act(ctx: Ctx, id: string, action: AutomationAction): Promise<'done' | 'already'> {
  const row = await loadConversation(ctx, id, { lock: true });
  const kase = action.kind === 'set_topic' && row.caseId ? (await loadCase(ctx, row.caseId, { lock: true })).kase : null;
  const now = { priority: priorityName(row.priority), tags: row.tags, teamId: row.teamId, topicIds: kase?.topicId ? [kase.topicId] : [] };
  if (!changes(action, now)) return 'already';
  const { kind, value } = action;
  switch (kind) {
    case 'set_priority':
      await changeConversation(ctx, { id, priority: priority.parse(value) });
      break;
    case 'add_tag':
      if (row.tags.length >= mostTags) throw fail('automation.too_many_tags', { most: mostTags });
      await changeConversation(ctx, { id, tags: [...row.tags, value] });
      break;
    case 'remove_tag':
      await changeConversation(ctx, { id, tags: row.tags.filter((tag) => tag !== value) });
      break;
    case 'set_topic':
      if (!kase) throw fail('automation.no_case');
      await changeCase(ctx, { id: kase.id, version: kase.version, topicId: value });
      break;
    case 'assign_team':
      await changeConversation(ctx, { id, teamId: value });
      break;
    case 'add_note':
      await addNote(ctx, { id, noteId: newId(ctx.now.getTime()), text: value, mentions: [], attachmentIds: [] });
      break;
  }
  return 'done';
}

/** All steps in their order; one that is refused does not keep the others from being done. Each refuses before it has written anything. */
export async function actAll(ctx: Ctx, id: string, actions: readonly AutomationAction[]): Promise<ActionResult[]> {
  const results: ActionResult[] = [];
  for (const action of actions) {
    try {
      results.push({ ...action, result: await act(ctx, id, action), code: null });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      results.push({ ...action, result: 'refused', code: error.code });
    }
  }
  return results;
}
