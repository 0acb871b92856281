import type { Statement } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { loadCase } from '../access/visible.ts';
import { assertCanOwn } from '../changes/change-case.ts';
import { type CaseFacts, factsOf, statementFacts } from '../facts.ts';
import { presentStatement } from '../present.ts';
import type { StatementRow } from '../queries/rows.ts';
import { settleCases } from '../state/settle.ts';
import { nearAt, nextState, stateAt } from './commitment.ts';
import { brokenBefore, findStatement, lockStatement, type StatementChange, updateStatement } from './queries.ts';

/** Kept in time it is kept, later it is made good; with it every broken promise that it replaced. */
export async function keepCommitment(ctx: Ctx, { id, evidence }: { id: string; evidence: string }): Promise<{ statement: Statement }> {
  const { facts, row } = await load(ctx, id);
  const event = row.state === 'broken' ? 'make_good' : 'keep';
  const state = nextState(row.state, event);
  if (!state || row.kind !== 'commitment') throw core('core.illegal_transition', { state: row.state, event });
  const done = await updateStatement(ctx.db, id, { state, evidence });
  ctx.emit(event === 'keep' ? 'cases.commitment_kept' : 'cases.commitment_made_good', statementFacts(facts, done), facts.caseId);
  for (const earlier of await brokenBefore(ctx.db, id)) {
    const good = await updateStatement(ctx.db, earlier.id, { state: 'made_good', evidence });
    ctx.emit('cases.commitment_made_good', statementFacts(facts, good), facts.caseId);
  }
  await settleCases(ctx, [facts.caseId]);
  return { statement: presentStatement(done) };
}

/** The customer lets us off; the reason stays as evidence. */
export async function releaseCommitment(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<{ statement: Statement }> {
  const { facts, row } = await load(ctx, id);
  const state = nextState(row.state, 'release');
  if (!state || row.kind !== 'commitment') throw core('core.illegal_transition', { state: row.state, event: 'release' });
  const done = await updateStatement(ctx.db, id, { state, evidence: reason });
  ctx.emit('cases.commitment_released', statementFacts(facts, done), facts.caseId);
  await settleCases(ctx, [facts.caseId]);
  return { statement: presentStatement(done) };
}

/** Somebody else sees to it; text and date stay as told. */
export async function passOnCommitment(ctx: Ctx, { id, ownerId }: { id: string; ownerId: string }): Promise<{ statement: Statement }> {
  const { facts, row } = await load(ctx, id);
  if (row.state !== 'open' && row.state !== 'broken') throw core('core.illegal_transition', { state: row.state, event: 'pass_on' });
  await assertCanOwn(ctx, ownerId);
  if (ownerId === row.ownerId) return { statement: presentStatement(row) };
  const near = row.dueTo && nearAt({ saidAt: row.saidAt, dueTo: row.dueTo });
  // Whoever has it now was not told of it yet.
  const done = await updateStatement(ctx.db, id, { ownerId, ...(near ? { alarmAt: near > ctx.now ? near : ctx.now } : {}) });
  ctx.emit('cases.commitment_owner_changed', { ...statementFacts(facts, done), formerDebtorId: row.ownerId }, facts.caseId);
  return { statement: presentStatement(done) };
}

/** Breaks a commitment whose time has come before the tick saw it. */
export async function breakNow(ctx: Ctx, facts: CaseFacts, row: StatementRow): Promise<StatementRow> {
  if (row.state !== 'open' || stateAt(row, ctx.now) !== 'broken') return row;
  const change: StatementChange = { state: 'broken', ...(row.dueTo ? { brokenAt: row.dueTo } : {}) };
  const broken = await updateStatement(ctx.db, row.id, change);
  ctx.emit('cases.commitment_broken', statementFacts(facts, broken), facts.caseId);
  return broken;
}

/** The case first, then the statement: everybody locks in this order. */
async function load(ctx: Ctx, id: string): Promise<{ facts: CaseFacts; row: StatementRow }> {
  const found = await findStatement(ctx.db, id);
  if (!found) throw core('core.not_found');
  const { kase, conversations } = await loadCase(ctx, found.caseId, { lock: true });
  const row = await lockStatement(ctx.db, id);
  if (!row) throw core('core.not_found');
  const facts = factsOf(kase, conversations);
  return { facts, row: await breakNow(ctx, facts, row) };
}
