import type { Authentication, AuthenticationMethod } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { isConversationOf, levelOf } from '../policy.ts';
import { loadCustomer } from '../profile/load.ts';
import {
  endAuthentications,
  endSignIns,
  insertAuthentication,
  insertUnlessStanding,
  standingAuthentication,
  standingLevel,
} from '../queries/records.ts';

/** Records a method by which the caller was identified (DP-07); the level that stands is the highest recorded one. */
export async function authenticateCustomer(
  ctx: Ctx,
  input: { id: string; conversationId: string; method: AuthenticationMethod },
): Promise<{ level: number }> {
  const { row, identities } = await loadCustomer(ctx, input.id);
  if (!(await isConversationOf(ctx, row.id, input.conversationId))) throw fail('customers.not_their_conversation');
  // Whoever calls can name any number as theirs: only one that was proved before proves them.
  if (input.method === 'call_back' && !identities.some((one) => one.kind === 'phone' && one.verified_at !== null))
    throw fail('customers.no_proved_number');
  const level = levelOf[input.method];
  await insertAuthentication(ctx.db, {
    id: newId(ctx.now.getTime()),
    customerId: row.id,
    conversationId: input.conversationId,
    level,
    method: input.method,
    byId: ctx.actor.id,
    at: ctx.now,
  });
  const standing = await standingLevel(ctx.db, row.id, ctx.now);
  ctx.emit('customers.authenticated', { customerId: row.id, conversationId: input.conversationId, level: standing });
  await audit(ctx, { action: 'customers.authenticated', object: { kind: 'customer', id: row.id }, data: { level, method: input.method } });
  return { level: standing };
}

/** What stands now, for whoever may read the customer. */
export async function readAuthentication(ctx: Ctx, input: { id: string }): Promise<Authentication> {
  const { row } = await loadCustomer(ctx, input.id);
  const best = await standingAuthentication(ctx.db, row.id, ctx.now);
  if (!best) return { level: 0, method: null, conversationId: null, byId: null, at: null };
  return { level: best.level, method: best.method, conversationId: best.conversation_id, byId: best.by_id, at: best.at.toISOString() };
}

/** The level falls to 0 when the conversation ends; called by the room that knows conversations. */
export async function endAuthentication(ctx: Ctx, conversationIds: readonly string[]): Promise<void> {
  for (const { customer_id: customerId } of await endAuthentications(ctx.db, conversationIds, ctx.now))
    for (const conversationId of conversationIds) ctx.emit('customers.authenticated', { customerId, conversationId, level: 0 });
}

/** Who spoke last in a conversation, as its channel knows it. */
export interface Voice {
  conversationId: string;
  customerId: string;
  /** A service of the company's signed for who it is; what somebody merely says of themselves never counts. */
  isSignedIn: boolean;
  at: Date;
}

/**
 * Whoever was signed in where they wrote has shown who they are, level 3 in that conversation. It stands until the conversation ends, or somebody is heard in
 * it who was not; what an adviser has recorded is not touched.
 */
export async function hearVoices(ctx: Ctx, voices: readonly Voice[]): Promise<void> {
  const unsigned = voices.flatMap(({ isSignedIn, conversationId }) => (isSignedIn ? [] : [conversationId]));
  for (const ended of unsigned.length > 0 ? await endSignIns(ctx.db, unsigned, ctx.now) : [])
    ctx.emit('customers.authenticated', { ...ended, level: await standingLevel(ctx.db, ended.customerId, ctx.now) });
  for (const { isSignedIn, customerId, conversationId, at } of voices) {
    const login = { id: newId(ctx.now.getTime()), customerId, conversationId, level: levelOf.login, method: 'login', byId: null, at };
    if (!isSignedIn || (await insertUnlessStanding(ctx.db, login, ctx.now)) === 0) continue;
    ctx.emit('customers.authenticated', { customerId, conversationId, level: levelOf.login });
    const data = { level: levelOf.login, method: login.method };
    await audit(ctx, { action: 'customers.authenticated', object: { kind: 'customer', id: customerId }, data });
  }
}
