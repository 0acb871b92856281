import type { Ctx } from '../../../platform/context.ts';
import { erasureOf, familyOf } from '../../customers/index.ts';
import { deleteOrders, lockOrdersOf, touchOrders } from '../queries.ts';
import { markOf } from './mark.ts';

/** So many in one event. */
const atOnce = 200;

interface Whose {
  customerId: string;
  formerCustomerId: string | null;
}

/** The customer counts as another one, or as themselves again, or is there for service or not: whoever looks at the orders gets them as they are now, or loses them. */
export async function followCustomer(ctx: Ctx, moved: string, whose: Whose): Promise<void> {
  tell(ctx, await touchOrders(ctx.db, await familyOf(ctx.db, moved)), whose);
}

/**
 * Erases the customer's orders (Art. 17 GDPR), also where letters stay: what tax and commercial law keeps of an order lies in the shop. A mark of each stays,
 * so that none comes back with the shop's next report.
 */
export async function eraseOrders(ctx: Ctx, customerId: string): Promise<void> {
  const erasure = await erasureOf(ctx.db, customerId);
  if (!erasure) return;
  const rows = await lockOrdersOf(ctx.db, erasure.customerIds);
  const ids = rows.map(({ id }) => id);
  await deleteOrders(
    ctx.db,
    ids,
    rows.map(({ reference }) => markOf(ctx, reference)),
    ctx.now,
  );
  tell(ctx, ids, { customerId, formerCustomerId: null });
}

function tell(ctx: Ctx, orderIds: readonly string[], whose: Whose): void {
  for (let from = 0; from < orderIds.length; from += atOnce)
    ctx.emit('orders.followed_customer', { orderIds: orderIds.slice(from, from + atOnce), ...whose });
}
