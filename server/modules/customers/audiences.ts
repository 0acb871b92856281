import type { Audiences } from '../../platform/module.ts';

const heard = (customerId: string) => ({ streams: [`customer:${customerId}`], records: [{ kind: 'customer', id: customerId }] });

/** Heard by whoever has the customer open; lists carry the name in rows of the rooms above, which listen to `customers.changed`. */
export const audiences: Audiences = {
  'customers.created': ({ data }) => heard(data.customerId),
  'customers.changed': ({ data }) => heard(data.customerId),
  'customers.note_added': ({ data }) => ({ ...heard(data.customerId), records: [{ kind: 'customer_note', id: data.noteId }] }),
  'customers.consent_recorded': ({ data }) => ({ streams: [`customer:${data.customerId}`] }),
  'customers.merged': ({ data }) => both(data.customerId, data.intoId),
  'customers.unmerged': ({ data }) => both(data.customerId, data.fromId),
  'customers.authenticated': ({ data }) => ({ streams: [`customer:${data.customerId}`] }),
  'customers.erased': ({ data }) => ({ streams: [`customer:${data.customerId}`] }),
  'customers.restricted': ({ data }) => heard(data.customerId),
  'customers.restriction_lifted': ({ data }) => heard(data.customerId),
  'customers.erasure_asked': ({ data }) => heard(data.customerId),
  'customers.access_granted': ({ data }) => ({ streams: [`person:${data.personId}`] }),
};

const both = (a: string, b: string) => ({
  streams: [`customer:${a}`, `customer:${b}`],
  records: [
    { kind: 'customer', id: a },
    { kind: 'customer', id: b },
  ],
});
