import type { Customer } from '../../../../contract/customers.ts';
import { scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { actorOf, audit } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { deleteWishes, insertWish } from '../queries/wishes.ts';
import { loadCustomer, present, saveCustomer } from './load.ts';

/** "Gern wieder mit …": what the customer said, for one adviser. It orders offers and nothing else; nobody counts who is wished for. */
export async function setAdviserWish(ctx: Ctx, input: { id: string; personId: string; words: string }): Promise<Customer> {
  const { row } = await loadCustomer(ctx, input.id, true);
  const { personId, words } = input;
  const person = await actorOf(ctx, personId);
  const mayServe = person && [...scopes(person, 'claim')].some((scope) => scope === 'O' || scope === 'T');
  if (!mayServe) throw fail('customers.adviser_unknown');
  await deleteWishes(ctx.db, row.id);
  await insertWish(ctx.db, { customerId: row.id, personId, words, notedBy: ctx.actor.id, at: ctx.now });
  const saved = await saveCustomer(ctx, row.id, {});
  await audit(ctx, { action: 'customers.adviser_wish_noted', object: { kind: 'customer', id: row.id } });
  return present(ctx, saved);
}

export async function removeAdviserWish(ctx: Ctx, input: { id: string }): Promise<Customer> {
  const loaded = await loadCustomer(ctx, input.id, true);
  if ((await deleteWishes(ctx.db, loaded.row.id)) === 0) return present(ctx, loaded);
  const saved = await saveCustomer(ctx, loaded.row.id, {});
  await audit(ctx, { action: 'customers.adviser_wish_removed', object: { kind: 'customer', id: loaded.row.id } });
  return present(ctx, saved);
}
