import type { Case, caseEndpoints, Fact, Statement } from '../../../contract/cases.ts';
import type { InputOf } from '../../../contract/core.ts';
import type { AnyRecord, Change } from '../../platform/store/records.ts';

/** How an action will change what is on screen, before the server has said so. */
export const factsChange = (id: string, change: (facts: readonly Fact[]) => readonly Fact[]): Change => ({
  kind: 'case',
  id,
  patch: (record) => {
    const kase = record as Case | undefined;
    return kase && ({ ...kase, facts: change(kase.facts) } as AnyRecord);
  },
});

/** The same key is the same fact, in its place. */
export function withFact(facts: readonly Fact[], { key, label, value, source }: InputOf<typeof caseEndpoints.putFact>): readonly Fact[] {
  const fact = { key, label, value, source, at: new Date().toISOString() };
  return facts.some((known) => known.key === key) ? facts.map((known) => (known.key === key ? fact : known)) : [...facts, fact];
}

/** `listed` as a list has it, where the record itself was not read. */
export const statementChange = (id: string, change: (statement: Statement) => Partial<Statement>, listed?: Statement): Change => ({
  kind: 'statement',
  id,
  patch: (record) => {
    const statement = (record as Statement | undefined) ?? listed;
    return statement && ({ ...statement, ...change(statement) } as AnyRecord);
  },
});

export function statementOf(input: InputOf<typeof caseEndpoints.state> & { statementId: string }, saidById: string): Statement {
  const { informed, kind, text, dueFrom = null, dueTo = null, supersedesId = null, ownerId } = input;
  return {
    id: input.statementId,
    version: 0,
    caseId: input.id,
    kind,
    text: text.trim(),
    dueFrom,
    dueTo,
    ownerId: kind === 'commitment' ? (ownerId ?? saidById) : null,
    state: kind === 'commitment' ? 'open' : 'told',
    saidById,
    saidAt: ('at' in informed && informed.at) || new Date().toISOString(),
    channel: 'how' in informed ? informed.how : '',
    supersedesId,
    evidence: null,
    messageId: 'messageId' in informed ? informed.messageId : null,
    brokenAt: null,
  };
}
