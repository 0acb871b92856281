import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Calendar } from './calendar.ts';
import { afterOpen, workingDayAfter } from './open-time.ts';
import { siteCalendars } from './site-calendars.ts';

type Wish = ParsedInputOf<typeof workspaceEndpoints.workingTime>;

/** By the hours as they are now: whoever says a date because of it has said that date. */
export async function workingTime(ctx: Ctx, wish: Wish): Promise<{ at: string | null }> {
  const from = wish.from ? new Date(wish.from) : ctx.now;
  const at = timeOf((await siteCalendars(ctx.db)).of(wish.teamId ?? null, ctx.now), from.getTime(), wish);
  return { at: at === null ? null : new Date(at).toISOString() };
}

function timeOf(calendar: Calendar, from: number, { unit, amount }: Pick<Wish, 'unit' | 'amount'>): number | null {
  if (unit === 'hours') return afterOpen(calendar, from, amount * 3_600_000);
  const day = workingDayAfter(calendar, from, amount);
  return day && (unit === 'morning' ? day.from : day.to);
}
