import type { Ctx } from '../../../platform/context.ts';
import { eraseFamily, restrictFamily, unrestrictFamily } from '../queries/privacy.ts';

/**
 * Restriction and erasure (Art. 17, 18 GDPR), for the room that decides about them; it checks the rights and writes the audit log. A restricted
 * customer does not exist for service: not found, not listed, and a new message from the same address makes a new customer.
 */
export async function restrictCustomer(ctx: Ctx, id: string): Promise<boolean> {
  return told(ctx, await restrictFamily(ctx.db, id));
}

/** Undoes a restriction. An address that somebody else has by now recognises that one. */
export async function liftRestriction(ctx: Ctx, id: string): Promise<boolean> {
  return told(ctx, await unrestrictFamily(ctx.db, id));
}

/** Removes everything that says who it was, of everything that counts as this customer; consents stay as proof for as long as they must. */
export async function eraseCustomer(ctx: Ctx, id: string): Promise<boolean> {
  const rootId = await eraseFamily(ctx.db, id);
  if (rootId) ctx.emit('customers.erased', { customerId: rootId });
  return told(ctx, rootId);
}

function told(ctx: Ctx, rootId: string | undefined): boolean {
  if (rootId) ctx.emit('customers.changed', { customerId: rootId });
  return rootId !== undefined;
}
