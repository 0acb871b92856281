import type { InboundReceipt } from '../../../../contract/channel.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { RoomProblem } from '../problems.ts';
import { type OutboxRow, outboxByPlatformIds, recordReceipt } from './queries.ts';

/** Brings reports about our messages home: arrived, read, or came back. A report about nothing of ours is dropped. Gives which delivery tells of what. */
export async function applyReceipts(
  ctx: Ctx,
  receipts: readonly { intakeId: string; accountId: string; receipt: InboundReceipt }[],
): Promise<{ id: string; messageIds: string[] }[]> {
  if (receipts.length === 0) return [];
  const keys = receipts.map(({ accountId, receipt }) => ({ accountId, platformId: receipt.platformId }));
  const rows = new Map((await outboxByPlatformIds(ctx.db, keys)).map((row) => [keyOf(row.account_id, row.platform_id ?? ''), row]));
  const concerns = new Map<string, Set<string>>();
  for (const { intakeId, accountId, receipt } of receipts) {
    const row = rows.get(keyOf(accountId, receipt.platformId));
    if (!row) continue;
    concerns.set(intakeId, (concerns.get(intakeId) ?? new Set()).add(row.message_id));
    await applyReceipt(ctx, row, receipt);
  }
  return [...concerns].map(([id, messageIds]) => ({ id, messageIds: [...messageIds] }));
}

async function applyReceipt(ctx: Ctx, row: OutboxRow, receipt: InboundReceipt): Promise<void> {
  const ids = { messageId: row.message_id, conversationId: row.conversation_id, accountId: row.account_id };
  const who = receipt.recipient ? `${receipt.recipient}: ` : '';
  const problem = receipt.problem && { code: receipt.problem.code, text: `${who}${receipt.problem.text ?? ''}`.slice(0, 1_000) };
  switch (receipt.state) {
    case 'delivered':
      // A late "delivered" of one recipient does not undo another one's bounce.
      if (row.state === 'failed' || row.state === 'delivered') return;
      await recordReceipt(ctx.db, row.message_id, { state: 'delivered', problem: null, readAt: null, at: ctx.now });
      row.state = 'delivered';
      return ctx.emit('channels.delivered', ids);
    case 'read':
      await recordReceipt(ctx.db, row.message_id, { problem: null, readAt: receipt.at, at: ctx.now });
      return ctx.emit('channels.message_read', ids);
    case 'delayed':
      if (row.state === 'failed' || row.state === 'delivered') return;
      await recordReceipt(ctx.db, row.message_id, {
        problem: problem ?? { code: 'delayed' satisfies RoomProblem, text: who },
        readAt: null,
        at: ctx.now,
      });
      return;
    case 'failed':
      if (row.state === 'failed') return;
      await recordReceipt(ctx.db, row.message_id, {
        state: 'failed',
        problem: problem ?? { code: 'bounced' satisfies RoomProblem, text: who },
        readAt: null,
        at: ctx.now,
      });
      row.state = 'failed';
      return ctx.emit('channels.delivery_failed', { ...ids, code: problem?.code ?? 'bounced', final: true });
  }
}

const keyOf = (accountId: string, platformId: string): string => `${accountId} ${platformId}`;
