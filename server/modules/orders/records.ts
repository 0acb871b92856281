import type { RecordKind } from '../../platform/module.ts';
import { summaries } from '../customers/index.ts';
import { presentOrder } from './present.ts';
import { ordersByIds, shipmentsOf } from './queries.ts';

/** Orders of customers who do not exist for service are gone for it, and so is every order for whoever sees masked data only: there is no masked form. */
export const records: Record<string, RecordKind> = {
  order: {
    async load(db, ids) {
      const rows = await ordersByIds(db, ids);
      const shipments = await shipmentsOf(db, ids);
      const roots = await summaries(
        db,
        rows.map((row) => row.customerId),
      );
      return new Map(
        rows.flatMap((row) => {
          const root = roots.get(row.customerId);
          if (!root) return [];
          const data = presentOrder(row, shipments, root.id);
          return [[row.id, { version: row.version, data: { ...data }, streams: [`customer:${root.id}`] }] as const];
        }),
      );
    },
  },
};
