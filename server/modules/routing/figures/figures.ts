import type { OutputOf } from '../../../../contract/core.ts';
import { formulas, type ServiceFigure, type Withheld, type routingEndpoints } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { requireAgreement } from '../../workspace/index.ts';
import { countedBy, serviceLevel, wilson } from './formulas.ts';

interface FigureRow extends Pick<ServiceFigure, 'groupKind' | 'channel' | 'clock'> {
  groupId: string;
  siteId: string | null;
  withheld: Withheld | null;
  answered: number;
  answeredInTime: number;
  unanswered: number;
  abandoned: number | null;
  abandonedInTime: number | null;
  abandonedShort: number | null;
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
      answered_in_time as "answeredInTime", unanswered, abandoned, abandoned_in_time as "abandonedInTime",
      abandoned_short as "abandonedShort", p50, p90, longest from service_figures where week = ${week} order by channel, clock, group_kind, group_id`);
  return {
    weeks: weeks.map((one) => one.week),
    week,
    items: rows.filter(({ siteId }) => allowed === 'all' || (siteId !== null && allowed.includes(siteId))).map(present),
  };
}

function present(row: FigureRow): ServiceFigure {
  const { groupKind, groupId, channel, clock, withheld } = row;
  return { groupKind, groupId: groupId || null, channel, clock, withheld, figures: withheld ? null : figuresOf(row) };
}

/** Who has no answer when the week is over waits in vain like somebody who left too late. */
function figuresOf({ answered, answeredInTime, unanswered, abandoned, abandonedInTime, abandonedShort, p50, p90, longest }: FigureRow) {
  const left = { all: abandoned ?? 0, inTime: abandonedInTime ?? 0, short: abandonedShort ?? 0 };
  const outcomes = {
    answered,
    answeredInTime,
    abandoned: left.all + unanswered,
    abandonedInTime: left.inTime,
    abandonedShort: left.short,
  };
  return {
    n: answered + left.all + unanswered,
    inTime: answeredInTime,
    late: answered - answeredInTime,
    unanswered,
    abandoned: abandoned === null ? null : left,
    levels: formulas.map((formula) => {
      const { good, all } = countedBy(formula, outcomes);
      return { formula, good, of: all, share: serviceLevel(formula, outcomes), ...wilson(good, all) };
    }),
    p50,
    p90,
    longest,
  };
}
