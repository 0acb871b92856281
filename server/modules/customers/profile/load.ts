import type { Customer } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail } from '../../../platform/errors.ts';
import { displayName } from '../customer.ts';
import { fail as refuse } from '../errors.ts';
import { mayRead, needsLevel3, seesMasked } from '../policy.ts';
import { maskCustomer, presentCustomer } from '../present.ts';
import { findRoot, identitiesOfFamilies, updateCustomer } from '../queries/customers.ts';
import { standingLevel } from '../queries/records.ts';
import type { CustomerRow, IdentityRow } from '../queries/rows.ts';

export interface Loaded {
  row: CustomerRow;
  identities: IdentityRow[];
}

/** The customer as the actor may see it, by the id of anything that counts as it; not visible is not found. `lock` for changing it. */
export async function loadCustomer(ctx: Ctx, id: string, lock = false): Promise<Loaded> {
  const row = await findRoot(ctx.db, id, lock);
  if (!row || !(await mayRead(ctx, row.id))) throw fail('core.not_found');
  return { row, identities: await identitiesOfFamilies(ctx.db, [row.id]) };
}

/** As it leaves for this actor. */
export function present(ctx: Ctx, { row, identities }: Loaded): Customer {
  const whole = presentCustomer(row, identities);
  return seesMasked(ctx.actor) ? maskCustomer(whole) : whole;
}

/** Refuses changes of `fields` while the caller is not identified well enough. */
export async function demandLevel(ctx: Ctx, { row, identities }: Loaded, fields: readonly string[]): Promise<void> {
  if (ctx.actor.kind === 'system') return;
  const isProved = identities.some((identity) => identity.verified_at !== null);
  if (!needsLevel3(fields, isProved)) return;
  const level = await standingLevel(ctx.db, row.id, ctx.now);
  if (level < 3) throw refuse('customers.level_too_low', { level, needed: 3 });
}

/** Writes changed fields, brings what lists show up to date and reports it. */
export async function saveCustomer(ctx: Ctx, rootId: string, fields: Partial<CustomerRow>): Promise<Loaded> {
  const changed = await updateCustomer(ctx.db, rootId, fields);
  const identities = await identitiesOfFamilies(ctx.db, [rootId]);
  const shown = displayName(changed.name, identities);
  const row = shown === changed.display_name ? changed : await updateCustomer(ctx.db, rootId, { display_name: shown });
  ctx.emit('customers.changed', { customerId: rootId });
  return { row, identities };
}

/** A unique index refused: somebody else has it. */
export const isTaken = (error: unknown, index: string): boolean =>
  (error as { code?: string }).code === '23505' && (error as { constraint?: string }).constraint === index;
