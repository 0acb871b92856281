import type { z } from 'zod';
import { type Customer, mergeField, type mergePreview, type standingMerge } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../../workspace/index.ts';
import { type MergePlan, planMerge, planUnmerge } from '../customer.ts';
import { fail } from '../errors.ts';
import { mayMerge } from '../policy.ts';
import { presentIdentity, presentSummary } from '../present.ts';
import { isTaken, type Loaded, loadCustomer, present, saveCustomer } from '../profile/load.ts';
import { customersByIds, lockCustomer } from '../queries/customers.ts';
import type { CustomerRow } from '../queries/rows.ts';
import { findStandingMerge, mergesInto, pointBack, pointTo } from './queries.ts';

interface Both {
  from: Loaded;
  into: Loaded;
  plan: MergePlan;
  bothProved: boolean;
}

/** Says what a merge would do, without doing it. */
export async function previewMerge(ctx: Ctx, input: { id: string; intoId: string }): Promise<z.infer<typeof mergePreview>> {
  const { from, into, plan, bothProved } = await loadBoth(ctx, input, false);
  return {
    from: presentSummary(from.row),
    into: presentSummary(into.row),
    taken: mergeField.options.flatMap((field) => {
      const change = plan.taken[field];
      return change ? [{ field, value: change.after, before: change.before }] : [];
    }),
    conflicts: plan.conflicts,
    identities: from.identities.map((identity) => presentIdentity(identity, from.row.id)),
    unproved: [...(isProved(from) ? [] : (['from'] as const)), ...(isProved(into) ? [] : (['into'] as const))],
    refusal: mayMerge(ctx.actor, bothProved) ? null : 'customers.not_verified',
  };
}

/** Lets one customer count as another. Everything of it stays its own, so that `unmergeCustomer` can restore it exactly. */
export async function mergeCustomers(ctx: Ctx, input: { id: string; intoId: string; reason: string }): Promise<Customer> {
  const { from, into, plan, bothProved } = await loadBoth(ctx, input, true);
  if (!mayMerge(ctx.actor, bothProved)) throw fail('customers.not_verified');
  const merge = { id: newId(ctx.now.getTime()), from: from.row, intoId: into.row.id, taken: plan.taken, reason: input.reason };
  await pointTo(ctx.db, { ...merge, byId: ctx.actor.id, at: ctx.now });
  const fields = Object.fromEntries(Object.entries(plan.taken).map(([field, change]) => [field, change.after]));
  const saved = await saveCustomer(ctx, into.row.id, fields);
  ctx.emit('customers.merged', { customerId: from.row.id, intoId: into.row.id });
  await audit(ctx, {
    action: 'customers.merged',
    object: { kind: 'customer', id: from.row.id },
    reason: input.reason,
    data: { intoId: into.row.id },
  });
  return present(ctx, saved);
}

/** Takes a merge back. Fields of the other one that came from this one and were not changed since go back to what they were. */
export async function unmergeCustomer(ctx: Ctx, input: { id: string; reason: string }): Promise<Customer> {
  // Rights first: whoever may not see the one it counts as finds nothing.
  const { row: root, identities } = await loadCustomer(ctx, input.id, true);
  const merge = await findStandingMerge(ctx.db, input.id);
  if (!merge) throw fail('customers.not_merged');
  if (merge.into_id !== root.id) throw fail('customers.merged_further', { customerId: merge.into_id });
  const hasProved = (own: boolean) => identities.some((i) => i.verified_at && (i.customer_id === merge.customer_id) === own);
  if (!mayMerge(ctx.actor, hasProved(true) && hasProved(false))) throw fail('customers.not_verified');
  await lockCustomer(ctx.db, merge.customer_id);
  await saveCustomer(ctx, root.id, planUnmerge(root, merge.taken) as Partial<CustomerRow>);
  await pointBack(ctx.db, merge, ctx.actor.id, ctx.now).catch((error: unknown) => {
    throw isTaken(error, 'customers_number') ? fail('customers.number_taken') : error;
  });
  // What lists show of the remaining one may have come from the other's identities.
  await saveCustomer(ctx, root.id, {});
  await saveCustomer(ctx, merge.customer_id, {});
  ctx.emit('customers.unmerged', { customerId: merge.customer_id, fromId: root.id });
  const object = { kind: 'customer', id: merge.customer_id };
  await audit(ctx, { action: 'customers.unmerged', object, reason: input.reason, data: { fromId: root.id } });
  return present(ctx, await loadCustomer(ctx, root.id));
}

/** What could be taken back. */
export async function listMerges(ctx: Ctx, input: { id: string }): Promise<{ items: z.infer<typeof standingMerge>[] }> {
  const { row, identities } = await loadCustomer(ctx, input.id);
  const merges = await mergesInto(ctx.db, row.id);
  const names = new Map(
    (
      await customersByIds(
        ctx.db,
        merges.map((m) => m.customer_id),
      )
    ).map((c) => [c.id, c.display_name]),
  );
  return {
    items: merges.map((m) => ({
      customerId: m.customer_id,
      displayName: names.get(m.customer_id) ?? '–',
      addresses: identities.filter((one) => one.customer_id === m.customer_id).map((one) => one.label || one.value),
      at: m.at.toISOString(),
    })),
  };
}

async function loadBoth(ctx: Ctx, input: { id: string; intoId: string }, lock: boolean): Promise<Both> {
  // Always locked in the same order, so that two opposite merges at once wait instead of deadlocking.
  const [first, second] = [input.id, input.intoId].toSorted() as [string, string];
  const a = await loadCustomer(ctx, first, lock);
  const b = await loadCustomer(ctx, second, lock);
  if (a.row.id === b.row.id) throw fail('customers.same_customer');
  const [from, into] = first === input.id ? [a, b] : [b, a];
  return { from, into, plan: planMerge({ ...from.row }, { ...into.row }), bothProved: isProved(from) && isProved(into) };
}

const isProved = (one: Loaded): boolean => one.identities.some((identity) => identity.verified_at !== null);
