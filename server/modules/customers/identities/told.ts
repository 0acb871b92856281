import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { findOrCreateByIdentity } from './find-or-create.ts';
import { normaliseIdentity } from './normalise.ts';
import { holderOf } from './queries.ts';

/** How another system of the company's names a customer. `confirmed`: it has checked the address itself. */
export type Told = { id: string } | { number: string } | { mail: string; confirmed: boolean };

interface Known {
  customerId: string;
  rootId: string;
}

/**
 * Whom another system means, held until the end of the transaction: what is written down for them meanwhile is there when they are restricted or erased.
 * Never a guess: a number that is theirs, or an address that is proved. Undefined when nobody who is there for service is known by it.
 */
export async function findTold(ctx: Ctx, told: Told): Promise<Known | undefined> {
  const customerId = 'id' in told ? told.id : 'number' in told ? await holderOfNumber(ctx.db, told.number) : await holderOfMail(ctx, told);
  if (!customerId) return undefined;
  // Whoever was merged just while we waited for them counts as another one now: a second look finds that one.
  return (await hold(ctx.db, customerId)) ?? (await hold(ctx.db, customerId));
}

const hold = (db: Db, id: string): Promise<Known | undefined> =>
  db.maybe<Known>(sql`select c.id as "customerId", r.id as "rootId" from customers c join customers r on r.id = c.root_id
    where c.id = ${id} and r.status = 'active' for share of r`);

/**
 * Whoever has the number; of a customer who counts as them and brought it along, that one, so that undoing the merge parts what was told meanwhile, too. One that
 * is known by several who were merged into different customers is nobody's.
 */
async function holderOfNumber(db: Db, written: string): Promise<string | undefined> {
  const number = normaliseIdentity('customer_number', written);
  if (number === null) return undefined;
  const rows = await db.query<{
    id: string;
    rootId: string;
  }>(sql`select c.id, c.root_id as "rootId" from customers c join customers r on r.id = c.root_id
    where c.number is not null and bare_number(c.number) = ${number} and r.status = 'active' order by c.id`);
  const own = rows.find(({ id, rootId }) => id === rootId);
  const among = own ? rows.filter(({ rootId }) => rootId === own.id) : rows;
  if (new Set(among.map(({ rootId }) => rootId)).size === 1) return (among.find(({ id, rootId }) => id !== rootId) ?? among[0])?.id;
  return rows.length > 0 ? undefined : (await holderOf(db, 'customer_number', number, true))?.customer_id;
}

async function holderOfMail(ctx: Ctx, { mail, confirmed }: { mail: string; confirmed: boolean }): Promise<string | undefined> {
  const value = normaliseIdentity('mail', mail);
  if (value === null) return undefined;
  const holder = await holderOf(ctx.db, 'mail', value, true);
  if (holder || !confirmed) return holder?.customer_id;
  return (await findOrCreateByIdentity(ctx, { kind: 'mail', value: mail, label: mail, name: '', evidence: 'import', isProved: true }))
    .customerId;
}
