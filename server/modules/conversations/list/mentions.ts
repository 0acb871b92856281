import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { readableConversations } from '../policy.ts';
import { presentConversations } from '../present.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';

/** Counted no further than this. */
const mostCounted = 1_000;

/** How many open conversations hold a mention of the caller that the caller has not written after. */
export async function countUnanswered({ db, actor }: Pick<Ctx, 'db' | 'actor'>): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`select count(*) as n from (select from
      (select conversation_id, max(seq) as seq from messages where mentions @> array[${actor.id}::uuid] and mentions <> '{}' group by 1) m
      join conversations c on c.id = m.conversation_id
    where c.is_open and not exists (select from messages own where own.conversation_id = m.conversation_id and own.seq > m.seq
      and own.author_id = ${actor.id}) limit ${mostCounted}) found`);
  return n;
}

/** As much as a row of a list has room for. */
const shownOfNote = 160;

/** Conversations in which a colleague mentioned the caller, newest mention first. `<> '{}'` is the condition of the index. */
export async function listMentions(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const before = cursor ? new Date(Buffer.from(cursor, 'base64url').toString()) : undefined;
  if (before && Number.isNaN(before.getTime())) throw core('core.cursor_invalid');
  const rows = await ctx.db.query<
    ConversationRow & { mentionedAt: Date; mentionedBy: string; note: string }
  >(sql`select ${conversationColumns}, n.at as "mentionedAt", n.author_name as "mentionedBy", left(n.text, ${shownOfNote}) as note from conversations c
    join (select distinct on (conversation_id) conversation_id, at, author_name, text from messages
      where mentions @> array[${ctx.actor.id}::uuid] and mentions <> '{}' order by conversation_id, seq desc) n on n.conversation_id = c.id
    where ${before ? sql`n.at < ${before}` : sql`true`} order by n.at desc limit ${limit + 1}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const readable = new Set((await readableConversations(ctx, page)).map(({ id }) => id));
  const shown = page.filter(({ id }) => readable.has(id));
  return {
    items: await presentConversations(ctx.db, shown),
    mentions: Object.fromEntries(shown.map(({ id, mentionedBy, note }) => [id, { authorName: mentionedBy, text: note }])),
    nextCursor: rows.length > limit && last ? Buffer.from(last.mentionedAt.toISOString()).toString('base64url') : null,
  };
}
