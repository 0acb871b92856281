import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { putFile, removeFiles } from '../../../platform/files/files.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { eraseDeliveries, eraseRaw, eraseThreadNotes, eraseUnread, hasUnread, rawAbout, readInbound } from '../../channels/index.ts';
import { erasureOf, familyOf, lettersFreeBefore, standingErasures } from '../../customers/index.ts';
import { forgetWords } from '../search/vocabulary.ts';
import { noEnvelope } from '../timeline/insert-message.ts';
import { belongsTo, restrictSome } from './restriction.ts';

/** As many messages as one transaction takes: each may have a raw mail of many megabytes. */
const atOnce = 50;
/** What an erased message carries instead of what it said. */
const erased = sql`m.facts @> '{erased}'`;

/**
 * Empties what a customer and we wrote to each other (Art. 17 GDPR); states, times, counts and ids stay, so that figures keep adding up. Step by step, each
 * in a transaction and none leaving anything for the next to remember: it may be killed anywhere and run again, and does nothing twice. Letters
 * that the law makes us keep are left alone until it lets them go.
 */
export async function eraseConversations({ transaction }: Pick<JobWork, 'transaction'>, customerId: string): Promise<void> {
  if (!(await transaction((ctx) => erasureOf(ctx.db, customerId)))) return;
  for (const step of [restrictSome, eraseTyped, eraseLetters, eraseThreads, eraseUnreadLetters])
    while ((await transaction((ctx) => step(ctx, customerId))) > 0);
}

/** Every day: letters whose time has come. */
export async function eraseDueLetters(work: JobWork): Promise<void> {
  for (const customerId of await standingErasures(work.reading.db)) await eraseConversations(work, customerId);
}

/** Whether anything of a customer's conversations is left to erase. */
export async function hasLetters(ctx: Pick<Ctx, 'db'>, customerId: string): Promise<boolean> {
  const rows = await ctx.db.query(
    sql`select from conversations c where ${await belongsTo(ctx, customerId)} and c.erased_at is null limit 1`,
  );
  return rows.length > 0 || (await hasUnread(ctx.db, (await erasureOf(ctx.db, customerId))?.customerIds ?? []));
}

/** What of theirs could not be read and so is in no conversation. */
async function eraseUnreadLetters(ctx: Ctx, customerId: string): Promise<number> {
  const erasure = await erasureOf(ctx.db, customerId);
  return erasure ? eraseUnread(ctx, erasure.customerIds, erasure.keepsLetters ? lettersFreeBefore(ctx.now) : null) : 0;
}

/** What somebody was typing, with the files uploaded for it, and those that the customer uploaded on their page for nothing yet. */
async function eraseTyped(ctx: Ctx, customerId: string): Promise<number> {
  const mine = sql`(select c.id from conversations c where ${await belongsTo(ctx, customerId)})`;
  const drafts = await ctx.db.query<{ files: string[] }>(sql`delete from drafts where id in (
      select id from drafts where conversation_id in ${mine} order by id limit ${atOnce}) returning attachment_ids as files`);
  const family = await familyOf(ctx.db, customerId);
  const uploads = await ctx.db.query<{ fileId: string | null }>(sql`delete from attachments
    where message_id is null and (id = any(${drafts.flatMap((draft) => draft.files)}::uuid[]) or uploaded_by = any(${family}::uuid[]))
    returning file_id as "fileId"`);
  await removeFiles(
    ctx.db,
    uploads.flatMap(({ fileId }) => fileId ?? []),
  );
  await ctx.db.exec(sql`delete from conversation_access where conversation_id in ${mine}`);
  // Why somebody must not get it tells of the customer.
  await ctx.db.exec(sql`delete from conversation_conflicts where conversation_id in ${mine}`);
  return drafts.length;
}

interface Letter {
  id: string;
  accountId: string | null;
  platformId: string | null;
  intakeId: string | null;
}

async function eraseLetters(ctx: Ctx, customerId: string): Promise<number> {
  const erasure = await erasureOf(ctx.db, customerId);
  if (!erasure) return 0;
  // Notes and system lines are nobody's letters.
  const mayGo = erasure.keepsLetters ? sql`(m.kind <> 'message' or m.at < ${lettersFreeBefore(ctx.now)})` : sql`true`;
  const letters =
    await ctx.db.query<Letter>(sql`select m.id, c.account_id as "accountId", m.platform_id as "platformId", m.intake_id as "intakeId"
    from conversations c join messages m on m.conversation_id = c.id
    where ${await belongsTo(ctx, customerId)} and c.erased_at is null and not ${erased} and ${mayGo} limit ${atOnce} for update of m`);
  if (letters.length === 0) return 0;
  const ids = letters.map(({ id }) => id);
  await forgetWords(ctx, ids);
  const intakeIds = await rawOfLetters(ctx, letters, ids);
  await keepOthers(ctx, intakeIds, ids);
  await eraseRaw(ctx, intakeIds);
  await eraseDeliveries(ctx, ids);
  const files = await ctx.db.query<{ fileId: string }>(
    sql`select distinct file_id as "fileId" from attachments where message_id = any(${ids}::uuid[]) and file_id is not null`,
  );
  await removeFiles(
    ctx.db,
    files.map(({ fileId }) => fileId),
  );
  await ctx.db.exec(
    sql`update attachments set filename = '', content_id = null, file_id = null, size = 0 where message_id = any(${ids}::uuid[])`,
  );
  await ctx.db.exec(sql`update messages m set version = version + 1, author_name = '', envelope = ${sql.json(noEnvelope)}, subject = null, text = '',
      quoted = null, signature = null, html = null, has_html = false, facts = '{erased}', mentions = '{}', platform_id = null, in_reply_to = null,
      delivery = case when delivery is null then null else jsonb_set(delivery, '{problem}', 'null') end
    where m.id = any(${ids}::uuid[])`);
  return letters.length;
}

/** The raw mails they came in by, and those that tell of them but belong to no other message. */
async function rawOfLetters(ctx: Ctx, letters: readonly Letter[], ids: readonly string[]): Promise<string[]> {
  const own = letters.flatMap(({ intakeId }) => intakeId ?? []);
  const about = (await rawAbout(ctx, letters)).filter((id) => !own.includes(id));
  const others = await ctx.db.query<{ id: string }>(
    sql`select distinct intake_id as id from messages where intake_id = any(${about}::uuid[]) and id <> all(${ids}::uuid[])`,
  );
  return [...new Set([...own, ...about.filter((id) => !others.some((other) => other.id === id))])];
}

/** One delivery may hold messages of several people: what others wrote is taken out of it before it goes. */
async function keepOthers(ctx: Ctx, intakeIds: readonly string[], ids: readonly string[]): Promise<void> {
  const others = await ctx.db.query<{
    id: string;
    intakeId: string;
    index: number;
  }>(sql`select m.id, m.intake_id as "intakeId", coalesce(m.intake_index, 0) as index
    from messages m where m.intake_id = any(${intakeIds}::uuid[]) and m.id <> all(${ids}::uuid[]) and not ${erased}`);
  for (const { id, intakeId, index } of others) {
    const inbound = await readInbound(ctx, { intakeId, index });
    if (!inbound) continue;
    await ctx.db.exec(sql`update messages set html = ${inbound.message.html} where id = ${id}`);
    await keepFiles(ctx.db, ctx, id, inbound.message.attachments);
  }
}

async function keepFiles(db: Db, ctx: Ctx, messageId: string, contents: readonly { content: Uint8Array | null }[]): Promise<void> {
  const rows = await db.query<{ id: string; n: number; filename: string; mediaType: string }>(
    sql`select id, n, filename, media_type as "mediaType" from attachments where message_id = ${messageId} and file_id is null`,
  );
  for (const { id, n, filename, mediaType } of rows) {
    const content = contents[n]?.content;
    if (!content) continue;
    const file = await putFile(ctx, content, { mediaType, filename });
    await db.exec(sql`update attachments set file_id = ${file.id} where id = ${id}`);
  }
}

/** A thread whose messages are all empty says nothing any more either. */
async function eraseThreads(ctx: Ctx, customerId: string): Promise<number> {
  const done = await ctx.db.query<{ id: string; accountId: string | null; threadKey: string | null }>(sql`select c.id,
      c.account_id as "accountId", c.thread_key as "threadKey" from conversations c where ${await belongsTo(ctx, customerId)} and c.erased_at is null
      and not exists (select from messages m where m.conversation_id = c.id and not ${erased}) order by c.id limit ${atOnce}`);
  await eraseThreadNotes(
    ctx,
    done.flatMap(({ accountId, threadKey }) => (accountId && threadKey ? [{ accountId, threadKey }] : [])),
  );
  return ctx.db.exec(sql`update conversations set subject = '', preview = '', tags = '{}', participants = '{}', thread_key = null, erased_at = ${ctx.now},
      version = version + 1
    where id = any(${done.map(({ id }) => id)}::uuid[])`);
}
