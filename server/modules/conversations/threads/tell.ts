import type { Ctx, Platform } from '../../../platform/context.ts';
import { type Db, dbOf, sql } from '../../../platform/database/sql.ts';
import { channelOf, tellThread } from '../../channels/index.ts';
import type { ConversationRow } from '../rows.ts';
import { conversationsOfThread } from './read-thread.ts';

type OfThread = Pick<ConversationRow, 'channel' | 'accountId' | 'threadKey'>;

/** Whether anybody at the other end hears of what happens here. */
const isHeard = (row: OfThread): row is OfThread & { accountId: string; threadKey: string } =>
  row.accountId !== null && row.threadKey !== null && channelOf(row.channel)?.entrance !== undefined;

/** Says after the commit that a thread reads otherwise than before, where the customer has it on screen. */
export function tellOutside(ctx: Ctx, row: OfThread): void {
  if (!isHeard(row)) return;
  const { accountId, threadKey } = row;
  ctx.afterCommit(() => tellThread(ctx.platform, { accountId, threadKey }, { kind: 'changed' }));
}

/** An adviser begins or stops writing an answer: the customer sees it, where the channel can show it. */
export async function tellWriting(platform: Platform, conversationId: string, is: boolean): Promise<void> {
  const row = await dbOf(platform.database.pool).maybe<OfThread>(sql`select channel, account_id as "accountId", thread_key as "threadKey"
    from conversations where id = ${conversationId} and restricted_at is null`);
  if (!row || !isHeard(row) || !channelOf(row.channel)?.descriptor.capabilities.typing) return;
  tellThread(platform, { accountId: row.accountId, threadKey: row.threadKey }, { kind: 'writing', is });
}

/** The customer begins or stops writing: whoever has the conversation open sees it. Not stored; the page forgets it after eight seconds. */
export async function customerWriting(
  { db, platform }: { db: Db; platform: Platform },
  accountId: string,
  threadKey: string,
  is: boolean,
): Promise<void> {
  const [row] = await conversationsOfThread(db, accountId, threadKey);
  const conversationId = row?.mergedInto ?? row?.id;
  if (conversationId) platform.signal(`conversation:${conversationId}`, 'conversations.customer_writing', { conversationId, is });
}
