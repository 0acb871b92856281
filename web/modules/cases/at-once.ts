import type { Case, Statement } from '../../../contract/cases.ts';
import type { InputOf, OutputOf } from '../../../contract/core.ts';
import { call } from '../../platform/api/call.ts';
import { records } from '../../platform/store/app-store.ts';
import { newId } from '../../platform/store/new-id.ts';
import { optimistic } from '../../platform/store/optimistic.ts';
import type { AnyRecord } from '../../platform/store/records.ts';
import { on, putCase, putStatement } from './api.ts';
import { factsChange, statementChange, statementOf, withFact } from './guesses.ts';

/** What follows stands on screen at once, and is taken back when it was refused. */
export const putFact = (input: InputOf<typeof on.putFact>): Promise<unknown> =>
  optimistic(records, [factsChange(input.id, (facts) => withFact(facts, input))], () => call(on.putFact, input), putCase);
export const dropFact = (id: string, key: string): Promise<unknown> =>
  optimistic(
    records,
    [factsChange(id, (facts) => facts.filter((fact) => fact.key !== key))],
    () => call(on.dropFact, { id, key }),
    putCase,
  );
export function makeStatement(input: InputOf<typeof on.state>, saidById: string): Promise<unknown> {
  const statementId = newId();
  const made = statementOf({ ...input, statementId }, saidById);
  const former = input.supersedesId ? [statementChange(input.supersedesId, () => ({ state: 'superseded' }))] : [];
  return optimistic(
    records,
    [{ kind: 'statement', id: statementId, patch: (stored) => stored ?? made }, ...former],
    () => call(on.state, { ...input, statementId }, { idempotencyKey: statementId }),
    putStatement,
  );
}
export function keepCommitment(listed: Statement, evidence: string): Promise<unknown> {
  // Decided once: over the server's own answer it would say that what was made good was kept.
  const { state } = records.get<Statement>('statement', listed.id) ?? listed;
  const kept = state === 'broken' ? 'made_good' : 'kept';
  return optimistic(
    records,
    [statementChange(listed.id, () => ({ state: kept, evidence }), listed)],
    () => call(on.keep, { id: listed.id, evidence }),
    putStatement,
  );
}
export const releaseCommitment = (listed: Statement, reason: string): Promise<unknown> =>
  optimistic(
    records,
    [statementChange(listed.id, () => ({ state: 'released', evidence: reason }), listed)],
    () => call(on.release, { id: listed.id, reason }),
    putStatement,
  );
/** Resolved at once on screen, with all its conversations. */
export function resolveCase(input: InputOf<typeof on.resolve>): Promise<OutputOf<typeof on.resolve>> {
  const { conversationIds = [] } = records.get<Case>('case', input.id) ?? {};
  const resolved = (record: AnyRecord | undefined): AnyRecord | undefined => record && ({ ...record, state: 'resolved' } as AnyRecord);
  return optimistic(
    records,
    [{ kind: 'case', id: input.id, patch: resolved }, ...conversationIds.map((id) => ({ kind: 'conversation', id, patch: resolved }))],
    () => call(on.resolve, input),
    putCase,
  );
}
