import type { Breach } from '../../../../contract/routing.ts';
import type { Db } from '../../../platform/database/sql.ts';
import { type CaseRow, findCases, findStatements, type StatementRow, survivorsOf } from '../../cases/index.ts';
import { type ConversationRow, conversationFacts, conversationsOfCases, presentConversations } from '../../conversations/index.ts';
import type { BreachRow } from './late.ts';

/** What became overdue, as it stands now. */
export interface Subject {
  shown: Pick<Breach, 'subject' | 'customerName' | 'channel' | 'promise' | 'caseId'>;
  /** Whose it is. */
  teamIds: readonly string[];
  state: Breach['state'];
  /** When it was solved. */
  doneAt: Date | null;
}

interface Known {
  shown: ReadonlyMap<string, Awaited<ReturnType<typeof presentConversations>>[number]>;
  conversations: ReadonlyMap<string, ConversationRow>;
  cases: ReadonlyMap<string, CaseRow>;
  ofCase: ReadonlyMap<string, readonly ConversationRow[]>;
}

/** By row; what is restricted is not there. A handful of statements however many. */
export async function subjectsOf(db: Db, rows: readonly BreachRow[]): Promise<Map<string, Subject>> {
  const promised = await findStatements(
    db,
    rows.flatMap(({ statementId }) => statementId ?? []),
  );
  const statements = new Map(promised.map((row) => [row.id, row]));
  const caseOf = (row: BreachRow): string | null => row.caseId ?? statements.get(row.statementId ?? '')?.caseId ?? null;
  // What was merged goes on as the other one.
  const survivors = await survivorsOf(
    db,
    rows.flatMap((row) => caseOf(row) ?? []),
  );
  const caseIds = [...new Set(survivors.values())];
  const cases = new Map((await findCases(db, caseIds)).map((row) => [row.id, row]));
  const ofCase = await conversationsOfCases(db, caseIds);
  const conversations = await conversationFacts(
    db,
    rows.flatMap(({ conversationId }) => conversationId ?? []),
  );
  const firsts = [...ofCase.values()].flatMap(([first]) => first ?? []);
  const shown = new Map((await presentConversations(db, [...conversations.values(), ...firsts])).map((one) => [one.id, one]));
  const known = { shown, conversations, cases, ofCase };
  return new Map(
    rows.flatMap((row) => {
      const subject = row.conversationId ? ofAnswer(row, known) : ofConcern(survivors.get(caseOf(row) ?? ''), known);
      const statement = statements.get(row.statementId ?? '');
      return subject ? [[row.id, statement ? ofPromise(subject, statement) : subject] as const] : [];
    }),
  );
}

function ofPromise({ shown, teamIds }: Subject, { text, state }: StatementRow): Subject {
  const standing = state === 'broken' ? 'open' : state === 'made_good' ? 'done' : 'ended';
  return { shown: { ...shown, promise: text }, teamIds, state: standing, doneAt: null };
}

function ofAnswer({ conversationId, since }: BreachRow, { conversations, shown }: Known): Subject | undefined {
  const row = conversations.get(conversationId ?? '');
  const one = shown.get(conversationId ?? '');
  if (!row || !one || row.restrictedAt) return undefined;
  return {
    shown: { subject: one.subject, customerName: one.customerName, channel: one.channel, promise: null, caseId: null },
    teamIds: row.teamId ? [row.teamId] : [],
    state: row.waitingSince?.getTime() === since.getTime() ? 'open' : 'ended',
    doneAt: null,
  };
}

function ofConcern(caseId: string | undefined, { cases, ofCase, shown }: Known): Subject | undefined {
  const kase = cases.get(caseId ?? '');
  const conversations = ofCase.get(caseId ?? '') ?? [];
  const one = shown.get(conversations[0]?.id ?? '');
  if (!kase || !one || kase.restrictedAt) return undefined;
  return {
    shown: { subject: kase.subject, customerName: one.customerName, channel: one.channel, promise: null, caseId: kase.id },
    teamIds: conversations.flatMap(({ teamId }) => teamId ?? []),
    state: kase.resolvedAt ? 'done' : 'open',
    doneAt: kase.resolvedAt,
  };
}
