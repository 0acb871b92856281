import type { Audiences } from '../../platform/module.ts';

/** Heard by whoever has the customer open, which is who may read the customer. */
export const audiences: Audiences = {
  'orders.reported': ({ data }) => about(data, [data.orderId]),
  'orders.followed_customer': ({ data }) => about(data, data.orderIds),
};

/** Whom they belonged to before, whose readers lose them. */
const about = (data: { customerId: string; formerCustomerId: string | null }, orderIds: readonly string[]) => ({
  streams: [`customer:${data.customerId}`],
  records: orderIds.map((id) => ({ kind: 'order', id })),
  leaving: data.formerCustomerId && data.formerCustomerId !== data.customerId ? [`customer:${data.formerCustomerId}`] : [],
});
