import { system } from '../../platform/actor.ts';
import { transaction } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import type { TestHouse } from '../../testing/house.ts';
import { createCustomer } from '../customers/testing.ts';
import { keepTime } from './clock/due.ts';
import { conversationFacts } from './queries.ts';

export interface TestConversation {
  id: string;
  customerId: string;
  teamId: string;
}

/** A conversation that waits in a team's queue, with one message of its customer; parents that are not named are made. */
export async function createConversation(
  h: TestHouse,
  given: {
    teamId: string;
    customerId?: string;
    subject?: string;
    text?: string;
    state?: string;
    accountId?: string | null;
    at?: Date;
    assigneeId?: string;
    channel?: string;
    visibility?: 'public' | 'private';
  },
): Promise<TestConversation> {
  const id = newId();
  const customerId = given.customerId ?? (await createCustomer(h, { name: 'Erika Klein', mail: `${id}@post.example` })).id;
  const at = given.at ?? h.clock.now();
  const state = given.state ?? 'queued';
  const text = given.text ?? 'Guten Tag, wo ist mein Paket?';
  await h.db.exec(sql`insert into conversations (id, channel, account_id, visibility, state, subject, preview, customer_id, customer_root_id, team_id, assignee_id,
      last_seq, last_message_at, last_direction, waiting_since, participants, created_at)
    values (${id}, ${given.channel ?? 'email'}, ${given.accountId ?? null}, ${given.visibility ?? 'private'}, ${state}, ${given.subject ?? 'Paket'}, ${text}, ${customerId}, ${customerId}, ${given.teamId},
      ${given.assigneeId ?? null}, 1, ${at}, 'in', ${state === 'queued' ? at : null}, '{}', ${at})`);
  await addInbound(h, id, customerId, text, 1, at);
  await transaction(h.house.platform, system, async (ctx) => keepTime(ctx, [...(await conversationFacts(ctx.db, [id])).values()]));
  return { id, customerId, teamId: given.teamId };
}

/** One more message of the customer, as intake would leave it. */
export async function addInbound(
  h: TestHouse,
  conversationId: string,
  customerId: string,
  text: string,
  seq: number,
  at = h.clock.now(),
): Promise<string> {
  const id = newId();
  const from = { name: 'Erika Klein', address: 'erika.klein@post.example' };
  await h.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_id, author_name, envelope, subject, text, platform_id, at, created_at)
    values (${id}, ${conversationId}, ${seq}, 'message', 'in', 'private', 'customer', ${customerId}, 'Erika Klein', ${sql.json({ from, to: [], cc: [], bcc: [] })}, 'Paket', ${text},
      ${`<${id}@post.example>`}, ${at}, ${at})`);
  await h.db.exec(
    sql`update conversations set last_seq = greatest(last_seq, ${seq}), last_message_at = ${at}, version = version + 1 where id = ${conversationId}`,
  );
  return id;
}
