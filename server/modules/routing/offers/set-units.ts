import { isDeepStrictEqual } from 'node:util';
import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { WorkUnits, routingEndpoints } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { fail } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { usualUnits } from './units.ts';

export const findWorkUnits = async (db: Db): Promise<WorkUnits> =>
  (await db.maybe<WorkUnits>(sql`select version, units from work_units`)) ?? { version: 0, units: usualUnits };

export const getWorkUnits = (ctx: Ctx): Promise<WorkUnits> => findWorkUnits(ctx.db);

/** Set again the same it is no change; of two who set something else, the later has to look again. Who has more in hand than fits from now on keeps it, and gets nothing more. */
export async function setWorkUnits(ctx: Ctx, input: ParsedInputOf<typeof routingEndpoints.setWorkUnits>): Promise<WorkUnits> {
  await ctx.db.exec(sql`lock table work_units in share row exclusive mode`);
  const before = await findWorkUnits(ctx.db);
  if (isDeepStrictEqual(before.units, input.units)) return before;
  if (before.version !== input.version) throw fail('core.conflict');
  const after = { version: before.version + 1, units: input.units };
  await ctx.db.exec(sql`insert into work_units (version, units) values (${after.version}, ${sql.json(after.units)})
    on conflict (is_only) do update set version = excluded.version, units = excluded.units`);
  ctx.emit('routing.work_units_changed', { version: after.version });
  await audit(ctx, { action: 'routing.work_units_set', data: { version: after.version, before: before.units, after: after.units } });
  return after;
}
