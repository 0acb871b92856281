import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';

/** What arrived and could not be read belongs to no customer yet; the room that has it finds it by the sender's addresses. */
export interface Unread {
  withhold: (ctx: Ctx, customerId: string, addresses: readonly string[]) => Promise<unknown>;
  release: (ctx: Ctx, customerId: string) => Promise<unknown>;
}

let unread: Unread = { withhold: async () => {}, release: async () => {} };

/** Said once by the room above, when it is loaded. */
export function provideUnread(fns: Unread): void {
  unread = fns;
}

/** Before the addresses go: later nobody could say any more whose it was. */
export async function withholdUnread(ctx: Ctx, id: string): Promise<void> {
  const rows = await ctx.db.query<{ rootId: string; value: string | null }>(sql`select r.root_id as "rootId", i.value
    from customers r join customers c on c.root_id = r.root_id left join customer_identities i on i.customer_id = c.id and i.kind = 'mail' where r.id = ${id}`);
  const [first] = rows;
  if (first)
    await unread.withhold(
      ctx,
      first.rootId,
      rows.flatMap(({ value }) => value ?? []),
    );
}

export const releaseUnread = (ctx: Ctx, rootId: string): Promise<unknown> => unread.release(ctx, rootId);
