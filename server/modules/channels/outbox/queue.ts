import type { Ctx } from '../../../platform/context.ts';
import type { Db } from '../../../platform/database/sql.ts';
import { bookOf } from '../accounts/book.ts';
import { channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';
import { cancelOutbox, insertOutbox, type OutboxState, outboxByIds, requeue, settleUncertain } from './queries.ts';
import { pokeSender } from './sender.ts';

export interface ToDeliver {
  messageId: string;
  conversationId: string;
  accountId: string;
  /** Not sent before. */
  dueAt: Date;
  /** Can be taken back until it is due: state `held`, or `scheduled` when that is more than two minutes away. */
  undoable: boolean;
}

export interface Queued {
  /** The id the platform will know the message by, when the channel chooses it: store it with the message, answers refer to it. */
  platformId: string | null;
  signature: string | null;
  /** The channel wants addresses in To, CC or BCC. */
  needsRecipients: boolean;
  state: OutboxState;
}

const scheduledAfter = 120_000;

/**
 * Queues a message for sending, in the caller's transaction: it leaves when that commits and `dueAt` has come. The same message id again does nothing.
 * Undefined when the account is removed, switched off, or its channel is gone.
 */
export async function queueDelivery(ctx: Ctx, message: ToDeliver): Promise<Queued | undefined> {
  const known = await bookOf(ctx.platform).byId(message.accountId, ctx.db);
  const channel = known && channelOf(known.row.kind);
  if (!known?.account || !channel || known.row.removed_at || !known.row.active) return undefined;
  const tools = toolsFor(ctx.platform, known.row.kind);
  const platformId = channel.platformIdFor?.(message, { ...known.account, state: null }, tools) ?? null;
  const wait = message.dueAt.getTime() - ctx.now.getTime();
  const state = wait <= 0 ? 'queued' : message.undoable && wait <= scheduledAfter ? 'held' : 'scheduled';
  await insertOutbox(ctx.db, {
    message_id: message.messageId,
    conversation_id: message.conversationId,
    account_id: message.accountId,
    state,
    due_at: message.dueAt,
    platform_id: platformId,
    at: ctx.now,
  });
  if (state === 'queued') ctx.afterCommit(() => pokeSender(ctx.platform));
  return { platformId, signature: known.row.signature, needsRecipients: channel.descriptor.capabilities.recipients, state };
}

/** Takes a message back; false once sending has started, or when it may have gone out. */
export const cancelDelivery = async (ctx: Ctx, messageId: string): Promise<boolean> =>
  (await cancelOutbox(ctx.db, messageId, ctx.now)) === 1;

/** Sends once more what failed or was perhaps sent; false when it is neither. The caller has checked the right to write. */
export async function retryDelivery(ctx: Ctx, messageId: string): Promise<boolean> {
  const again = (await requeue(ctx.db, messageId, ctx.now)) === 1;
  if (again) ctx.afterCommit(() => pokeSender(ctx.platform));
  return again;
}

/** Leaves what was perhaps sent as it is; false when there is nothing to decide. */
export const leaveDelivery = async (ctx: Ctx, messageId: string): Promise<boolean> => (await settleUncertain(ctx.db, messageId)) === 1;

export interface DeliveryFacts {
  state: OutboxState;
  at: Date;
  /** `held`: until when it can be taken back; `scheduled`: when it goes out; `queued` after a failure: the next attempt. */
  until: Date | null;
  platformId: string | null;
  problem: { code: string; text: string } | null;
  attempts: number;
  readAt: Date | null;
  /** Nobody read it where it was written to, and it goes or went to another address. */
  wentElsewhere: boolean;
}

/** How messages fare, by message id. */
export async function deliveriesOf(db: Db, messageIds: readonly string[]): Promise<Map<string, DeliveryFacts>> {
  const rows = await outboxByIds(db, messageIds);
  return new Map(
    rows.map((row) => [
      row.message_id,
      {
        state: row.state,
        at: row.at,
        until: row.state === 'held' || row.state === 'scheduled' || (row.state === 'queued' && row.attempts > 0) ? row.next_at : null,
        platformId: row.platform_id,
        problem: row.problem && { code: row.problem.code, text: row.problem.text },
        attempts: row.attempts,
        readAt: row.read_at,
        wentElsewhere: row.detour !== null,
      },
    ]),
  );
}

/** The conversations these were queued for; what was never queued has none. */
export async function conversationsOfDeliveries(db: Db, messageIds: readonly string[]): Promise<Map<string, string>> {
  if (messageIds.length === 0) return new Map();
  return new Map((await outboxByIds(db, messageIds)).map((row) => [row.message_id, row.conversation_id]));
}
