import { sql } from '../../../platform/database/sql.ts';
import type { TestHouse } from '../../../testing/house.ts';

/** So many talks of one message each, a second apart from now on by the house's clock, so that they are newer than all others once it has moved on. */
export async function fillTalks(
  { db, clock }: Pick<TestHouse, 'db' | 'clock'>,
  teamId: string,
  { text, count }: { text: string; count: number },
): Promise<void> {
  const at = sql`${clock.now()}::timestamptz + n * interval '1 second'`;
  const id = (what: string) => sql`md5(${`${what} ${text}`} || n)::uuid`;
  await db.exec(sql`insert into conversations (id, channel, visibility, state, subject, preview, customer_id, customer_root_id, team_id, last_seq, last_message_at,
      last_direction, created_at)
    select ${id('conversation')}, 'email', 'private', 'closed', 'Anfrage', '', ${id('customer')}, ${id('customer')}, ${teamId}, 1, ${at}, 'in', ${at}
    from generate_series(1, ${count}::int) n`);
  await db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_name, envelope, text, at, created_at)
    select ${id('message')}, ${id('conversation')}, 1, 'message', 'in', 'private', 'customer', 'Erika Klein', '{"from":null,"to":[],"cc":[],"bcc":[]}', ${text}, ${at}, ${at}
    from generate_series(1, ${count}::int) n`);
}
