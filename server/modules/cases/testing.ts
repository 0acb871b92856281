import { type CaseDetail, caseEndpoints } from '../../../contract/cases.ts';
import type { Actor } from '../../platform/actor.ts';
import { system } from '../../platform/actor.ts';
import { type Ctx, transaction } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { changeState, loadConversation, transferClaim } from '../conversations/index.ts';
import { customerCast } from '../customers/testing.ts';
import { actorOf } from '../workspace/index.ts';
import { type Cast, cast } from '../workspace/testing.ts';
import { ringCommitments } from './commitments/ring-commitments.ts';

/** Work as the system or as a person, in a transaction of its own. */
export async function as<T>(h: TestHouse, who: { id: string } | null, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const actor: Actor | undefined = who ? await actorOf(h.house.platform, who.id) : system;
  if (!actor) throw new Error('There is no such person');
  return transaction(h.house.platform, actor, work);
}

export interface Writing {
  customerId: string;
  teamId: string;
  text?: string;
  subject?: string;
  channel?: string;
  visibility?: 'public' | 'private';
  /** In this conversation; otherwise a new one begins. */
  conversationId?: string;
  relatedId?: string;
  automatic?: string;
}

/** A customer's message as the room below reports it, without a channel: conversation, message and events. */
export function customerWrites(h: TestHouse, given: Writing): Promise<{ conversationId: string; messageId: string }> {
  return as(h, null, (ctx) => customerWritesIn(ctx, given));
}

export async function customerWritesIn(ctx: Ctx, given: Writing): Promise<{ conversationId: string; messageId: string }> {
  const conversationId = given.conversationId ?? newId(ctx.now.getTime());
  const { customerId, teamId, channel = 'email' } = given;
  const text = given.text ?? 'Guten Tag, mein Paket war leer. Was nun?';
  const about = { conversationId, customerId, teamId, caseId: null, assigneeId: null };
  if (!given.conversationId) {
    await ctx.db.exec(sql`insert into conversations (id, channel, visibility, state, subject, preview, customer_id, customer_root_id, team_id,
        last_message_at, last_direction, created_at)
      values (${conversationId}, ${channel}, ${given.visibility ?? 'private'}, 'queued', ${given.subject ?? 'Paket leer'}, ${text.slice(0, 160)},
        ${customerId}, (select root_id from customers where id = ${customerId}), ${teamId}, ${ctx.now}, 'in', ${ctx.now})`);
    ctx.emit('conversations.opened', { conversationId, customerId, teamId, channel, accountId: null, relatedId: given.relatedId ?? null });
  } else {
    const row = await loadConversation(ctx, conversationId, { lock: true });
    if (row.state !== 'queued' && row.state !== 'spam') await changeState(ctx, row, 'customer_message');
  }
  const messageId = await addMessage(ctx, conversationId, {
    direction: 'in',
    author: { kind: 'customer', id: customerId, name: 'Kundin' },
    text,
  });
  const reported = { ...about, messageId, seq: 1, automatic: given.automatic ?? null, reopened: given.conversationId !== undefined };
  ctx.emit('conversations.message_received', { ...reported, by: 'customer' });
  return { conversationId, messageId };
}

/** As when the tick looks: what was promised by now is broken. */
export const promisesBreak = async (h: TestHouse): Promise<void> => {
  await as(h, null, (ctx) => ringCommitments(ctx, 100));
};

/** An adviser takes a conversation exclusively. */
export const adviserTakes = (h: TestHouse, person: { id: string }, conversationId: string): Promise<void> =>
  as(h, person, async (ctx) => {
    const row = await loadConversation(ctx, conversationId, { right: 'claim', lock: true });
    await transferClaim(ctx, await changeState(ctx, row, 'claim'), person.id);
  });

/** An adviser's answer has left the house; the conversation waits for the customer, or stays in hand. */
export const adviserAnswers = (
  h: TestHouse,
  person: { id: string; name: string },
  conversationId: string,
  given: { text?: string; next?: 'wait' | 'keep'; delivery?: 'delivered' | 'held' | 'failed' } = {},
): Promise<{ messageId: string }> =>
  as(h, person, async (ctx) => {
    const { next = 'wait', text = 'Guten Tag, wir suchen Ihr Paket.', delivery = 'delivered' } = given;
    const row = await loadConversation(ctx, conversationId, { lock: true });
    const author = { kind: 'person', id: person.id, name: person.name } as const;
    const messageId = await addMessage(ctx, conversationId, { direction: 'out', author, text, delivery });
    const about = { conversationId, customerId: row.customerId, teamId: row.teamId, caseId: row.caseId, assigneeId: row.assigneeId };
    // oxlint-disable-next-line unicorn/no-thenable -- the event's own field
    ctx.emit('conversations.message_sent', { ...about, messageId, seq: row.lastSeq + 1, personId: person.id, then: next });
    if (next === 'wait') await changeState(ctx, row, 'send_and_wait');
    return { messageId };
  });

interface TestMessage {
  direction: 'in' | 'out';
  author: { kind: 'customer' | 'person'; id: string; name: string };
  text: string;
  delivery?: string;
}

async function addMessage(ctx: Ctx, conversationId: string, { direction, author, text, delivery }: TestMessage): Promise<string> {
  const id = newId(ctx.now.getTime());
  const envelope = { from: null, to: [], cc: [], bcc: [] };
  const sent = delivery ? { state: delivery, at: ctx.now.toISOString(), until: null, problem: null } : null;
  const { seq } = await ctx.db.one<{ seq: number }>(
    sql`update conversations set last_seq = last_seq + 1, version = version + 1 where id = ${conversationId} returning last_seq as seq`,
  );
  await ctx.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_id, author_name, envelope, text,
      delivery, at, created_at)
    values (${id}, ${conversationId}, ${seq}, 'message', ${direction}, 'private', ${author.kind}, ${author.id}, ${author.name}, ${sql.json(envelope)}, ${text},
      ${sent ? sql.json(sent) : sql`null`}, ${ctx.now}, ${ctx.now})`);
  return id;
}

/** The case a conversation belongs to, once events were handled. */
export async function caseIdOf(h: TestHouse, conversationId: string): Promise<string> {
  const row = await h.db.one<{ caseId: string }>(
    sql`select case_id as "caseId" from case_conversations where conversation_id = ${conversationId}`,
  );
  return row.caseId;
}

/** A house with its people, customers and one concern under way; what most tests of this room begin with. */
export interface Scene {
  h: TestHouse;
  people: Cast;
  customers: Awaited<ReturnType<typeof customerCast>>;
  /** A customer's message, with its case once the events were handled. */
  opened(more?: Partial<Writing>): Promise<{ conversationId: string; messageId: string; caseId: string }>;
  detail(caseId: string, who?: { id: string }): Promise<CaseDetail>;
}

export async function caseScene(): Promise<Scene> {
  const h = await testHouse();
  const people = await cast(h);
  const customers = await customerCast(h);
  return {
    h,
    people,
    customers,
    async opened(more = {}) {
      const written = await customerWrites(h, { customerId: customers.klein.id, teamId: people.team.id, ...more });
      await h.drain();
      return { ...written, caseId: await caseIdOf(h, written.conversationId) };
    },
    async detail(caseId, who = people.kim) {
      const reply = await h.call(who, caseEndpoints.open, { id: caseId });
      if (reply.status !== 200) throw new Error(`${reply.status} ${reply.problem.code}`);
      return reply.body;
    },
  };
}
