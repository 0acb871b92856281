import type { Consent, Customer, CustomerHit, CustomerNote } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { findAlike } from '../identities/alike.ts';
import { normaliseIdentity } from '../identities/normalise.ts';
import { mayGiveReason, readableAmong } from '../policy.ts';
import { presentConsent, presentHit, presentNote } from '../present.ts';
import { familyOf, identitiesOfFamilies, placeOf, searchRows } from '../queries/customers.ts';
import { consentsOf, notesOf } from '../queries/records.ts';
import { loadCustomer, present } from './load.ts';

export const readCustomer = async (ctx: Ctx, input: { id: string }): Promise<Customer> => present(ctx, await loadCustomer(ctx, input.id));

/**
 * Who is on the phone must be found, and told from others of the same name, before there is a conversation; but opening what is found needs a
 * conversation or a reason, and until then the addresses are masked. When nobody is called what was typed, names that look like it are found.
 * Every search is audited, without its words.
 */
export async function searchCustomers(
  ctx: Ctx,
  input: { q: string; cursor?: string | undefined; limit: number },
): Promise<{ items: CustomerHit[]; nextCursor: string | null; alike: boolean }> {
  if (!mayGiveReason(ctx.actor)) throw fail('core.forbidden');
  const values = [...new Set((['mail', 'phone', 'customer_number', 'handle'] as const).map((kind) => normaliseIdentity(kind, input.q)))];
  const asTyped = await searchRows(ctx.db, {
    text: input.q,
    values: values.filter((value) => value !== null),
    after: input.cursor === undefined ? undefined : await rowAt(ctx, input.cursor),
    limit: input.limit + 1,
  });
  const alike = asTyped.length === 0 && input.cursor === undefined ? await findAlike(ctx.db, input.q, input.limit) : [];
  const rows = asTyped.length > 0 ? asTyped : alike;
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  // No more than the id: a name may be an address that is masked in the row.
  const nextCursor = rows.length > input.limit && last ? last.id : null;
  await audit(ctx, { action: 'customers.searched', data: { found: items.length } });
  const ids = items.map(({ id }) => id);
  const [identities, readable] = [await identitiesOfFamilies(ctx.db, ids), await readableAmong(ctx, ids)];
  return {
    items: items.map((row) =>
      presentHit(
        row,
        identities.filter((one) => one.root_id === row.id),
        readable.has(row.id),
      ),
    ),
    nextCursor,
    alike: alike.length > 0,
  };
}

export async function readNotes(ctx: Ctx, input: { id: string }): Promise<{ items: CustomerNote[] }> {
  const { row } = await loadCustomer(ctx, input.id);
  const notes = await notesOf(ctx.db, await familyOf(ctx.db, row.id));
  return { items: notes.map((note) => presentNote(note, row.id)) };
}

export async function readConsents(ctx: Ctx, input: { id: string }): Promise<{ items: Consent[] }> {
  const { row } = await loadCustomer(ctx, input.id);
  const consents = await consentsOf(ctx.db, await familyOf(ctx.db, row.id));
  return { items: consents.map((consent) => presentConsent(consent, row.id)) };
}

async function rowAt(ctx: Ctx, cursor: string): Promise<{ name: string; id: string }> {
  const row = /^[0-9a-f-]{36}$/.test(cursor) ? await placeOf(ctx.db, cursor) : undefined;
  if (!row) throw fail('core.cursor_invalid');
  return row;
}
