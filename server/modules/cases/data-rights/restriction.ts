import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { erasureOf, familyOf, isWithheld, withheldSince } from '../../customers/index.ts';
import { factsOf } from '../facts.ts';
import { linksOf } from '../queries/links.ts';
import { type CaseRow, caseColumns } from '../queries/rows.ts';
import { settleCases } from '../state/settle.ts';

/** As many as one transaction takes; more are left to the job. */
const atOnce = 100;
export const followJob = 'cases.follow_restriction';
export const eraseJob = 'cases.erase';

/**
 * Does with a customer's cases what was done with the customer (Art. 18 GDPR). Owner, team and what is owed stay as they are: whoever reads cases
 * leaves restricted ones out, and nothing happens to them by itself meanwhile. It looks at what the customer is now, so it may come late and twice.
 */
export async function followRestriction(ctx: Ctx, customerId: string): Promise<void> {
  const isRestricted = await isWithheld(ctx.db, customerId);
  const rows = await ctx.db.query<CaseRow>(sql`with mine as (select id from cases
      where customer_id = any(${await familyOf(ctx.db, customerId)}::uuid[]) and restricted_at is ${isRestricted ? sql`null` : sql`not null`}
      order by id limit ${atOnce} for no key update)
    update cases k set restricted_at = ${isRestricted ? ctx.now : null}, version = k.version + 1 from mine where k.id = mine.id returning ${caseColumns}`);
  if (rows.length === 0) return;
  // What came in behind an erasure is erased too.
  if (isRestricted && (await erasureOf(ctx.db, customerId))) await ctx.enqueue(eraseJob, { customerId });
  await tell(ctx, rows, isRestricted ? 'cases.restricted' : 'cases.restriction_lifted');
  if (!isRestricted)
    await settleCases(
      ctx,
      rows.map((row) => row.id),
    );
  if (rows.length === atOnce) await ctx.enqueue(followJob, { customerId });
}

async function tell(ctx: Ctx, rows: readonly CaseRow[], event: 'cases.restricted' | 'cases.restriction_lifted'): Promise<void> {
  const ids = rows.map((row) => row.id);
  const links = Map.groupBy(await linksOf(ctx.db, ids), (link) => link.caseId);
  const parts = await ctx.db.query<{
    caseId: string;
    statementId: string | null;
    handoverId: string | null;
    people: (string | null)[];
  }>(sql`
    select case_id as "caseId", id as "statementId", null::uuid as "handoverId", array[owner_id] as people from statements where case_id = any(${ids}::uuid[])
    union all select case_id, null, id, array[from_id, to_person_id] from handovers where case_id = any(${ids}::uuid[])`);
  const partsOf = Map.groupBy(parts, (part) => part.caseId);
  for (const row of rows) {
    const mine = partsOf.get(row.id) ?? [];
    ctx.emit(
      event,
      {
        ...factsOf(row, links.get(row.id) ?? []),
        statementIds: mine.flatMap((part) => part.statementId ?? []),
        handoverIds: mine.flatMap((part) => part.handoverId ?? []),
        personIds: [...new Set(mine.flatMap((part) => part.people.filter((id) => id !== null)))],
      },
      row.id,
    );
  }
}

/** A mail that was on its way in while its customer was being restricted may have opened a case behind that. */
export async function restrictLate(work: JobWork): Promise<void> {
  const since = new Date(work.platform.clock.now().getTime() - 3_600_000);
  for (const customerId of await withheldSince(work.reading.db, since)) {
    const family = await familyOf(work.reading.db, customerId);
    const late = await work.reading.db.query(
      sql`select from cases where customer_id = any(${family}::uuid[]) and restricted_at is null limit 1`,
    );
    if (late.length > 0) await work.transaction((ctx) => followRestriction(ctx, customerId));
  }
}
