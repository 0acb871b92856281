import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { familyOf, mayReadCustomer, summaries } from '../../customers/index.ts';

/** The customer and everybody merged with them; whom the actor may not read, and who is restricted or erased, does not exist. */
export async function readableFamily(ctx: Ctx, customerId: string): Promise<string[]> {
  const root = (await summaries(ctx.db, [customerId])).get(customerId);
  if (!root || !(await mayReadCustomer(ctx, root.id))) throw core('core.not_found');
  return familyOf(ctx.db, root.id);
}
