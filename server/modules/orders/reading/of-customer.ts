import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { Order, ordersEndpoints as api } from '../../../../contract/orders.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { familyOf, mayReadCustomer, seesMaskedCustomers, summaries } from '../../customers/index.ts';
import { presentOrder } from '../present.ts';
import { isFed, type OrderRow, ordersOf, shipmentsOf } from '../queries.ts';

/** Whoever may read the customer reads the orders; masked readers see none, because an order and its way name a person as surely as an address. */
export async function ordersOfCustomer(
  ctx: Ctx,
  { id, cursor, limit }: ParsedInputOf<typeof api.ofCustomer>,
): Promise<ReplyOf<typeof api.ofCustomer>> {
  const root = (await summaries(ctx.db, [id])).get(id);
  if (!root || !(await mayReadCustomer(ctx, root.id))) throw core('core.not_found');
  if (seesMaskedCustomers(ctx.actor)) return { items: [], nextCursor: null, customerId: root.id, fed: false };
  const rows = await ordersOf(ctx.db, await familyOf(ctx.db, root.id), {
    before: cursor ? readCursor(cursor) : undefined,
    limit: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: await present(ctx, items, root.id),
    customerId: root.id,
    nextCursor: last ? writeCursor(last.placedAt, last.id) : null,
    fed: rows.length > 0 || (await isFed(ctx.db)),
  };
}

/** What is kept of a customer who does not exist for service; whoever calls has asked for right and reason. */
export const keptOrders = async (ctx: Ctx, rootId: string, familyIds: readonly string[]): Promise<Order[]> =>
  present(ctx, await ordersOf(ctx.db, familyIds), rootId);

async function present({ db }: Ctx, rows: readonly OrderRow[], rootId: string): Promise<Order[]> {
  const shipments = await shipmentsOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => presentOrder(row, shipments, rootId));
}
