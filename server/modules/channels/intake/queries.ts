import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

/** What stands in place of the platform id of an erased delivery: it names nobody, and still tells a repetition. */
export const erasedPlatformId = (platformId: Sql): Sql => sql`'erased:' || encode(sha256(convert_to(${platformId}, 'UTF8')), 'hex')`;

export interface NewIntake {
  id: string;
  account_id: string;
  platform_id: string | null;
  hash: Buffer;
  sha256: Buffer;
  size: number;
  media_type: string;
  /** JSON text. */
  envelope: string;
  received_at: Date;
  /** Null when it is large and follows by itself. */
  content: Buffer | null;
  large: Buffer;
}

/**
 * Stores rows and their bytes; gives those that are new. The platform id of another message marks both sameness and difference: the same bytes are a
 * repetition, other bytes are kept with the defect `id_reused`.
 */
export const insertIntake = (db: Db, rows: readonly NewIntake[]): Promise<{ id: string; channel: string }[]> =>
  db.query(sql`
    with item as (select * from unnest(${all(rows, 'id', 'uuid[]')}, ${all(rows, 'account_id', 'uuid[]')}, ${all(rows, 'platform_id', 'text[]')},
        ${all(rows, 'hash', 'bytea[]')}, ${all(rows, 'sha256', 'bytea[]')}, ${all(rows, 'size', 'bigint[]')}, ${all(rows, 'media_type', 'text[]')},
        ${all(rows, 'envelope', 'text[]')}, ${all(rows, 'received_at', 'timestamptz[]')}, ${all(rows, 'content', 'bytea[]')})
        as t (id, account_id, platform_id, hash, sha256, size, media_type, envelope, received_at, content)),
      fresh as (insert into intake (id, account_id, channel, platform_id, hash, size, media_type, envelope, received_at, defects)
        select i.id, i.account_id, a.kind, i.platform_id, i.hash, i.size, i.media_type, i.envelope::jsonb, i.received_at,
          case when i.platform_id is not null and (exists (select from intake o where o.account_id = i.account_id and o.platform_id = i.platform_id)
              or exists (select from item o where o.account_id = i.account_id and o.platform_id = i.platform_id and o.id < i.id))
            then '{id_reused}'::text[] else '{}' end
        from item i join channel_accounts a on a.id = i.account_id
        where i.platform_id is null or not exists (select from intake e where e.account_id = i.account_id and e.hash = i.hash
          and e.platform_id = ${erasedPlatformId(sql`i.platform_id`)})
        order by i.account_id, i.platform_id, i.hash
        on conflict (account_id, platform_id, hash) do nothing returning id, channel),
      bytes as (insert into files (id, sha256, size, media_type, content, created_at)
        select i.id, i.sha256, i.size, i.media_type, i.content, i.received_at from item i join fresh using (id) where i.content is not null)
    select id, channel from fresh`);

const all = (rows: readonly NewIntake[], column: keyof NewIntake, type: string) =>
  sql.unseen(
    rows.map((row) => row[column]),
    type,
  );

/** The rows that are there already, by their place in the list. */
export const sameIntake = (db: Db, rows: readonly NewIntake[]): Promise<{ key: number; id: string }[]> =>
  db.query(sql`select (t.n - 1)::int as key, i.id from unnest(${rows.map((r) => r.account_id)}::uuid[], ${rows.map((r) => r.platform_id)}::text[],
      ${rows.map((r) => r.hash)}::bytea[]) with ordinality as t (account_id, platform_id, hash, n)
    join intake i on i.account_id = t.account_id and i.hash = t.hash
      and (i.platform_id is not distinct from t.platform_id or i.platform_id = ${erasedPlatformId(sql`t.platform_id`)})`);

export interface IntakeRow {
  id: string;
  account_id: string;
  channel: string;
  platform_id: string | null;
  size: number;
  media_type: string;
  envelope: Record<string, unknown>;
  received_at: Date;
  state: 'stored' | 'parsed' | 'failed' | 'dismissed';
  defects: string[];
  problem: string | null;
  items: number | null;
}

const columns = sql`i.id, i.account_id, i.channel, i.platform_id, i.size, i.media_type, i.envelope, i.received_at, i.state, i.defects, i.problem, i.items`;

/** One withheld for its sender's sake is found by nobody. */
export const findIntake = (db: Db, id: string): Promise<IntakeRow | undefined> =>
  db.maybe<IntakeRow>(sql`select ${columns} from intake i where i.id = ${id} and i.withheld_for is null`);

/** Rows with their bytes where these are small enough to come along. */
export const intakeWithBytes = (db: Db, ids: readonly string[]): Promise<(IntakeRow & { content: Buffer | null })[]> =>
  db.query(sql`select ${columns}, f.content from intake i join files f on f.id = i.id where i.id = any(${ids}::uuid[])`);

export interface Parsed {
  id: string;
  items: number | null;
  problem: string | null;
}

/** Writes what became of a batch. */
export const markParsed = (db: Db, results: readonly Parsed[]): Promise<number> =>
  db.exec(sql`update intake i set state = case when r.problem is null then 'parsed' else 'failed' end, items = r.items, problem = r.problem
    from jsonb_to_recordset(${sql.json(results)}) as r (id uuid, items int, problem text) where i.id = r.id`);

/** What these deliveries tell of, so that they go when it does. */
export const markConcerns = (db: Db, concerns: readonly { id: string; messageIds: string[] }[]): Promise<number> =>
  db.exec(sql`update intake i set concerns = r."messageIds"
    from jsonb_to_recordset(${sql.json(concerns)}) as r (id uuid, "messageIds" uuid[]) where i.id = r.id`);

/** One that could not be read back to its start; undefined when it was. */
export const resetFailed = async (db: Db, id: string): Promise<IntakeRow | undefined> =>
  db.maybe<IntakeRow>(
    sql`update intake i set state = 'stored', problem = null
      where i.id = ${id} and i.state in ('failed', 'dismissed') and i.withheld_for is null returning ${columns}`,
  );

/** A failed one is a problem no longer; false when it has not failed. */
export const markDismissed = async (db: Db, id: string): Promise<boolean> =>
  (await db.exec(sql`update intake set state = 'dismissed' where id = ${id} and state = 'failed' and withheld_for is null`)) > 0;

export const listIntake = (
  db: Db,
  q: { state: string | undefined; accountId: string | undefined; after: { at: Date; id: string } | undefined; limit: number },
): Promise<IntakeRow[]> =>
  db.query<IntakeRow>(sql`select ${columns} from intake i where i.withheld_for is null
    ${q.state ? sql`and i.state = ${q.state}` : sql.empty}
    ${q.state && q.state !== 'parsed' ? sql`and i.state <> 'parsed'` : sql.empty}
    ${q.accountId ? sql`and i.account_id = ${q.accountId}` : sql.empty}
    ${q.after ? sql`and (i.received_at, i.id) < (${q.after.at}, ${q.after.id}::uuid)` : sql.empty}
    order by i.received_at desc, i.id desc limit ${q.limit}`);

export async function countIntake(db: Db, now: Date): Promise<{ failed: number; waiting: number; oldest_seconds: number }> {
  return db.one(sql`select (select count(*) from intake where state = 'failed' and withheld_for is null)::int as failed,
    (select count(*) from intake where state = 'stored')::int as waiting,
    coalesce((select extract(epoch from ${now}::timestamptz - min(received_at)) from intake where state = 'stored'), 0)::int as oldest_seconds`);
}
