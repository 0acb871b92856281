import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import type { StoredSettings } from './settings.ts';

export interface AccountRow extends StoredSettings {
  id: string;
  version: number;
  changed_version: number;
  kind: string;
  name: string;
  address: string;
  team_id: string | null;
  signature: string | null;
  active: boolean;
  removed_at: Date | null;
}

export interface HealthRow {
  account_id: string;
  ok: boolean;
  code: string | null;
  detail: string | null;
  delay_seconds: number | null;
  since: Date;
}

const columns = sql`a.id, a.version, a.changed_version, a.kind, a.name, a.address, a.team_id, a.signature, a.active, a.settings, a.secrets, a.removed_at`;

export const listAccounts = (db: Db): Promise<AccountRow[]> =>
  db.query<AccountRow>(sql`select ${columns} from channel_accounts a order by a.created_at, a.id`);

export const accountsByIds = (db: Db, ids: readonly string[]): Promise<AccountRow[]> =>
  db.query<AccountRow>(sql`select ${columns} from channel_accounts a where a.id = any(${ids}::uuid[])`);

export const accountsOfTeam = (db: Db, teamId: string): Promise<{ id: string }[]> =>
  db.query(sql`select id from channel_accounts where team_id = ${teamId} and removed_at is null order by id`);

export const lockAccount = (db: Db, id: string): Promise<AccountRow | undefined> =>
  db.maybe<AccountRow>(sql`select ${columns} from channel_accounts a where a.id = ${id} and a.removed_at is null for update`);

export async function insertAccount(db: Db, row: Omit<AccountRow, 'version' | 'changed_version' | 'removed_at'>, at: Date): Promise<void> {
  await db.exec(sql`insert into channel_accounts (id, kind, name, address, team_id, signature, active, settings, secrets, created_at)
    values (${row.id}, ${row.kind}, ${row.name}, ${row.address}, ${row.team_id}, ${row.signature}, ${row.active}, ${sql.json(row.settings)},
      ${sql.json(row.secrets)}, ${at})`);
}

export async function updateAccount(
  db: Db,
  id: string,
  fields: Partial<Omit<AccountRow, 'id' | 'version' | 'changed_version' | 'kind'>>,
): Promise<void> {
  const sets: Sql[] = Object.entries(fields).map(([column, value]) =>
    column === 'settings' || column === 'secrets' ? sql`${sql.quoted(column)} = ${sql.json(value)}` : sql`${sql.quoted(column)} = ${value}`,
  );
  await db.exec(
    sql`update channel_accounts set ${sql.join([sql`version = version + 1, changed_version = version + 1`, ...sets])} where id = ${id}`,
  );
}

export async function stateOf(db: Db, accountId: string): Promise<unknown> {
  const row = await db.maybe<{ state: unknown }>(sql`select state from channel_account_states where account_id = ${accountId}`);
  return row?.state ?? null;
}

export const putState = (db: Db, accountId: string, state: unknown, at: Date): Promise<number> =>
  db.exec(sql`insert into channel_account_states (account_id, state, at) values (${accountId}, ${sql.json(state)}, ${at})
    on conflict (account_id) do update set state = excluded.state, at = excluded.at`);

/** Writes a change of health; false when it is as before. An account of which nothing is known counts as well. */
export async function putHealth(
  db: Db,
  health: { accountId: string; ok: boolean; code: string | null; detail: string | null; delaySeconds: number | null; at: Date },
): Promise<boolean> {
  const changed = await db.exec(sql`insert into channel_account_health (account_id, ok, code, detail, delay_seconds, since)
    select id, ${health.ok}, ${health.code}, ${health.detail}, ${health.delaySeconds}, ${health.at} from channel_accounts
    where id = ${health.accountId} and (not ${health.ok} or exists (select from channel_account_health where account_id = ${health.accountId}))
    on conflict (account_id) do update set ok = excluded.ok, code = excluded.code, detail = excluded.detail, delay_seconds = excluded.delay_seconds,
      since = excluded.since
      where (channel_account_health.ok, channel_account_health.code) is distinct from (excluded.ok, excluded.code)`);
  if (changed === 1) await db.exec(sql`update channel_accounts set version = version + 1 where id = ${health.accountId}`);
  return changed === 1;
}

export const healthOf = (db: Db, ids: readonly string[]): Promise<HealthRow[]> =>
  db.query<HealthRow>(
    sql`select account_id, ok, code, detail, delay_seconds, since from channel_account_health where account_id = any(${ids}::uuid[])`,
  );

/** When something last came in and went out, read from what there is: no counter to keep on the way of a mail. */
export const trafficOf = (db: Db, ids: readonly string[]): Promise<{ id: string; last_in: Date | null; last_out: Date | null }[]> =>
  db.query(sql`select a.id,
      (select i.received_at from intake i where i.account_id = a.id order by i.received_at desc, i.id desc limit 1) as last_in,
      (select o.attempted_at from outbox o where o.account_id = a.id and o.attempted_at is not null and o.state in ('sent', 'delivered')
        order by o.attempted_at desc limit 1) as last_out
    from channel_accounts a where a.id = any(${ids}::uuid[])`);
