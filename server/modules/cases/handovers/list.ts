import type { Handover } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { loadCase } from '../access/visible.ts';
import { seesMaskedOnly } from '../policy.ts';
import { presentHandover } from '../present.ts';
import { findCase } from '../queries/cases.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { findHandover, listHandovers as list } from './queries.ts';

interface Input {
  to?: 'me' | undefined;
  from?: 'me' | undefined;
  pending: 'true' | 'false';
  cursor?: string | undefined;
  limit: number;
}

/** Hand-overs to the caller and the caller's teams, or from the caller. What somebody gave to their own team waits for the others of it. */
export async function listHandovers(ctx: Ctx, { from, pending, cursor, limit }: Input) {
  if (seesMaskedOnly(ctx.actor)) return { items: [], nextCursor: null };
  const rows = await list(ctx.db, {
    ...(from ? { fromId: ctx.actor.id } : { toPersonId: ctx.actor.id, toTeamIds: ctx.actor.teamIds }),
    pendingOnly: pending === 'true',
    after: cursor ? readCursor(cursor) : undefined,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(presentHandover), nextCursor: rows.length > limit && last ? writeCursor(last.createdAt, last.id) : null };
}

/** One hand-over, for its receiver, its giver, and whoever reads the case. */
export async function openHandover(ctx: Ctx, { id }: { id: string }): Promise<{ handover: Handover }> {
  const row = await findHandover(ctx.db, id);
  if (!row || seesMaskedOnly(ctx.actor) || (await findCase(ctx.db, row.caseId))?.restrictedAt) throw core('core.not_found');
  const concerned =
    row.toPersonId === ctx.actor.id || row.fromId === ctx.actor.id || (row.toTeamId !== null && ctx.actor.teamIds.includes(row.toTeamId));
  if (!concerned) await loadCase(ctx, row.caseId);
  return { handover: presentHandover(row) };
}
