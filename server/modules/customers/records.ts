import type { Customer } from '../../../contract/customers.ts';
import type { RecordKind } from '../../platform/module.ts';
import { maskCustomer, presentCustomer, presentNote } from './present.ts';
import { customersByIds, identitiesOfFamilies } from './queries/customers.ts';
import { notesByIds } from './queries/records.ts';

/** Loaders of the live stream; restricted and erased customers are gone for it. */
export const records: Record<string, RecordKind> = {
  customer: {
    async load(db, ids) {
      const rows = (await customersByIds(db, ids)).filter((row) => row.status === 'active' || row.status === 'merged');
      const identities = await identitiesOfFamilies(
        db,
        rows.map((row) => row.root_id),
      );
      return new Map(
        rows.map((row) => {
          const own = identities.filter((i) => (row.merged_into ? i.customer_id === row.id : i.root_id === row.id));
          return [row.id, { version: row.version, data: { ...presentCustomer(row, own) } }];
        }),
      );
    },
    mask: (data) => ({ ...maskCustomer(data as Customer) }),
  },
  customer_note: {
    async load(db, ids) {
      const notes = await notesByIds(db, ids);
      const roots = new Map(
        (
          await customersByIds(
            db,
            notes.map((note) => note.customer_id),
          )
        ).map((row) => [row.id, row.root_id]),
      );
      return new Map(
        notes.map((note) => [
          note.id,
          { version: note.version, data: { ...presentNote(note, roots.get(note.customer_id) ?? note.customer_id) } },
        ]),
      );
    },
  },
};
