import type { Ctx } from '../../../platform/context.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { cancelDelivery, type Delivered } from '../../channels/index.ts';
import { erasureOf, familyOf, isWithheld, withheldSince } from '../../customers/index.ts';
import { actorOf, defaultTeamId, teamOf } from '../../workspace/index.ts';
import { freeClaim } from '../claims/release.ts';
import { type ConversationRow, conversationColumns, type MessageRow, messageColumns } from '../rows.ts';
import { addSystemLine } from '../timeline/add-system-line.ts';
import { facts, updateConversation } from '../write.ts';

/** As many as one transaction takes; more are left to the job. */
const atOnce = 100;
export const followJob = 'conversations.follow_restriction';
export const eraseJob = 'conversations.erase';

/**
 * Does with a customer's conversations what was done with the customer (Art. 18 GDPR). It looks at what the customer is now, so it may come late, twice
 * and in any order.
 */
export async function followRestriction(ctx: Ctx, customerId: string): Promise<void> {
  const isRestricted = await isWithheld(ctx.db, customerId);
  const done = await (isRestricted ? restrictSome : liftSome)(ctx, customerId);
  // What came in behind an erasure is erased too.
  if (isRestricted && done > 0 && (await erasureOf(ctx.db, customerId))) await ctx.enqueue(eraseJob, { customerId });
  if (done === atOnce) await ctx.enqueue(followJob, { customerId });
}

/** A mail that was on its way in while its customer was being restricted may have opened a conversation behind that. */
export async function restrictLate(work: JobWork): Promise<void> {
  const since = new Date(work.platform.clock.now().getTime() - 3_600_000);
  for (const customerId of await withheldSince(work.reading.db, since)) {
    const late = await work.reading.db.query(
      sql`select from conversations c where ${await belongsTo(work.reading, customerId)} and c.restricted_at is null limit 1`,
    );
    if (late.length > 0) await work.transaction((ctx) => followRestriction(ctx, customerId));
  }
}

/** Conversations of everybody who counts as this customer, also where a merge has not been followed yet. */
export async function belongsTo(ctx: Pick<Ctx, 'db'>, customerId: string): Promise<Sql> {
  const family = await familyOf(ctx.db, customerId);
  return sql`(c.customer_id = any(${family}::uuid[]) or c.customer_root_id = any(${family}::uuid[]))`;
}

/** Takes up to a hundred out of sight. Gives how many. */
export async function restrictSome(ctx: Ctx, customerId: string): Promise<number> {
  const rows = await ctx.db.query<ConversationRow>(sql`select ${conversationColumns} from conversations c
    where ${await belongsTo(ctx, customerId)} and c.restricted_at is null order by c.id limit ${atOnce} for no key update of c`);
  for (const row of rows) await restrict(ctx, row);
  await ctx.db.exec(sql`delete from customer_leases where customer_id = any(${[...new Set(rows.map((row) => row.customerId))]}::uuid[])`);
  return rows.length;
}

async function restrict(ctx: Ctx, row: ConversationRow): Promise<void> {
  const freed = await freeClaim(ctx, row, 'release');
  const stopped = await stopSending(ctx, freed);
  const readers = await ctx.db.query<{ id: string }>(
    sql`delete from conversation_access where conversation_id = ${row.id} returning person_id as id`,
  );
  await addSystemLine(ctx, row.id, { code: 'conversations.restricted', data: { stopped: String(stopped) } });
  const restricted = await updateConversation(
    ctx,
    row.id,
    sql`restricted_at = ${ctx.now}, restricted_team_id = c.team_id, restricted_assignee_id = c.assignee_id, team_id = null, assignee_id = null`,
  );
  const leftPersonIds = [row.assigneeId, row.claimedBy, ...readers.map(({ id }) => id)].filter((id) => id !== null);
  ctx.emit(
    'conversations.restricted',
    { ...facts(restricted), leftTeamId: row.teamId, leftPersonIds: [...new Set(leftPersonIds)] },
    row.caseId,
  );
}

/** What has not left yet does not leave. It stands as cancelled from then on, for nobody could say later whether it is still right. */
async function stopSending(ctx: Ctx, row: ConversationRow): Promise<number> {
  const waiting = await ctx.db.query<MessageRow>(sql`select ${messageColumns} from messages m
    where m.conversation_id = ${row.id} and m.delivery->>'state' in ('held', 'scheduled', 'queued')`);
  let stopped = 0;
  for (const { id, seq } of waiting) {
    if (!(await cancelDelivery(ctx, id))) continue;
    const delivery = { state: 'cancelled', at: ctx.now.toISOString(), until: null, problem: null };
    await ctx.db.exec(sql`update messages set version = version + 1, delivery = ${sql.json(delivery)} where id = ${id}`);
    ctx.emit('conversations.delivery_changed', { ...facts(row), messageId: id, seq, state: 'cancelled' }, row.caseId);
    stopped += 1;
  }
  return stopped;
}

type Aside = ConversationRow & { asideTeamId: string | null; asidePersonId: string | null };

async function liftSome(ctx: Ctx, customerId: string): Promise<number> {
  const rows =
    await ctx.db.query<Aside>(sql`select ${conversationColumns}, c.restricted_team_id as "asideTeamId", c.restricted_assignee_id as "asidePersonId"
    from conversations c where ${await belongsTo(ctx, customerId)} and c.restricted_at is not null order by c.id limit ${atOnce} for no key update of c`);
  for (const row of rows) {
    // Team or person may be gone since then, and in a team that is not there nobody would ever see it again.
    const team = row.asideTeamId ? await teamOf(ctx.db, row.asideTeamId) : undefined;
    const teamId = row.asideTeamId && (!team || team.archived) ? (team?.successor_id ?? (await defaultTeamId(ctx.db))) : row.asideTeamId;
    const personId = row.asidePersonId && (await actorOf(ctx, row.asidePersonId)) ? row.asidePersonId : null;
    const lifted = await updateConversation(
      ctx,
      row.id,
      sql`restricted_at = null, restricted_team_id = null, restricted_assignee_id = null, team_id = ${teamId}, assignee_id = ${personId}`,
    );
    ctx.emit('conversations.restriction_lifted', facts(lifted), lifted.caseId);
    await addSystemLine(ctx, row.id, { code: 'conversations.restriction_lifted', data: {} });
  }
  return rows.length;
}

/** Raw mails of restricted conversations, the reports on what was sent from them, and the copies of it that came in again. */
export async function hiddenDeliveries(db: Db, deliveries: readonly Delivered[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(sql`with given as (
      select * from jsonb_to_recordset(${sql.json(deliveries)}) as d("intakeId" uuid, "accountId" uuid, "platformId" text, concerns uuid[])),
    told as (
      select d."intakeId" as id, m.conversation_id as of from given d join messages m on m.intake_id = d."intakeId"
      union select d."intakeId", m.conversation_id from given d join messages m on m.id = any(d.concerns)
      union select d."intakeId", c.id from given d join messages m on m.platform_id = d."platformId"
        join conversations c on c.id = m.conversation_id and c.account_id = d."accountId"
        where not exists (select from messages own where own.intake_id = d."intakeId"))
    select distinct told.id from told join conversations c on c.id = told.of where c.restricted_at is not null`);
  return new Set(rows.map((row) => row.id));
}
