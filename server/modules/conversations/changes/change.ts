import type { Conversation } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { fail as core, DomainError } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { type ConversationEvent, nextState, priorityLevel } from '../conversation.ts';
import { mayRead } from '../policy.ts';
import { customerName, presentConversation } from '../present.ts';
import { loadConversation } from '../queries.ts';
import type { ConversationRow } from '../rows.ts';
import { facts, updateConversation } from '../write.ts';
import { assignConversation } from './assign.ts';
import { changeState } from './change-state.ts';
import { refusedStep } from './refuse-step.ts';

export interface Changes {
  assigneeId?: string | null | undefined;
  teamId?: string | undefined;
  priority?: 'low' | 'normal' | 'high' | 'urgent' | undefined;
  tags?: string[] | undefined;
  subject?: string | undefined;
  snoozedUntil?: string | null | undefined;
}

/** Changes only what is named. */
export async function changeConversation(ctx: Ctx, input: Changes & { id: string }): Promise<{ conversation: Conversation }> {
  const row = await loadToChange(ctx, input.id);
  const [changed, name] = await Promise.all([applyChanges(ctx, row, input), customerName(ctx.db, row)]);
  await auditAssigned(ctx, [[row, changed]]);
  return { conversation: presentConversation(changed, name) };
}

/** A reason given opens reading, never deciding who works on it, what it is called or when it comes up. */
async function loadToChange(ctx: Ctx, id: string): Promise<ConversationRow> {
  const row = await loadConversation(ctx, id, { lock: true });
  if (!mayRead(ctx.actor, row, false, 'claim')) throw core('core.forbidden', { right: 'claim' });
  return row;
}

/** After everything else of the transaction: the audit log is locked from here to its end. */
async function auditAssigned(ctx: Ctx, changes: readonly [before: ConversationRow, after: ConversationRow][]): Promise<void> {
  for (const [before, after] of changes) {
    if (before.teamId === after.teamId && before.assigneeId === after.assigneeId) continue;
    await audit(ctx, {
      action: 'conversations.assigned',
      object: { kind: 'conversation', id: after.id },
      data: { fromTeamId: before.teamId, teamId: after.teamId, fromPersonId: before.assigneeId, personId: after.assigneeId },
    });
  }
}

async function applyChanges(ctx: Ctx, row: ConversationRow, input: Changes): Promise<ConversationRow> {
  let changed = row;
  if (input.assigneeId !== undefined || input.teamId !== undefined) {
    changed = await assignConversation(ctx, changed, {
      ...(input.assigneeId === undefined ? {} : { personId: input.assigneeId }),
      ...(input.teamId === undefined ? {} : { teamId: input.teamId }),
    });
  }
  const fields: [string, Sql][] = [];
  if (input.priority !== undefined) fields.push(['priority', sql`priority = ${priorityLevel(input.priority)}`]);
  if (input.tags !== undefined) fields.push(['tags', sql`tags = ${[...new Set(input.tags)]}`]);
  if (input.subject !== undefined) fields.push(['subject', sql`subject = ${input.subject}`]);
  if (input.snoozedUntil !== undefined)
    fields.push(['snooze', sql`snoozed_until = ${input.snoozedUntil ? new Date(input.snoozedUntil) : null}`]);
  if (fields.length > 0) {
    changed = await updateConversation(ctx, row.id, sql.join(fields.map(([, assignment]) => assignment)));
    const what = fields.map(([name]) => name).join(',');
    const tagsAdded = input.tags?.some((tag) => !row.tags.includes(tag));
    ctx.emit('conversations.changed', { ...facts(changed), what, ...(tagsAdded ? { tagsAdded } : {}) }, changed.caseId);
  }
  return changed;
}

export type Step = Extract<
  ConversationEvent,
  'ask_expert' | 'expert_answered' | 'need_third_party' | 'third_party_answered' | 'classify_spam' | 'not_spam'
>;

/** A step of the state machine that needs nothing more. */
export async function takeStep(ctx: Ctx, { id, step }: { id: string; step: Step }): Promise<{ conversation: Conversation }> {
  const row = await loadConversation(ctx, id, { right: 'claim', lock: true });
  const [changed, name] = await Promise.all([changeState(ctx, row, step), customerName(ctx.db, row)]);
  return { conversation: presentConversation(changed, name) };
}

/** The same change for many; one that fails does not stop the others, because each stands on its own. */
export async function changeMany(
  ctx: Ctx,
  input: Changes & { ids: string[]; step?: 'classify_spam' | 'not_spam' | undefined },
): Promise<{ results: { id: string; code: string | null }[] }> {
  const results: { id: string; code: string | null }[] = [];
  const done: [ConversationRow, ConversationRow][] = [];
  // In the order of ids, so that two bulk changes cannot wait for each other.
  for (const id of [...new Set(input.ids)].sort()) {
    try {
      const row = await loadToChange(ctx, id);
      if (input.step && !nextState(row.state, input.step)) {
        // The others stand, and so does what is remembered of this one.
        ctx.emit('conversations.step_refused', refusedStep(ctx, id, row.state, input.step));
        throw core('core.illegal_transition', { state: row.state, event: input.step });
      }
      const changed = await applyChanges(ctx, row, input);
      done.push([row, changed]);
      if (input.step) await changeState(ctx, changed, input.step);
      results.push({ id, code: null });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      results.push({ id, code: error.code });
    }
  }
  await auditAssigned(ctx, done);
  return { results };
}
