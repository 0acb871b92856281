import type { ActionResult, AutomationAction } from '../../../../contract/automation.ts';
import { priority } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { DomainError } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { changeCase, loadCase } from '../../cases/index.ts';
import {
  addNote,
  addSystemLine,
  changeConversation,
  type ConversationRow,
  holderAt,
  loadConversation,
  priorityName,
} from '../../conversations/index.ts';
import { teamOf } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { changes } from '../matching/match.ts';

/** More than that on one conversation says nothing any more. */
const mostTags = 30;

/** One step in a conversation, by the doors that people use, so that the rights of whoever acts, and what follows, are the same. */
export async function act(ctx: Ctx, id: string, action: AutomationAction): Promise<'done' | 'already'> {
  const row = await loadConversation(ctx, id, { lock: true });
  const kase = action.kind === 'set_topic' && row.caseId ? (await loadCase(ctx, row.caseId, { lock: true })).kase : null;
  const now = {
    priority: priorityName(row.priority),
    tags: row.tags,
    teamId: row.teamId,
    topicIds: kase?.topicId ? [kase.topicId] : [],
    isSnoozed: row.snoozedUntil !== null && row.snoozedUntil > ctx.now,
  };
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
      await write(ctx, id, value, []);
      break;
    case 'snooze': {
      const until = snoozeEnd(ctx.now, row, Number(value));
      await changeConversation(ctx, { id, snoozedUntil: until.toISOString() });
      await addSystemLine(ctx, id, { code: 'automation.snoozed', data: { until: until.toISOString(), reason: action.reason ?? '' } });
      break;
    }
    case 'tell_lead': {
      const leadIds = (row.teamId ? await teamOf(ctx.db, row.teamId) : undefined)?.lead_ids ?? [];
      if (leadIds.length === 0) throw fail('automation.no_lead');
      // A note that asks them by name: they are told, and it waits for them in the list of their mentions.
      await write(ctx, id, value, leadIds);
      break;
    }
  }
  return 'done';
}

const write = (ctx: Ctx, id: string, text: string, mentions: string[]) =>
  addNote(ctx, { id, noteId: newId(ctx.now.getTime()), text, mentions, attachmentIds: [] });

/** Nothing is put out of sight that somebody works on, nor beyond the moment in which the answer is nearly due. */
function snoozeEnd(now: Date, row: ConversationRow, hours: number): Date {
  if (holderAt(row, now)) throw fail('automation.in_hand');
  const until = new Date(now.getTime() + hours * 3_600_000);
  const end = row.warnAt && row.warnAt < until ? row.warnAt : until;
  if (end <= now) throw fail('automation.due_already');
  return end;
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
