import { conversationState } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { listConversations } from '../list/list.ts';
import { conversationFacts } from '../queries.ts';
import type { ConversationRow } from '../rows.ts';

/** What came in last in a conversation. */
export interface Inbound {
  conversationId: string;
  subject: string | null;
  text: string;
  automatic: string | null;
  at: Date;
}

/** By conversation; one that nobody has written into is not there. Of a very long text, its beginning. */
export async function newestInbound(db: Db, conversationIds: readonly string[]): Promise<Map<string, Inbound>> {
  const rows = await db.query<Inbound>(sql`select asked.id as "conversationId", m.subject, left(m.text, 20000) as text, m.automatic, m.at
    from unnest(${conversationIds}::uuid[]) as asked(id) cross join lateral (
      select * from messages m where m.conversation_id = asked.id and m.kind = 'message' and m.direction = 'in' order by m.at desc, m.id desc limit 1) m`);
  return new Map(rows.map((row) => [row.conversationId, row]));
}

/** Those of these conversations whose customer has an earlier one. */
export async function haveWrittenBefore(db: Db, conversationIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(sql`select c.id from conversations c where c.id = any(${conversationIds}::uuid[])
    and exists (select from conversations o where o.customer_root_id = c.customer_root_id and (o.created_at, o.id) < (c.created_at, c.id))`);
  return new Set(rows.map(({ id }) => id));
}

/** What was merged is where it went. */
const states = conversationState.options.filter((state) => state !== 'merged');

/** The newest conversations of the teams whose work the actor may read, newest first; those of restricted customers are in no list. */
export async function newestReadable(ctx: Ctx, limit: number): Promise<ConversationRow[]> {
  const { page } = await listConversations(ctx, { filter: { states }, sort: 'newest', limit });
  const rows = await conversationFacts(
    ctx.db,
    page.map(({ id }) => id),
  );
  return page.flatMap(({ id }) => rows.get(id) ?? []);
}

/** Who wrote since then, the first message of each conversation, newest first; what machines wrote, and what only lies there, is left out. */
export const wroteSince = (db: Db, from: Date, most: number): Promise<{ conversationId: string; since: Date }[]> =>
  db.query(sql`select m.conversation_id as "conversationId", min(m.at) as since from messages m join conversations c on c.id = m.conversation_id
    where m.at >= ${from} and m.kind = 'message' and m.direction = 'in' and m.automatic is null and c.restricted_at is null and c.state <> 'merged'
    group by 1 order by 2 desc, 1 limit ${most}`);
