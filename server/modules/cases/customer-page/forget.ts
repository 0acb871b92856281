import type { Ctx } from '../../../platform/context.ts';
import { eraseDeliveries } from '../../channels/index.ts';
import { codesBefore, codesOfConversations, deleteCodes } from './queries.ts';

/** How long a code is kept after it was sent: as long as it counts for how many there may be. */
const keptDays = 2;

/** Codes of these conversations, and what is known of sending them: the letters name an address. */
export async function forgetCodes(ctx: Ctx, conversationIds: readonly string[]): Promise<void> {
  await forget(ctx, await codesOfConversations(ctx.db, conversationIds));
}

/** Codes whose time is long over. Gives how many, of a few hundred at once. */
export async function forgetOldCodes(ctx: Ctx): Promise<number> {
  const ids = await codesBefore(ctx.db, new Date(ctx.now.getTime() - keptDays * 86_400_000));
  await forget(ctx, ids);
  return ids.length;
}

async function forget(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await eraseDeliveries(ctx, ids);
  await deleteCodes(ctx.db, ids);
}
