import { asksSomething } from '../../../../contract/writing/questions.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';

/**
 * Whether a person of us has asked the customer something since their last message. What was taken back or could not be delivered asked nobody, and neither did what went to
 * third parties, what a machine wrote, or a quotation: of a message only the new text counts, without its signature.
 */
export async function hasAsked(db: Db, conversationId: string): Promise<boolean> {
  const said = await db.query<{ text: string }>(sql`select m.text from messages m where m.conversation_id = ${conversationId}
    and m.kind = 'message' and m.direction = 'out' and m.author_kind <> 'system' and m.automatic is null and not 'forward' = any (m.facts)
    and coalesce(m.delivery->>'state', '') not in ('cancelled', 'failed')
    and m.seq > (select coalesce(max(i.seq), 0) from messages i where i.conversation_id = ${conversationId} and i.kind = 'message'
      and i.direction = 'in' and i.automatic is null) order by m.seq desc limit 50`);
  return said.some(({ text }) => asksSomething(text));
}
