import type { Conversation, Message } from '../../../contract/conversations.ts';
import { teamsWithin } from '../../platform/actor.ts';
import type { Ctx } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import { fail as core } from '../../platform/errors.ts';
import { seesMaskedOnly } from './policy.ts';
import { presentConversations, presentMessages } from './present.ts';
import { conversationFacts } from './queries.ts';
import { type MessageRow, messageColumns } from './rows.ts';

/** Messages and notes with these words that the actor may read, newest first. Words are stemmed as German; `"…"` is a phrase, `-word` excludes. */
export async function searchMessages(
  ctx: Ctx,
  { q, limit, cursor }: { q: string; limit: number; cursor?: string | undefined },
): Promise<{ items: { message: Message; conversation: Conversation; excerpt: string }[]; nextCursor: string | null }> {
  if (seesMaskedOnly(ctx.actor)) return { items: [], nextCursor: null };
  const teams = teamsWithin(ctx.actor, 'read_case');
  const before = cursor ? Buffer.from(cursor, 'base64url').toString().split(' ') : undefined;
  if (before && (before.length !== 2 || Number.isNaN(Date.parse(before[0] ?? '')) || !/^[0-9a-f-]{36}$/.test(before[1] ?? '')))
    throw core('core.cursor_invalid');
  const rows = await ctx.db.query<MessageRow>(sql`select ${messageColumns} from messages m join conversations c on c.id = m.conversation_id
    where m.words @@ websearch_to_tsquery('german', ${q})
      ${before ? sql`and (m.at, m.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : sql.empty}
      and ${
        teams === 'all'
          ? sql`true`
          : sql`(c.team_id = any(${teams}::uuid[]) or c.assignee_id = ${ctx.actor.id} or c.claimed_by = ${ctx.actor.id}
        or exists (select from conversation_access g where g.conversation_id = c.id and g.person_id = ${ctx.actor.id} and g.until > ${ctx.now}))`
      }
    order by m.at desc, m.id desc limit ${limit + 1}`);
  const page = rows.slice(0, limit);
  const excerpts = await ctx.db.query<{
    id: string;
    excerpt: string;
  }>(sql`select id, ts_headline('german', left(text, 5000), websearch_to_tsquery('german', ${q}),
      'StartSel="[[", StopSel="]]", MaxWords=24, MinWords=10') as excerpt from messages where id = any(${page.map((r) => r.id)}::uuid[])`);
  const byId = new Map(excerpts.map((e) => [e.id, e.excerpt]));
  const conversations = await conversationFacts(ctx.db, [...new Set(page.map((r) => r.conversationId))]);
  const shown = new Map((await presentConversations(ctx.db, [...conversations.values()])).map((c) => [c.id, c]));
  const messages = await presentMessages(ctx.db, page);
  const last = page.at(-1);
  return {
    items: messages.flatMap((message) => {
      const conversation = shown.get(message.conversationId);
      return conversation ? [{ message, conversation, excerpt: byId.get(message.id) ?? '' }] : [];
    }),
    nextCursor: rows.length > limit && last ? Buffer.from(`${last.at.toISOString()} ${last.id}`).toString('base64url') : null,
  };
}
