import type { Ctx } from '../../../platform/context.ts';
import { fail as core, type DomainError } from '../../../platform/errors.ts';
import type { ConversationEvent } from '../conversation.ts';
import type { ConversationRow } from '../rows.ts';

/** What to throw for a step that the state machine does not know; that somebody tried is remembered although nothing else comes of it. */
export function refuseStep(ctx: Ctx, row: Pick<ConversationRow, 'id' | 'state'>, event: ConversationEvent): DomainError {
  ctx.emitEvenIfRefused('conversations.step_refused', refusedStep(ctx, row.id, row.state, event));
  return core('core.illegal_transition', { state: row.state, event });
}

export const refusedStep = (ctx: Ctx, conversationId: string, state: string, step: string) => ({
  conversationId,
  personId: ctx.actor.id,
  state,
  step,
});
