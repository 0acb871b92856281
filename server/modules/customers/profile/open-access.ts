import type { Customer } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { mayGiveReason } from '../policy.ts';
import { findRoot } from '../queries/customers.ts';
import { grantAccess } from '../queries/records.ts';
import { loadCustomer, present } from './load.ts';

const hours = 8;

/** Opens a customer for a written reason. The reason and the reader stay in the audit log. */
export async function openAccess(ctx: Ctx, input: { id: string; reason: string }): Promise<Customer> {
  const { actor } = ctx;
  if (!mayGiveReason(actor) || !actor.id) throw fail('core.forbidden');
  const row = await findRoot(ctx.db, input.id);
  if (!row) throw fail('core.not_found');
  const until = new Date(ctx.now.getTime() + hours * 3_600_000);
  await grantAccess(ctx.db, { customerId: row.id, personId: actor.id, reason: input.reason, until });
  await audit(ctx, { action: 'customers.opened_with_reason', object: { kind: 'customer', id: row.id }, reason: input.reason });
  ctx.emit('customers.access_granted', { customerId: row.id, personId: actor.id });
  return present(ctx, await loadCustomer(ctx, row.id));
}
