import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import type { Resolution } from '../queries/rows.ts';

/** What is said and handed over moves along. */
export interface Moved {
  statementIds: string[];
  handoverIds: string[];
}

/** What a merge gave the surviving case, each with what stood there before. */
export interface Taken {
  tags?: string[];
  wish?: { before: string | null; after: string | null };
  topicId?: { before: string | null; after: string | null };
  ownerId?: { before: string | null; after: string | null };
  priority?: { before: number; after: number };
  /** Whether and how the case rested: joining something open to it wakes it. */
  rest?: { before: Rest; after: Rest };
}

export interface Rest {
  resolution: Resolution | null;
  resolvedAt: string | null;
  closedAt: string | null;
}

export interface MoveRow {
  id: string;
  kind: 'merge' | 'split' | 'transfer';
  fromId: string;
  intoId: string;
  conversationIds: string[];
  statementIds: string[];
  handoverIds: string[];
  taken: Taken;
  byId: string;
  at: Date;
  undoneAt: Date | null;
}

const columns = sql`m.id, m.kind, m.from_id as "fromId", m.into_id as "intoId", m.conversation_ids as "conversationIds", m.statement_ids as "statementIds",
  m.handover_ids as "handoverIds", m.taken, m.by_id as "byId", m.at, m.undone_at as "undoneAt"`;

export const insertMove = (db: Db, m: Omit<MoveRow, 'undoneAt'>): Promise<number> =>
  db.exec(sql`insert into case_moves (id, kind, from_id, into_id, conversation_ids, statement_ids, handover_ids, taken, by_id, at)
    values (${m.id}, ${m.kind}, ${m.fromId}, ${m.intoId}, ${m.conversationIds}, ${m.statementIds}, ${m.handoverIds}, ${sql.json(m.taken)}, ${m.byId}, ${m.at})`);

export const lockMove = (db: Db, id: string): Promise<MoveRow | undefined> =>
  db.maybe<MoveRow>(sql`select ${columns} from case_moves m where m.id = ${id} and m.undone_at is null for update`);

export const markUndone = (db: Db, id: string, now: Date): Promise<number> =>
  db.exec(sql`update case_moves set undone_at = ${now} where id = ${id}`);

export type StandingMove = Pick<MoveRow, 'id' | 'kind' | 'fromId' | 'intoId' | 'byId' | 'at'> & {
  otherNumber: string;
  otherId: string;
  incoming: boolean;
};

export const moveColumns: Sql = sql`m.id, m.kind, m.into_id = k.id as incoming, m.from_id as "fromId", m.into_id as "intoId", m.by_id as "byId", m.at, k2.id as "otherId",
  k2.number as "otherNumber"`;

/** What came into a case and what left it, and was not undone. A case that was merged away shows nothing of its own. */
export const standingMoves = (caseId: Sql): Sql => sql`case_moves m
  join cases k2 on k2.id = case when m.into_id = ${caseId} then m.from_id else m.into_id end
  where m.undone_at is null and (m.into_id = ${caseId} or (m.kind <> 'merge' and m.from_id = ${caseId}))`;

/** Moves everything said and handed over in a case, or only what is tied to some conversations. Returns what moved. */
export async function moveContents(
  db: Db,
  fromId: string,
  intoId: string,
  only?: { statementIds: readonly string[]; handoverIds: readonly string[] } | { conversationIds: readonly string[] },
): Promise<Moved> {
  const chosen = (ids: 'statementIds' | 'handoverIds') => {
    if (!only) return sql`true`;
    if ('conversationIds' in only) return sql`conversation_id = any(${only.conversationIds}::uuid[])`;
    return sql`id = any(${only[ids]}::uuid[])`;
  };
  const statements = await db.query<{ id: string }>(
    sql`update statements set case_id = ${intoId}, version = version + 1 where case_id = ${fromId} and ${chosen('statementIds')} returning id`,
  );
  const handovers = await db.query<{ id: string }>(
    sql`update handovers set case_id = ${intoId}, version = version + 1 where case_id = ${fromId} and ${chosen('handoverIds')} returning id`,
  );
  return { statementIds: statements.map((r) => r.id), handoverIds: handovers.map((r) => r.id) };
}

export async function acceptedHandovers(db: Db, caseId: string): Promise<number> {
  const row = await db.one<{ n: number }>(
    sql`select count(*) as n from handovers where case_id = ${caseId} and state in ('accepted', 'customer_confirmed')`,
  );
  return row.n;
}
