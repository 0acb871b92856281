import { type Db, sql } from '../../../platform/database/sql.ts';

export const leaseSeconds = 15;

/** Takes or renews the leases of these accounts; gives those this process holds now. The database's clock decides. */
export async function holdLeases(db: Db, holder: string, accountIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ account_id: string }>(sql`insert into channel_leases (account_id, holder, until)
    select id, ${holder}::uuid, clock_timestamp() + make_interval(secs => ${leaseSeconds}) from unnest(${[...accountIds].toSorted()}::uuid[]) as id
    on conflict (account_id) do update set holder = excluded.holder, until = excluded.until
      where channel_leases.holder = excluded.holder or channel_leases.until < clock_timestamp() returning account_id`);
  return new Set(rows.map((row) => row.account_id));
}

export const releaseLeases = (db: Db, holder: string, accountIds: readonly string[]): Promise<number> =>
  db.exec(sql`delete from channel_leases where holder = ${holder}::uuid and account_id = any(${accountIds}::uuid[])`);
