import type { OutputOf } from '../../../../contract/core.ts';
import type { ServiceFigure, Withheld, routingEndpoints } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { requireAgreement } from '../../workspace/index.ts';
import { serviceLevel, usualFormula, wilson } from './formulas.ts';

interface FigureRow extends Pick<ServiceFigure, 'groupKind' | 'channel' | 'clock'> {
  groupId: string;
  siteId: string | null;
  withheld: Withheld | null;
  answered: number;
  answeredInTime: number;
  unanswered: number;
  p50: number | null;
  p90: number | null;
  longest: number | null;
}

/** What was written down, while an agreement allows it: of the sites it is for, and of the company where it is for all. */
export async function serviceFigures(
  ctx: Ctx,
  { week: asked }: { week?: string | undefined },
): Promise<OutputOf<typeof routingEndpoints.serviceFigures>> {
  const allowed = await requireAgreement(ctx, 'team_figures');
  const weeks = await ctx.db.query<{ week: string }>(sql`select week::text from service_weeks order by service_weeks.week desc limit 60`);
  const week = weeks.find((one) => one.week === asked)?.week ?? weeks[0]?.week ?? null;
  const rows =
    week === null
      ? []
      : await ctx.db.query<FigureRow>(sql`select group_kind as "groupKind", group_id as "groupId", site_id as "siteId", channel, clock, withheld, answered,
      answered_in_time as "answeredInTime", unanswered, p50, p90, longest from service_figures where week = ${week} order by channel, clock, group_kind, group_id`);
  return {
    weeks: weeks.map((one) => one.week),
    week,
    items: rows.filter(({ siteId }) => allowed === 'all' || (siteId !== null && allowed.includes(siteId))).map(present),
  };
}

function present({
  groupKind,
  groupId,
  channel,
  clock,
  withheld,
  answered,
  answeredInTime,
  unanswered,
  p50,
  p90,
  longest,
}: FigureRow): ServiceFigure {
  const n = answered + unanswered;
  return {
    groupKind,
    groupId: groupId || null,
    channel,
    clock,
    withheld,
    figures: withheld
      ? null
      : {
          n,
          inTime: answeredInTime,
          late: answered - answeredInTime,
          unanswered,
          share:
            serviceLevel(usualFormula, { answered, answeredInTime, abandoned: unanswered, abandonedInTime: 0, abandonedShort: 0 }) ?? 0,
          ...wilson(answeredInTime, n),
          p50,
          p90,
          longest,
        },
  };
}
