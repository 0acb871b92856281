import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { notRestricted, type StatementRow, statementColumns } from '../queries/rows.ts';
import type { StatementState } from './commitment.ts';

export const statementsOf = (db: Db, caseId: string): Promise<StatementRow[]> =>
  db.query<StatementRow>(sql`select ${statementColumns} from statements s where s.case_id = ${caseId} order by s.said_at, s.id`);

export const findStatements = (db: Db, ids: readonly string[]): Promise<StatementRow[]> =>
  db.query<StatementRow>(sql`select ${statementColumns} from statements s where s.id = any(${ids}::uuid[])`);

export const findStatement = (db: Db, id: string): Promise<StatementRow | undefined> =>
  db.maybe<StatementRow>(sql`select ${statementColumns} from statements s where s.id = ${id}`);

export const lockStatement = (db: Db, id: string): Promise<StatementRow | undefined> =>
  db.maybe<StatementRow>(sql`select ${statementColumns} from statements s where s.id = ${id} for no key update`);

export type NewStatement = Omit<StatementRow, 'version' | 'evidence' | 'brokenAt' | 'carried'> & {
  /** Of a commitment: when somebody is to be told of it first. */
  alarmAt: Date | null;
};

/** Undefined when another statement superseded the same one meanwhile. */
export const insertStatement = (db: Db, s: NewStatement, now: Date): Promise<StatementRow | undefined> =>
  db.maybe<StatementRow>(sql`insert into statements as s (id, case_id, kind, text, due_from, due_to, owner_id, state, said_by, said_at, channel,
      conversation_id, message_id, supersedes_id, alarm_at, created_at)
    values (${s.id}, ${s.caseId}, ${s.kind}, ${s.text}, ${s.dueFrom}, ${s.dueTo}, ${s.ownerId}, ${s.state}, ${s.saidById}, ${s.saidAt}, ${s.channel},
      ${s.conversationId}, ${s.messageId}, ${s.supersedesId}, ${s.alarmAt}, ${now})
    on conflict (supersedes_id) where supersedes_id is not null do nothing returning ${statementColumns}`);

export interface StatementChange {
  state?: StatementState;
  evidence?: string;
  ownerId?: string;
  brokenAt?: Date;
  alarmAt?: Date;
}

export const updateStatement = (
  db: Db,
  id: string,
  { state, evidence, ownerId, brokenAt, alarmAt }: StatementChange,
): Promise<StatementRow> =>
  db.one<StatementRow>(sql`update statements s set version = s.version + 1, state = coalesce(${state ?? null}, s.state),
      evidence = coalesce(${evidence ?? null}, s.evidence), owner_id = coalesce(${ownerId ?? null}::uuid, s.owner_id),
      broken_at = coalesce(s.broken_at, ${brokenAt ?? null}), alarm_at = coalesce(${alarmAt ?? null}, s.alarm_at)
    where s.id = ${id} returning ${statementColumns}`);

/** Broken commitments that this one replaced, directly or through others in between. */
export const brokenBefore = (db: Db, id: string): Promise<StatementRow[]> =>
  db.query<StatementRow>(sql`with recursive earlier as (
      select supersedes_id as id from statements where id = ${id}
      union all select s.supersedes_id from statements s join earlier on s.id = earlier.id where s.supersedes_id is not null)
    select ${statementColumns} from statements s join earlier using (id) where s.state = 'broken' order by s.said_at for no key update of s`);

export const dueCommitments = (now: Date): Sql =>
  sql`statements s where state = 'open' and alarm_at <= ${now} and ${notRestricted(sql`s.case_id`)} order by alarm_at, id`;

/** Commitments of which somebody is to be told by now, in the order of their alarms; rows another worker holds are left to it. */
export const takeAlarms = (db: Db, now: Date, limit: number): Promise<{ id: string; alarmAt: Date }[]> =>
  db.query(sql`select id, alarm_at as "alarmAt" from ${dueCommitments(now)} limit ${limit} for no key update of s skip locked`);

/** They have rung for what came true up to an instant: what was due by then is broken, of the others the next to tell is that. */
export const writeRung = (db: Db, ids: readonly string[], until: Date): Promise<StatementRow[]> =>
  db.query<StatementRow>(sql`update statements s set alarm_at = case when s.due_to > ${until} then s.due_to end,
      state = case when s.due_to > ${until} then s.state else 'broken' end, broken_at = case when s.due_to > ${until} then null else s.due_to end,
      version = s.version + (s.due_to <= ${until})::int
    where s.id = any(${ids}::uuid[]) returning ${statementColumns}`);

export const carryOver = (db: Db, ids: readonly string[]): Promise<number> =>
  db.exec(sql`update statements set carried = true, version = version + 1 where id = any(${ids}::uuid[]) and state = 'open'`);

export interface CommitmentPage {
  state: 'owed' | 'open' | 'broken';
  /** The caller's own, and with teams those of these teams' cases too. */
  ownerId?: string | null;
  teamIds?: readonly string[] | 'all';
  after?: { at: Date; id: string } | undefined;
  limit: number;
}

/** Literally, as in the condition of the index. */
const asked = { owed: sql`in ('open', 'broken')`, open: sql`= 'open'`, broken: sql`= 'broken'` };

export type CommitmentRow = StatementRow & { caseNumber: string; caseSubject: string; customerId: string };

const lineColumns = sql`${statementColumns}, k.number as "caseNumber", k.subject as "caseSubject", k.customer_id as "customerId"`;

export const listCommitments = (db: Db, { state, ownerId, teamIds, after, limit }: CommitmentPage): Promise<CommitmentRow[]> =>
  db.query<CommitmentRow>(sql`select ${lineColumns} from statements s join cases k on k.id = s.case_id
    where s.kind = 'commitment' and s.state ${asked[state]} and k.restricted_at is null and ${whose(ownerId, teamIds)}
      ${after ? sql`and (s.due_to, s.id) > (${after.at}, ${after.id}::uuid)` : sql.empty}
    order by s.due_to, s.id limit ${limit}`);

/** What is owed in these cases, the one due first on top. */
export const owedIn = (db: Db, caseIds: readonly string[]): Promise<CommitmentRow[]> =>
  db.query<CommitmentRow>(sql`select ${lineColumns} from statements s join cases k on k.id = s.case_id
    where s.case_id = any(${caseIds}::uuid[]) and s.kind = 'commitment' and s.state ${asked.owed} order by s.due_to, s.id`);

export interface CommitmentCount {
  open: number;
  dueSoon: number;
  broken: number;
}

export const countCommitments = (
  db: Db,
  soon: Date,
  ownerId: string | null,
  teamIds?: readonly string[] | 'all',
): Promise<CommitmentCount> =>
  db.one<CommitmentCount>(sql`select count(*) filter (where s.state = 'open') as open,
      count(*) filter (where s.state = 'open' and s.due_to <= ${soon}) as "dueSoon", count(*) filter (where s.state = 'broken') as broken
    from statements s where s.state in ('open', 'broken') and ${notRestricted(sql`s.case_id`)} and ${whose(ownerId, teamIds)}`);

function whose(ownerId: string | null | undefined, teamIds: readonly string[] | 'all' | undefined) {
  if (teamIds === 'all') return sql`true`;
  const own = sql`s.owner_id = ${ownerId ?? null}`;
  if (!teamIds) return own;
  return sql`(${own} or exists (select from case_conversations l where l.case_id = s.case_id and l.team_id = any(${teamIds}::uuid[])))`;
}
