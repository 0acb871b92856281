import type { Unread } from '../../../../contract/channel.ts';
import { system } from '../../../platform/actor.ts';
import { type Platform, transaction } from '../../../platform/context.ts';
import { dbOf } from '../../../platform/database/sql.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { accountReaching, bookOf } from '../accounts/book.ts';
import { channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';
import { claimUnread, type OutboxRow, sendElsewhere, settleUnread } from './queries.ts';
import { outgoingOf, pokeSender } from './sender.ts';

const atOnce = 20;
/** Longer than the channel thinks; then another process looks. */
const leaseSeconds = 60;

/** Looks at messages that nobody has read in the time their channel gave them, and lets the channel say what becomes of each. */
export async function lookAtUnread({ platform }: Pick<JobWork, 'platform'>): Promise<void> {
  const db = dbOf(platform.database.pool);
  const now = platform.clock.now();
  const until = new Date(now.getTime() + leaseSeconds * 1_000);
  for (const row of await claimUnread(db, { now, until, limit: atOnce })) await decide(platform, row, until);
}

async function decide(platform: Platform, row: OutboxRow, until: Date): Promise<void> {
  const known = await bookOf(platform).byId(row.account_id);
  const channel = known && channelOf(known.row.kind);
  const message = await outgoingOf(platform, row);
  const unread: Unread =
    known?.account && channel?.unread && message
      ? await channel.unread(message, { ...known.account, state: null }, toolsFor(platform, known.row.kind))
      : { then: 'leave' };
  const now = platform.clock.now();
  const db = dbOf(platform.database.pool);
  if (unread.then === 'wait') return void (await settleUnread(db, row, until, new Date(now.getTime() + unread.seconds * 1_000)));
  const through = unread.then === 'elsewhere' ? await accountReaching(platform, row.account_id, unread.kind) : undefined;
  if (unread.then === 'leave' || !through?.account) return void (await settleUnread(db, row, until, null));
  const other = channelOf(through.row.kind);
  const ids = { messageId: row.message_id, conversationId: row.conversation_id };
  const platformId = other?.platformIdFor?.(ids, { ...through.account, state: null }, toolsFor(platform, through.row.kind)) ?? null;
  await transaction(platform, system, async (ctx) => {
    const detour = { to: unread.to, subject: unread.subject };
    if (!(await sendElsewhere(ctx.db, row, until, { accountId: through.row.id, platformId, detour, now }))) return;
    ctx.emit('channels.went_elsewhere', { ...ids, accountId: through.row.id });
    ctx.afterCommit(() => pokeSender(platform));
  });
}
