import { type Db, sql } from '../../../platform/database/sql.ts';
import type { StatementRow } from '../queries/rows.ts';
import { statementColumns } from '../queries/rows.ts';

export interface PageState {
  caseId: string;
  lastAnswerAt: Date | null;
  withdrawnAt: Date | null;
}

/** What a conversation's link to its case says of the page. */
export const pageStateOf = (db: Db, conversationId: string): Promise<PageState | undefined> =>
  db.maybe<PageState>(sql`select case_id as "caseId", last_answer_at as "lastAnswerAt", page_withdrawn_at as "withdrawnAt" from case_conversations
    where conversation_id = ${conversationId}`);

export const withdrawPages = (db: Db, caseId: string, now: Date): Promise<number> =>
  db.exec(sql`update case_conversations set page_withdrawn_at = ${now} where case_id = ${caseId}`);

/** Promises that stand or were settled, the one due first on top; those replaced by a newer one are told by it. */
export const promisesOf = (db: Db, caseId: string): Promise<StatementRow[]> =>
  db.query<StatementRow>(sql`select ${statementColumns} from statements s where s.case_id = ${caseId} and s.kind = 'commitment' and s.state <> 'superseded'
    order by s.due_to, s.id limit 200`);

export interface CodeRow {
  id: string;
  conversationId: string;
  identityId: string;
  createdAt: Date;
}

const codeColumns = sql`o.id, o.conversation_id as "conversationId", o.identity_id as "identityId", o.created_at as "createdAt"`;

/** How many codes an identity was sent since each of two instants. Whoever else counts waits until this transaction ends. */
export async function countCodes(db: Db, identityId: string, hourAgo: Date, dayAgo: Date): Promise<{ hour: number; day: number }> {
  await db.exec(sql`select pg_advisory_xact_lock(hashtextextended(${`customer page code ${identityId}`}, 0))`);
  return db.one(sql`select count(*) filter (where created_at > ${hourAgo}) as hour, count(*) as day from customer_page_codes
    where identity_id = ${identityId} and created_at > ${dayAgo}`);
}

export const insertCode = (db: Db, code: CodeRow): Promise<number> =>
  db.exec(sql`insert into customer_page_codes (id, conversation_id, identity_id, created_at)
    values (${code.id}, ${code.conversationId}, ${code.identityId}, ${code.createdAt})`);

export const findCode = (db: Db, id: string): Promise<CodeRow | undefined> =>
  db.maybe<CodeRow>(sql`select ${codeColumns} from customer_page_codes o where o.id = ${id} and o.used_at is null`);

/** Counts an attempt on the newest code before it is looked at, so that a thousand at once count a thousand. Undefined when none is left to try. */
export const tryCode = (
  db: Db,
  { identityId, since, most }: { identityId: string; since: Date; most: number },
): Promise<{ id: string; attempts: number } | undefined> =>
  db.maybe(sql`update customer_page_codes set attempts = attempts + 1
    where id = (select id from customer_page_codes where identity_id = ${identityId} order by created_at desc, id desc limit 1)
      and used_at is null and attempts < ${most} and created_at > ${since} returning id, attempts`);

/** False when it was used in between. */
export const useCode = async (db: Db, id: string, now: Date): Promise<boolean> =>
  (await db.exec(sql`update customer_page_codes set used_at = ${now} where id = ${id} and used_at is null`)) === 1;

export const codesOfConversations = async (db: Db, conversationIds: readonly string[]): Promise<string[]> =>
  (await db.query<{ id: string }>(sql`select id from customer_page_codes where conversation_id = any(${conversationIds}::uuid[])`)).map(
    (row) => row.id,
  );

export const deleteCodes = (db: Db, ids: readonly string[]): Promise<number> =>
  db.exec(sql`delete from customer_page_codes where id = any(${ids}::uuid[])`);

export const codesBefore = async (db: Db, before: Date): Promise<string[]> =>
  (await db.query<{ id: string }>(sql`select id from customer_page_codes where created_at < ${before} order by created_at limit 500`)).map(
    (row) => row.id,
  );

export const isRetold = async (db: Db, conversationIds: readonly string[], since: Date): Promise<boolean> =>
  (await db.query(sql`select from retellings where conversation_id = any(${conversationIds}::uuid[]) and at > ${since} limit 1`)).length >
  0;

export const insertRetelling = (db: Db, row: { id: string; conversationId: string; at: Date }): Promise<number> =>
  db.exec(sql`insert into retellings (id, conversation_id, at) values (${row.id}, ${row.conversationId}, ${row.at})`);
