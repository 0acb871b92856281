import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Customer, customersEndpoints } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { invalidInput } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../../workspace/index.ts';
import { displayName } from '../customer.ts';
import { fail } from '../errors.ts';
import { putIdentity } from '../identities/change-identities.ts';
import { findRoot, identitiesOfFamilies, insertCustomer } from '../queries/customers.ts';
import { grantAccess } from '../queries/records.ts';
import { isTaken, present } from './load.ts';

/** Adds a customer by hand; whoever adds one may read it for the rest of the working day. */
export async function createCustomer(ctx: Ctx, input: ParsedInputOf<typeof customersEndpoints.create>): Promise<Customer> {
  const { identities, ...profile } = input;
  // Nobody could find or tell apart a customer of whom nothing is known.
  if (!profile.name?.trim() && identities.length === 0)
    throw invalidInput([{ path: 'name', message: 'Give a name, or at least one identity (address or number).' }]);
  const id = newId(ctx.now.getTime());
  const shown = displayName(
    profile.name ?? null,
    identities.map(({ kind, value }) => ({ kind, label: value })),
  );
  const fields = Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
  await insertCustomer(ctx.db, { ...fields, id, at: ctx.now, name_source: 'person', display_name: shown }).catch((error: unknown) => {
    throw isTaken(error, 'customers_number') ? fail('customers.number_taken') : error;
  });
  for (const identity of identities) await putIdentity(ctx, id, identity);
  if (ctx.actor.kind === 'person' && ctx.actor.id)
    await grantAccess(ctx.db, {
      customerId: id,
      personId: ctx.actor.id,
      reason: 'created',
      until: new Date(ctx.now.getTime() + 8 * 3_600_000),
    });
  ctx.emit('customers.created', { customerId: id });
  await audit(ctx, { action: 'customers.created', object: { kind: 'customer', id } });
  const row = await findRoot(ctx.db, id);
  if (!row) throw new Error('The customer just made is not there.');
  return present(ctx, { row, identities: await identitiesOfFamilies(ctx.db, [id]) });
}
