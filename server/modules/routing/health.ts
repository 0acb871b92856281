import type { Ctx } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import type { HealthLine } from '../../platform/module.ts';
import { dueAlarms } from '../conversations/index.ts';
import { dueSolutions } from './clocks/solution-clocks.ts';

/** Alarms ring within a second. So many seconds later, nothing rings them any more. */
const late = 30;

/** Whether what is nearly due and overdue is told in time. */
export async function routingHealth({ db, now }: Ctx): Promise<HealthLine[]> {
  const oldest = await db.query<{ at: Date }>(sql`(select alarm_at as at from ${dueAlarms(now)} limit 1)
    union all (select alarm_at as at from ${dueSolutions(now)} limit 1)`);
  const seconds = Math.round(Math.max(0, ...oldest.map(({ at }) => now.getTime() - at.getTime())) / 1_000);
  const ok = seconds < late;
  return [{ name: 'routing.alarms', ok, ...(!ok && { code: 'routing.alarms_late' }), data: { seconds } }];
}
