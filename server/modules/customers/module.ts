import type { Module } from '../../platform/module.ts';
import { audiences } from './audiences.ts';
import { fail } from './errors.ts';
import { mayRead, seesMasked } from './policy.ts';
import { findRoot } from './queries/customers.ts';
import { records } from './records.ts';
import { routes } from './routes.ts';

export const module: Module = {
  name: 'customers',
  routes,
  errors: fail.catalogue,
  audiences,
  records,
  watch: {
    async customer(ctx, id) {
      const root = await findRoot(ctx.db, id);
      if (!root || !(await mayRead(ctx, root.id))) return undefined;
      return `customer:${root.id}${seesMasked(ctx.actor) ? ':masked' : ''}`;
    },
  },
};
