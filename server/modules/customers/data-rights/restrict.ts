import type { Ctx } from '../../../platform/context.ts';
import { eraseAllButNames, eraseFamily, isWithheld, restrictFamily, unrestrictFamily } from './queries.ts';
import { releaseUnread, withholdUnread } from './unread.ts';

/**
 * Restriction and erasure (Art. 17, 18 GDPR), without asking for rights; `decide-about-data.ts` does. A restricted customer does not exist for service:
 * not found, not listed, and a new message from the same address makes a new customer. The rooms above hear it and do the same with what they hold.
 */
export async function restrictCustomer(ctx: Ctx, id: string): Promise<boolean> {
  const rootId = await restrictFamily(ctx.db, id, ctx.now);
  if (rootId) {
    await withholdUnread(ctx, rootId);
    ctx.emit('customers.restricted', { customerId: rootId });
  }
  return told(ctx, rootId);
}

/** Undoes a restriction. An address that somebody else has by now recognises that one. */
export async function liftRestriction(ctx: Ctx, id: string): Promise<boolean> {
  const rootId = await unrestrictFamily(ctx.db, id);
  if (rootId) {
    await releaseUnread(ctx, rootId);
    ctx.emit('customers.restriction_lifted', { customerId: rootId });
  }
  return told(ctx, rootId);
}

/**
 * Removes everything that says who it was, of everything that counts as this customer; consents stay as proof for as long as they must. With letters
 * that the law makes us keep, the customer is restricted, and what finds the letters goes with the last of them.
 */
export async function eraseCustomer(ctx: Ctx, id: string, { keepsLetters = false } = {}): Promise<boolean> {
  const wasWithheld = await isWithheld(ctx.db, id);
  await withholdUnread(ctx, id);
  const rootId = await (keepsLetters ? eraseAllButNames : eraseFamily)(ctx.db, id, ctx.now);
  if (!rootId) return false;
  if (!wasWithheld) ctx.emit('customers.restricted', { customerId: rootId });
  ctx.emit('customers.erasure_asked', { customerId: rootId });
  if (!keepsLetters) ctx.emit('customers.erased', { customerId: rootId });
  return told(ctx, rootId);
}

/** The last letter that had to stay is gone: now the rest goes too. */
export async function finishErasure(ctx: Ctx, id: string): Promise<boolean> {
  const rootId = await eraseFamily(ctx.db, id, ctx.now);
  if (rootId) ctx.emit('customers.erased', { customerId: rootId });
  return told(ctx, rootId);
}

function told(ctx: Ctx, rootId: string | undefined): boolean {
  if (rootId) ctx.emit('customers.changed', { customerId: rootId });
  return rootId !== undefined;
}
