import type { Informed, Statement } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { loadCase } from '../access/visible.ts';
import { assertCanOwn } from '../changes/change-case.ts';
import { fail } from '../errors.ts';
import { type CaseFacts, factsOf, statementFacts } from '../facts.ts';
import { presentStatement } from '../present.ts';
import type { StatementRow } from '../queries/rows.ts';
import { settleCases } from '../state/settle.ts';
import { nearAt, nextState } from './commitment.ts';
import { howTold } from './informed.ts';
import { findStatement, insertStatement, lockStatement, updateStatement } from './queries.ts';
import { breakNow } from './settle-commitment.ts';

export interface StatementInput {
  id: string;
  statementId?: string | undefined;
  kind: 'information' | 'commitment' | 'decision';
  text: string;
  dueFrom: string | null;
  dueTo: string | null;
  ownerId: string | null;
  informed: Informed;
  supersedesId: string | null;
}

/** Notes what the customer was told. What was promised or decided changes in no other way than by telling the customer something newer. */
export async function makeStatement(ctx: Ctx, input: StatementInput): Promise<{ statement: Statement }> {
  const actorId = ctx.actor.id;
  if (!actorId) throw core('core.forbidden');
  const { kase, conversations } = await loadCase(ctx, input.id, { lock: true });
  const isCommitment = input.kind === 'commitment';
  const dueFrom = input.dueFrom ? new Date(input.dueFrom) : null;
  const dueTo = input.dueTo ? new Date(input.dueTo) : null;
  if (isCommitment && !dueTo) throw fail('cases.commitment_needs_date');
  if (isCommitment && dueTo && (dueTo <= ctx.now || (dueFrom && dueFrom > dueTo))) throw fail('cases.due_in_past');
  if (input.ownerId && input.ownerId !== actorId) await assertCanOwn(ctx, input.ownerId);
  const told = await howTold(ctx, input.informed, conversations);
  if (told.state !== 'yes') throw fail('cases.informing_message_unknown', { state: told.state });

  if (input.statementId && (await findStatement(ctx.db, input.statementId))) throw core('core.conflict');
  const facts = factsOf(kase, conversations);
  const before = input.supersedesId ? await supersede(ctx, facts, input.supersedesId) : undefined;
  const made = await insertStatement(
    ctx.db,
    {
      id: input.statementId ?? newId(ctx.now.getTime()),
      caseId: kase.id,
      kind: input.kind,
      text: input.text,
      dueFrom,
      dueTo,
      ownerId: isCommitment ? (input.ownerId ?? before?.ownerId ?? actorId) : null,
      state: isCommitment ? 'open' : 'told',
      saidById: actorId,
      saidAt: told.at,
      channel: told.channel,
      conversationId: told.conversationId,
      messageId: told.messageId,
      supersedesId: before?.id ?? null,
      alarmAt: isCommitment && dueTo ? nearAt({ saidAt: told.at, dueTo }) : null,
    },
    ctx.now,
  );
  if (!made) throw fail('cases.already_superseded');
  if (before) ctx.emit('cases.statement_superseded', { ...statementFacts(facts, before), byStatementId: made.id }, kase.id);
  ctx.emit('cases.statement_made', { ...statementFacts(facts, made), supersedesId: made.supersedesId }, kase.id);
  if (isCommitment) await settleCases(ctx, [kase.id]);
  return { statement: presentStatement(made) };
}

/** The former statement, no longer standing. A commitment whose time has come breaks first: a new date does not unmake a broken word. */
async function supersede(ctx: Ctx, facts: CaseFacts, id: string): Promise<StatementRow> {
  const found = await lockStatement(ctx.db, id);
  if (found?.caseId !== facts.caseId) throw core('core.not_found');
  const before = await breakNow(ctx, facts, found);
  const state = nextState(before.state, 'supersede');
  if (!state) throw fail('cases.already_superseded', { state: before.state });
  return state === before.state ? before : updateStatement(ctx.db, id, { state });
}
