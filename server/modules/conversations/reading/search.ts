import type { Conversation, Message } from '../../../../contract/conversations.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { seesMaskedOnly } from '../policy.ts';
import { presentConversations, presentMessages } from '../present.ts';
import { conversationFacts } from '../queries.ts';
import { type MessageRow, messageColumns } from '../rows.ts';

/** Messages and notes with these words that the actor may read, newest first. Words are stemmed as German; `"…"` is a phrase, `-word` excludes. */
export async function searchMessages(
  ctx: Ctx,
  { q, limit, cursor }: { q: string; limit: number; cursor?: string | undefined },
): Promise<{ items: { message: Message; conversation: Conversation; excerpt: string }[]; nextCursor: string | null }> {
  if (seesMaskedOnly(ctx.actor)) return { items: [], nextCursor: null };
  const before = cursor ? Buffer.from(cursor, 'base64url').toString().split(' ') : undefined;
  if (before && (before.length !== 2 || Number.isNaN(Date.parse(before[0] ?? '')) || !/^[0-9a-f-]{36}$/.test(before[1] ?? '')))
    throw core('core.cursor_invalid');
  const { page, next } = await find(ctx, {
    q,
    take: limit,
    before: before && { at: before[0] ?? '', id: before[1] ?? '' },
    readable: readableBy(ctx),
  });
  const excerpts = await ctx.db.query<{
    id: string;
    excerpt: string;
  }>(sql`select id, ts_headline('german', left(text, 5000), websearch_to_tsquery('german', ${q}),
      'StartSel="[[", StopSel="]]", MaxWords=24, MinWords=10') as excerpt from messages where id = any(${page.map((r) => r.id)}::uuid[])`);
  const byId = new Map(excerpts.map((e) => [e.id, e.excerpt]));
  const conversations = await conversationFacts(ctx.db, [...new Set(page.map((r) => r.conversationId))]);
  const shown = new Map((await presentConversations(ctx.db, [...conversations.values()])).map((c) => [c.id, c]));
  const messages = await presentMessages(ctx.db, page);
  return {
    items: messages.flatMap((message) => {
      const conversation = shown.get(message.conversationId);
      return conversation ? [{ message, conversation, excerpt: byId.get(message.id) ?? '' }] : [];
    }),
    nextCursor: next && Buffer.from(`${next.at} ${next.id}`).toString('base64url'),
  };
}

interface Place {
  at: string;
  id: string;
}
interface Wanted {
  q: string;
  take: number;
  before: Place | undefined;
  readable: Sql;
}
interface Found {
  page: MessageRow[];
  /** Where to go on; null at the end. */
  next: Place | null;
}

/** So many of the newest messages are looked through first: common words are found there. */
const firstLook = 250;
/** With more matches than this a word is common: the newest are found faster by walking back in time than by sorting all of them. */
const mostSorted = 4_000;
/** One step of that walk. */
const stride = 10_000;

/**
 * The index of words knows every match, but not which are the newest; a word that half of all messages hold would have half the archive read and sorted. So
 * common words are looked for in time, rare ones in the index: either way a search reads some thousand rows, however large the archive is. A page may
 * hold fewer than wanted, though there are more: only for finding nothing at all does the walk go to the end.
 */
async function find(ctx: Ctx, wanted: Wanted): Promise<Found> {
  const near = await lookThrough(ctx, wanted, firstLook);
  if (near.page.length === wanted.take || !near.next) return near;
  const matches = await ctx.db.query<{ id: string }>(
    sql`select m.id from messages m where m.words @@ websearch_to_tsquery('german', ${wanted.q}) limit ${mostSorted + 1}`,
  );
  if (matches.length <= mostSorted) return sorted(ctx, wanted, matches);
  const page = near.page;
  let next: Place | null = near.next;
  while (next && page.length < wanted.take) {
    const step: Found = await lookThrough(ctx, { ...wanted, take: wanted.take - page.length, before: next }, stride);
    page.push(...step.page);
    next = step.next;
    if (page.length > 0) break;
  }
  return { page, next };
}

/** The next so many messages back in time: which of them match. */
async function lookThrough(ctx: Ctx, { q, take, before, readable }: Wanted, rows: number): Promise<Found> {
  const range = earlierThan(before);
  const end = await ctx.db.maybe<{ at: Date; id: string }>(
    sql`select m.at, m.id from messages m where ${range} order by m.at desc, m.id desc offset ${rows - 1} limit 1`,
  );
  const until = end ? sql`(m.at, m.id) >= (${end.at}, ${end.id}::uuid)` : sql`true`;
  const found = await ctx.db.query<MessageRow>(sql`with looked as materialized (
      select m.id, m.words @@ websearch_to_tsquery('german', ${q}) as matches from messages m where ${range} and ${until}
      order by m.at desc, m.id desc limit ${rows})
    select ${messageColumns} from messages m join conversations c on c.id = m.conversation_id
    where m.id in (select id from looked where matches) and m.kind <> 'system' and ${readable} order by m.at desc, m.id desc limit ${take + 1}`);
  const rest = pageOf(found, take);
  return rest.next ? rest : { page: found, next: end ? placeOf(end) : null };
}

async function sorted(ctx: Ctx, { take, before, readable }: Wanted, matches: readonly { id: string }[]): Promise<Found> {
  const found = await ctx.db.query<MessageRow>(sql`select ${messageColumns} from messages m join conversations c on c.id = m.conversation_id
    where m.id = any(${matches.map(({ id }) => id)}::uuid[]) and m.kind <> 'system' and ${earlierThan(before)} and ${readable} order by m.at desc, m.id desc limit ${take + 1}`);
  return pageOf(found, take);
}

const placeOf = ({ at, id }: { at: Date; id: string }): Place => ({ at: at.toISOString(), id });

function pageOf(found: MessageRow[], take: number): Found {
  const page = found.slice(0, take);
  const last = page.at(-1);
  return { page, next: found.length > take && last ? placeOf(last) : null };
}

const earlierThan = (before: Place | undefined): Sql =>
  before ? sql`(m.at, m.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`;

function readableBy(ctx: Ctx): Sql {
  const teams = teamsWithin(ctx.actor, 'read_case');
  if (teams === 'all') return sql`true`;
  return sql`(c.team_id = any(${teams}::uuid[]) or c.assignee_id = ${ctx.actor.id} or c.claimed_by = ${ctx.actor.id}
    or exists (select from conversation_access g where g.conversation_id = c.id and g.person_id = ${ctx.actor.id} and g.until > ${ctx.now}))`;
}
