import type { Right } from '../../../../contract/permissions.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { type ConversationRow, conversationsOfCase, mayGiveReason, readableConversations } from '../../conversations/index.ts';
import { fail } from '../errors.ts';
import { mayWork, seesMaskedOnly } from '../policy.ts';
import { findCase, lockCases, survivorOf } from '../queries/cases.ts';
import type { CaseRow } from '../queries/rows.ts';

export interface VisibleCase {
  kase: CaseRow;
  /** All of them: who reads a case reads the whole of it, or the customer would have to tell it again. */
  conversations: ConversationRow[];
}

export interface CaseOptions {
  /** Needed beside reading, through own work. */
  right?: Right;
  lock?: boolean;
  /** Statements side by side: for reading on a pool, never on the one connection of a transaction. */
  sideBySide?: boolean;
}

/**
 * A case as the actor may see it: one who may read one of its conversations, or who owns it. Everybody else finds nothing; whoever may give a reason
 * is told so. A merged case is found as the one it was merged into, unless it is to be changed.
 */
export async function loadCase(ctx: Ctx, id: string, { right, lock = false, sideBySide = false }: CaseOptions = {}): Promise<VisibleCase> {
  const finding = lock ? lockCases(ctx.db, [id]).then((rows) => rows[0]) : findCase(ctx.db, id);
  if (!sideBySide) await finding;
  const [found, conversations] = await Promise.all([finding, conversationsOfCase(ctx.db, id)]);
  if (!found) throw core('core.not_found');
  if (found.mergedInto) {
    const survivor = await survivorOf(ctx.db, found.mergedInto);
    if (!survivor) throw core('core.not_found');
    const visible = await loadCase(ctx, survivor, right ? { right } : {});
    if (lock) throw fail('cases.merged_away', { caseId: survivor, number: visible.kase.number });
    return visible;
  }
  await assertReadable(ctx, found, conversations);
  if (right && !mayWork(ctx.actor, found, conversations, right)) throw core('core.forbidden', { right });
  return { kase: found, conversations };
}

/** Not visible is not found; 403 only for those who can help themselves. */
export async function assertReadable(ctx: Ctx, kase: CaseRow, conversations: readonly ConversationRow[]): Promise<void> {
  if (seesMaskedOnly(ctx.actor) || (kase.restrictedAt && ctx.actor.kind !== 'system')) throw core('core.not_found');
  if (ctx.actor.kind === 'system' || (ctx.actor.id !== null && kase.ownerId === ctx.actor.id)) return;
  if ((await readableConversations(ctx, conversations)).length > 0) return;
  if (mayGiveReason(ctx.actor)) throw fail('cases.reason_needed', { caseId: kase.id, number: kase.number });
  throw core('core.not_found');
}
