import type { OutputOf } from '../../../contract/core.ts';
import { ordersEndpoints as on } from '../../../contract/orders.ts';
import { call } from '../../platform/api/call.ts';
import { records } from '../../platform/store/app-store.ts';

export type OrdersPage = OutputOf<typeof on.ofCustomer>;

/** As many as most customers ever have: who has more reads on. */
const atOnce = 10;

export async function readOrders(id: string, cursor?: string): Promise<OrdersPage> {
  const page = await call(on.ofCustomer, { id, limit: atOnce, ...(cursor ? { cursor } : {}) });
  records.put('order', page.items);
  return page;
}
