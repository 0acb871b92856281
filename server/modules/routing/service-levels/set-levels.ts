import { isDeepStrictEqual } from 'node:util';
import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { routingEndpoints, ServiceLevels } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { audit, companySettings, listTeamIds } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { type LevelsVersion, usualLevels } from './levels.ts';

/** All versions ever set, in the order in which they begin. */
export const findVersions = (db: Db): Promise<LevelsVersion[]> =>
  db.query<LevelsVersion>(sql`select valid_from as "validFrom", recomputes, levels from service_levels order by valid_from`);

export async function getServiceLevels(ctx: Ctx): Promise<ServiceLevels> {
  const versions = await findVersions(ctx.db);
  const now = versions.findLast(({ validFrom }) => validFrom <= ctx.now);
  const { locale } = await companySettings(ctx.db);
  return {
    validFrom: now?.validFrom.toISOString() ?? null,
    levels: [...(now?.levels ?? usualLevels(locale))],
    coming: versions
      .filter(({ validFrom }) => validFrom > ctx.now)
      .map(({ validFrom, levels }) => ({ validFrom: validFrom.toISOString(), levels: [...levels] })),
  };
}

/** What was set for the same instant is replaced; what began before stays for those who waited then. */
export async function setServiceLevels(ctx: Ctx, input: ParsedInputOf<typeof routingEndpoints.setServiceLevels>): Promise<ServiceLevels> {
  const { levels, recompute } = input;
  const validFrom = input.validFrom ? new Date(input.validFrom) : ctx.now;
  if (validFrom < ctx.now) throw fail('routing.begins_in_the_past');
  const teams = new Set(await listTeamIds(ctx.db));
  if (levels.some(({ teamIds }) => teamIds.some((id) => !teams.has(id)))) throw fail('routing.team_unknown');
  // One after the other: the later one compares with what the earlier one set.
  await ctx.db.exec(sql`lock table service_levels in share row exclusive mode`);
  const before = await getServiceLevels(ctx);
  if (!input.validFrom && !recompute && isDeepStrictEqual(before.levels, levels)) return before;
  await ctx.db.exec(sql`insert into service_levels (id, valid_from, recomputes, levels, set_by, created_at)
    values (${newId(ctx.now.getTime())}, ${validFrom}, ${recompute}, ${JSON.stringify(levels)}, ${ctx.actor.kind === 'person' ? ctx.actor.id : null}, ${ctx.now})
    on conflict (valid_from) do update set recomputes = excluded.recomputes, levels = excluded.levels, set_by = excluded.set_by`);
  ctx.emit('routing.service_levels_changed', { validFrom: validFrom.toISOString(), recomputes: recompute });
  const after = await getServiceLevels(ctx);
  await audit(ctx, {
    action: 'routing.service_levels_set',
    data: { validFrom: validFrom.toISOString(), recompute, levels: levels.length },
  });
  return after;
}
