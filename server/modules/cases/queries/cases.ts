import { type Db, sql } from '../../../platform/database/sql.ts';
import type { Standing } from '../state/kase.ts';
import { type CaseRow, caseColumns, type Resolution } from './rows.ts';

/** The case an id stands for now: of a merged one, the case at the end of the chain. */
export async function survivorOf(db: Db, id: string): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`with recursive chain as (
      select id, merged_into from cases where id = ${id}
      union all select k.id, k.merged_into from cases k join chain on k.id = chain.merged_into)
    select id from chain where merged_into is null`);
  return row?.id;
}

/** The same of many at once. */
export async function survivorsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ asked: string; id: string }>(sql`with recursive chain as (
      select id as asked, id, merged_into from cases where id = any(${ids}::uuid[])
      union all select chain.asked, k.id, k.merged_into from cases k join chain on k.id = chain.merged_into)
    select asked, id from chain where merged_into is null`);
  return new Map(rows.map((row) => [row.asked, row.id]));
}

/** By case, all that were merged into it, directly or through others. */
export async function mergedCases(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<{ intoId: string; id: string }>(sql`with recursive chain as (
      select merged_into as into_id, id from cases where merged_into = any(${ids}::uuid[])
      union all select chain.into_id, k.id from cases k join chain on k.merged_into = chain.id)
    select into_id as "intoId", id from chain`);
  const merged = new Map<string, string[]>();
  for (const { intoId, id } of rows) merged.set(intoId, [...(merged.get(intoId) ?? []), id]);
  return merged;
}

/** A case and all that were merged into it, or into what it was merged into. */
export async function countingAs(db: Db, id: string): Promise<string[]> {
  const survivor = (await survivorOf(db, id)) ?? id;
  const rows = await db.query<{ id: string }>(sql`with recursive chain as (
      select ${survivor}::uuid as id union all select k.id from cases k join chain on k.merged_into = chain.id) select id from chain`);
  return rows.map((row) => row.id);
}

/** The same by its number, which stays in letters and heads for years. */
export async function caseByNumber(db: Db, number: string): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`select id from cases where number = ${number}`);
  return row && survivorOf(db, row.id);
}

export const findCase = (db: Db, id: string): Promise<CaseRow | undefined> =>
  db.maybe<CaseRow>(sql`select ${caseColumns} from cases k where k.id = ${id}`);

export const findCases = (db: Db, ids: readonly string[]): Promise<CaseRow[]> =>
  db.query<CaseRow>(sql`select ${caseColumns} from cases k where k.id = any(${ids}::uuid[])`);

/** Locked in the order of their ids, so that two who lock several cases never wait for each other in a ring. */
export const lockCases = (db: Db, ids: readonly string[]): Promise<CaseRow[]> =>
  db.query<CaseRow>(sql`select ${caseColumns} from cases k where k.id = any(${ids}::uuid[]) order by k.id for no key update`);

export interface NewCase {
  id: string;
  number: string;
  customerId: string;
  subject: string;
  priority: number;
  origin: 'public' | 'private';
  at: Date;
}

export const insertCases = (db: Db, cases: readonly NewCase[]): Promise<number> =>
  db.exec(sql`insert into cases (id, number, customer_id, subject, priority, origin, state, last_activity_at, created_at)
    select id, number, "customerId", subject, priority, origin, 'open', at, at
    from jsonb_to_recordset(${sql.json(cases)}) as n(id uuid, number text, "customerId" uuid, subject text, priority smallint, origin text, at timestamptz)`);

/** Running numbers from a sequence: no row that all have to queue for. */
export async function nextRunningNumbers(db: Db, count: number): Promise<number[]> {
  const rows = await db.query<{ n: number }>(sql`select nextval('case_numbers') as n from generate_series(1, ${count}::int)`);
  return rows.map((row) => row.n);
}

/** Writes the computed part of many cases at once; versions grow. */
export const writeStandings = (db: Db, standings: readonly (Standing & { id: string; resolution: Resolution | null })[]): Promise<number> =>
  db.exec(sql`update cases k set version = k.version + 1, state = n.state, owner_id = n."ownerId", contacts_count = n."contactsCount",
      handovers_count = n."handoversCount", first_answer_at = n."firstAnswerAt", last_answer_at = n."lastAnswerAt", last_activity_at = n."lastActivityAt",
      resolved_at = n."resolvedAt", closed_at = n."closedAt", resolution = n.resolution
    from jsonb_to_recordset(${sql.json(standings)}) as n(id uuid, state text, "ownerId" uuid, "contactsCount" int, "handoversCount" int,
      "firstAnswerAt" timestamptz, "lastAnswerAt" timestamptz, "lastActivityAt" timestamptz, "resolvedAt" timestamptz, "closedAt" timestamptz, resolution jsonb)
    where k.id = n.id`);

export type CaseChange = Partial<
  Pick<
    CaseRow,
    | 'subject'
    | 'wish'
    | 'topicId'
    | 'priority'
    | 'tags'
    | 'ownerId'
    | 'facts'
    | 'resolution'
    | 'mergedInto'
    | 'state'
    | 'resolvedAt'
    | 'closedAt'
    | 'handoversCount'
  >
>;

const columnOf: Record<keyof CaseChange, string> = {
  subject: 'subject',
  wish: 'wish',
  topicId: 'topic_id',
  priority: 'priority',
  tags: 'tags',
  ownerId: 'owner_id',
  facts: 'facts',
  resolution: 'resolution',
  mergedInto: 'merged_into',
  state: 'state',
  resolvedAt: 'resolved_at',
  closedAt: 'closed_at',
  handoversCount: 'handovers_count',
};

/** Changes the fields named and returns the case as it is then. */
export function updateCase(db: Db, id: string, change: CaseChange): Promise<CaseRow> {
  const sets = (Object.keys(change) as (keyof CaseChange)[]).map((key) => {
    const value = change[key] ?? null;
    const isJson = (key === 'facts' || key === 'resolution') && value !== null;
    return sql`${sql.quoted(columnOf[key])} = ${isJson ? sql.json(value) : sql`${value}`}`;
  });
  return db.one<CaseRow>(
    sql`update cases k set ${sql.join([sql`version = k.version + 1`, ...sets])} where k.id = ${id} returning ${caseColumns}`,
  );
}

/** Grows the versions of cases that look different although no column of theirs changed. */
export const touchCases = (db: Db, ids: readonly string[]): Promise<CaseRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.query<CaseRow>(sql`update cases k set version = k.version + 1 where k.id = any(${ids}::uuid[]) returning ${caseColumns}`);

/** The same for what somebody may have on screen of these customers: closed cases are read anew when opened. */
export const touchCasesOfCustomers = (db: Db, customerIds: readonly string[]): Promise<CaseRow[]> =>
  db.query<CaseRow>(sql`update cases k set version = k.version + 1
    where k.customer_id = any(${customerIds}::uuid[]) and k.state in ('open', 'waiting', 'resolved') returning ${caseColumns}`);

/** Resolved long enough; taken by one worker only. */
export async function takeCasesToClose(db: Db, resolvedBefore: Date, limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select id from cases where state = 'resolved' and resolved_at <= ${resolvedBefore}
    and restricted_at is null order by resolved_at limit ${limit} for no key update skip locked`);
  return rows.map((row) => row.id);
}

/** Who is in charge of these cases, by case. */
export async function ownersOf(db: Db, caseIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; ownerId: string }>(
    sql`select id, owner_id as "ownerId" from cases where id = any(${caseIds}::uuid[]) and owner_id is not null`,
  );
  return new Map(rows.map(({ id, ownerId }) => [id, ownerId]));
}
