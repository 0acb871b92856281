import type { IdentityKind } from '../../../../contract/customers.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { type IdentityRow, identityColumns } from '../queries/rows.ts';

/** One sender of the batch, with the ids its customer and identity get if they are new. */
export interface ClaimRow {
  kind: IdentityKind;
  value: string;
  label: string;
  name: string | null;
  display_name: string;
  evidence: string;
  proved: boolean;
  customer_id: string;
  identity_id: string;
  history_id: string;
}

export interface OwnerRow {
  kind: IdentityKind;
  value: string;
  customer_id: string;
  root_id: string;
  display_name: string;
  verified: boolean;
  unnamed: boolean;
  created: boolean;
}

/**
 * Finds whom each identity belongs to and makes customers for those that belong to nobody; one statement for any number of them.
 * Two transactions with the same new identity: the unique index lets one win, the other one gets no row for it and asks again after the winner's
 * commit. Sorted, so that two batches wait for each other in the same order.
 */
export const findOrInsertOwners = (db: Db, claims: readonly ClaimRow[], now: Date): Promise<OwnerRow[]> =>
  db.query<OwnerRow>(sql`
    with claim as (select * from jsonb_to_recordset(${sql.json(claims)}) as (kind text, value text, label text, name text, display_name text,
        evidence text, customer_id uuid, identity_id uuid, history_id uuid)),
      known as (select distinct on (i.kind, i.value) i.kind, i.value, i.customer_id, i.verified_at is not null as verified
        from claim join customer_identities i on i.kind = claim.kind and i.value = claim.value and i.recognises
        order by i.kind, i.value, i.verified_at is null),
      identity as (insert into customer_identities (id, customer_id, kind, value, label, evidence, recognises, created_at)
        select identity_id, customer_id, kind, value, label, evidence, true, ${now}::timestamptz from claim
        where (kind, value) not in (select kind, value from known) order by kind, value
        on conflict (kind, value) where recognises and verified_at is null do nothing returning customer_id),
      made as (insert into customers (id, root_id, name, display_name, created_at)
        select customer_id, customer_id, name, display_name, ${now} from claim join identity using (customer_id)),
      history as (insert into customer_identity_history (id, customer_id, identity_id, kind, value, step, evidence, at)
        select history_id, customer_id, identity_id, kind, value, 'added', evidence, ${now} from claim join identity using (customer_id))
    select k.kind, k.value, k.customer_id, c.root_id, r.display_name, k.verified, r.name is null as unnamed, false as created
      from known k join customers c on c.id = k.customer_id join customers r on r.id = c.root_id
    union all select kind, value, customer_id, customer_id, display_name, false, name is null, true from claim join identity using (customer_id)`);

/**
 * Whoever will prove one of these waits for others who do until they have committed. Once proved, an identity is out of the index of those merely claimed, which is what
 * lets a second one with the same new identity see that it lost.
 */
export const takeTurns = (db: Db, keys: readonly string[]): Promise<number> =>
  db.exec(sql`select pg_advisory_xact_lock(hashtextextended('identity ' || key, 0)) from unnest(${keys}::text[]) as key`);

export const findIdentity = (db: Db, id: string): Promise<IdentityRow | undefined> =>
  db.maybe<IdentityRow>(sql`select ${identityColumns} from customer_identities i where i.id = ${id} for update`);

/** Who holds an identity, proved or claimed. */
export const holderOf = (
  db: Db,
  kind: IdentityKind,
  value: string,
  proved: boolean,
): Promise<{ customer_id: string; root_id: string } | undefined> =>
  db.maybe(sql`select i.customer_id, c.root_id from customer_identities i join customers c on c.id = i.customer_id
    where i.kind = ${kind} and i.value = ${value} and i.recognises and (i.verified_at is not null) = ${proved}`);

/** Adds it; false when somebody else has it in the meantime. */
export async function insertIdentity(db: Db, row: Omit<IdentityRow, 'version'> & { created_at: Date }): Promise<boolean> {
  const added =
    await db.exec(sql`insert into customer_identities (id, customer_id, kind, value, label, evidence, verified_at, recognises, created_at)
    values (${row.id}, ${row.customer_id}, ${row.kind}, ${row.value}, ${row.label}, ${row.evidence}, ${row.verified_at}, ${row.recognises}, ${row.created_at})
    on conflict do nothing`);
  return added === 1;
}

export const markVerified = (db: Db, id: string, evidence: string, at: Date): Promise<number> =>
  db.exec(sql`update customer_identities set verified_at = ${at}, evidence = ${evidence}, version = version + 1 where id = ${id}`);

/** Proves an identity that nobody has proved yet. */
export const proveIdentity = (
  db: Db,
  one: { kind: IdentityKind; value: string; evidence: string; at: Date },
): Promise<Pick<IdentityRow, 'id' | 'customer_id' | 'kind' | 'value'> | undefined> =>
  db.maybe(sql`update customer_identities i set verified_at = ${one.at}, evidence = ${one.evidence}, version = version + 1
    where i.kind = ${one.kind} and i.value = ${one.value} and i.recognises and i.verified_at is null
      and not exists (select from customer_identities o where o.kind = i.kind and o.value = i.value and o.recognises and o.verified_at is not null)
    returning id, customer_id, kind, value`);

export const deleteIdentity = (db: Db, id: string): Promise<number> => db.exec(sql`delete from customer_identities where id = ${id}`);

export async function insertHistory(
  db: Db,
  line: {
    id: string;
    identity: Pick<IdentityRow, 'id' | 'customer_id' | 'kind' | 'value'>;
    step: 'added' | 'verified' | 'removed';
    evidence: string | null;
    byId: string | null;
    at: Date;
  },
): Promise<void> {
  const { identity } = line;
  await db.exec(sql`insert into customer_identity_history (id, customer_id, identity_id, kind, value, step, evidence, by_id, at)
    values (${line.id}, ${identity.customer_id}, ${identity.id}, ${identity.kind}, ${identity.value}, ${line.step}, ${line.evidence}, ${line.byId}, ${line.at})`);
}

export interface KnownIdentity {
  id: string;
  kind: IdentityKind;
  value: string;
  label: string;
  /** Whom it counts as. */
  customerId: string;
}

/** An identity of somebody who is there for service: those of restricted and erased customers are not found. */
export const knownIdentity = (db: Db, id: string): Promise<KnownIdentity | undefined> =>
  db.maybe<KnownIdentity>(sql`${knownIdentities} and i.id = ${id}`);

/** Which of a customer's identities have one of these values; the one known longest first. */
export const identitiesAmong = (db: Db, customerId: string, kind: IdentityKind, values: readonly string[]): Promise<KnownIdentity[]> =>
  db.query<KnownIdentity>(sql`${knownIdentities} and i.kind = ${kind} and i.value = any(${values}::text[])
    and c.root_id = (select root_id from customers where id = ${customerId}) order by i.created_at, i.id`);

const knownIdentities = sql`select i.id, i.kind, i.value, i.label, r.id as "customerId" from customer_identities i join customers c on c.id = i.customer_id
  join customers r on r.id = c.root_id where r.status = 'active' and (c.id = r.id or c.merged_into is not null)`;
