import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { hasLetters } from '../../conversations/index.ts';
import { erasureOf, finishErasure, lettersFreeBefore, standingErasures } from '../../customers/index.ts';
import { forgetCodes } from '../customer-page/forget.ts';
import { linksOf } from '../queries/links.ts';
import { followRestriction } from './restriction.ts';

const atOnce = 50;

/**
 * Empties a customer's cases (Art. 17 GDPR): what they say goes, numbers, states, times and counts stay. Killed anywhere it goes on when it runs again. What
 * the customer was told counts as a letter where those have to be kept; with the last letter goes what found them.
 */
export async function eraseCases({ transaction }: Pick<JobWork, 'transaction'>, customerId: string): Promise<void> {
  const erasure = await transaction((ctx) => erasureOf(ctx.db, customerId));
  if (!erasure) return;
  await transaction((ctx) => followRestriction(ctx, customerId));
  for (const step of [eraseConcerns, eraseStatements])
    while ((await transaction((ctx) => step(ctx, erasure.customerIds, erasure.keepsLetters))) > 0);
  if (erasure.keepsLetters) await transaction((ctx) => finishWhenDone(ctx, customerId, erasure.customerIds));
}

/** Every day: what was told whose time has come. */
export async function eraseDueStatements(work: JobWork): Promise<void> {
  for (const customerId of await standingErasures(work.reading.db)) await eraseCases(work, customerId);
}

async function eraseConcerns(ctx: Ctx, customerIds: readonly string[]): Promise<number> {
  const rows = await ctx.db.query<{
    id: string;
  }>(sql`update cases set subject = '', tags = '{}', facts = '[]', wish = null, erased_at = ${ctx.now},
      version = version + 1, restricted_at = coalesce(restricted_at, ${ctx.now}),
      resolution = case when resolution is null then null else jsonb_set(resolution, '{summary}', '""') end
    where id in (select id from cases where customer_id = any(${customerIds}::uuid[]) and erased_at is null order by id limit ${atOnce} for no key update)
    returning id`);
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return 0;
  await forgetCodes(
    ctx,
    (await linksOf(ctx.db, ids)).map((link) => link.conversationId),
  );
  await ctx.db.exec(sql`update handovers set brief = '{}', reason = null, version = version + 1 where case_id = any(${ids}::uuid[])`);
  await ctx.db.exec(sql`update case_moves set taken = '{}' where from_id = any(${ids}::uuid[]) or into_id = any(${ids}::uuid[])`);
  return ids.length;
}

const said = sql`(s.text <> '' or s.evidence is not null)`;

async function eraseStatements(ctx: Ctx, customerIds: readonly string[], keepsLetters: boolean): Promise<number> {
  return ctx.db.exec(sql`update statements set text = '', evidence = null, version = version + 1 where id in (
      select s.id from cases k join statements s on s.case_id = k.id where k.customer_id = any(${customerIds}::uuid[]) and ${said}
        and ${keepsLetters ? sql`s.said_at < ${lettersFreeBefore(ctx.now)}` : sql`true`} order by s.id limit ${atOnce})`);
}

async function finishWhenDone(ctx: Ctx, customerId: string, customerIds: readonly string[]): Promise<void> {
  const left = await ctx.db.query(
    sql`select from cases k join statements s on s.case_id = k.id where k.customer_id = any(${customerIds}::uuid[]) and ${said} limit 1`,
  );
  if (left.length === 0 && !(await hasLetters(ctx, customerId))) await finishErasure(ctx, customerId);
}
