import type { InboundItem, InboundReceipt } from '../../../../contract/channel.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';
import { bookOf } from '../accounts/book.ts';
import { applyReceipts } from '../outbox/receipts.ts';
import { type Read, readIntake } from './inbound.ts';
import { markConcerns, markParsed, type Parsed } from './queries.ts';

type Stored = Event<'channels.raw_stored'>;

/**
 * Reads what was stored and tells the rooms above, message by message. Runs in one transaction with the subscriber's cursor, so each delivery is told
 * once, whatever happens. What cannot be read is marked and told too; it waits for somebody to press retry.
 */
export async function parseIntake(ctx: Ctx, events: readonly Stored[]): Promise<void> {
  const ids = events.map((event) => event.data.intakeId);
  const reads = await readIntake(ctx, ids, true);
  const results: Parsed[] = [];
  const receipts: { intakeId: string; accountId: string; receipt: InboundReceipt }[] = [];
  const book = bookOf(ctx.platform);
  for (const id of new Set(ids)) {
    const read = reads.get(id);
    // Erased meanwhile: nothing is left to tell.
    if (!read || read.row.state !== 'stored') continue;
    if (read.items) {
      const teamId = (await book.byId(read.row.account_id, ctx.db))?.row.team_id ?? null;
      for (const [index, item] of read.items.entries()) tell(ctx, read, index, item, teamId);
      for (const item of read.items)
        if (item.kind === 'receipt') receipts.push({ intakeId: id, accountId: read.row.account_id, receipt: item });
    } else ctx.emit('channels.intake_failed', { intakeId: id, accountId: read.row.account_id, channel: read.row.channel });
    results.push({ id, items: read.items?.length ?? null, problem: read.problem ?? null });
  }
  const concerns = await applyReceipts(ctx, receipts);
  if (concerns.length > 0) await markConcerns(ctx.db, concerns);
  await markParsed(ctx.db, results);
}

function tell(ctx: Ctx, { row }: Read, index: number, item: InboundItem, teamId: string | null): void {
  const data = { intakeId: row.id, index, accountId: row.account_id, teamId, channel: row.channel };
  if (item.kind === 'message') ctx.emit('channels.message_received', data);
  else if (item.kind === 'edit') ctx.emit('channels.message_edited', data);
  else if (item.kind === 'deletion') ctx.emit('channels.message_deleted', data);
  else if (item.kind === 'profile') ctx.emit('channels.profile_changed', data);
}
