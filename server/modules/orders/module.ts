import { on } from '../../platform/events/subscribers.ts';
import type { Module } from '../../platform/module.ts';
import { audiences } from './audiences.ts';
import { eraseOrders, followCustomer } from './data-rights/follow-customer.ts';
import { fail } from './errors.ts';
import { records } from './records.ts';
import { routes } from './routes.ts';

export const module: Module = {
  name: 'orders',
  routes,
  errors: fail.catalogue,
  audiences,
  records,
  subscribers: [
    on('customers.merged', 'orders.follow_merge', (ctx, { data: { customerId, intoId } }) =>
      followCustomer(ctx, customerId, { customerId: intoId, formerCustomerId: customerId }),
    ),
    on('customers.unmerged', 'orders.follow_unmerge', (ctx, { data: { customerId, fromId } }) =>
      followCustomer(ctx, customerId, { customerId, formerCustomerId: fromId }),
    ),
    on('customers.restricted', 'orders.restrict', (ctx, { data: { customerId } }) =>
      followCustomer(ctx, customerId, { customerId, formerCustomerId: null }),
    ),
    on('customers.restriction_lifted', 'orders.lift_restriction', (ctx, { data: { customerId } }) =>
      followCustomer(ctx, customerId, { customerId, formerCustomerId: null }),
    ),
    on('customers.erasure_asked', 'orders.erase', (ctx, { data: { customerId } }) => eraseOrders(ctx, customerId)),
  ],
};
