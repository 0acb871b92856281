import type { Ctx } from '../../platform/context.ts';
import type { WhyUnused } from '../../platform/database/replica.ts';
import { sql } from '../../platform/database/sql.ts';
import type { HealthLine } from '../../platform/module.ts';
import { isMailed } from './notices/notices.ts';

const unused = {
  away: { code: 'workspace.replica_away' },
  behind: { code: 'workspace.replica_behind' },
  promoted: { code: 'workspace.replica_promoted' },
  foreign: { code: 'workspace.replica_foreign' },
} satisfies Record<WhyUnused, { code: string }>;

/** Where a replica is set: whether reports are read from it, and if not, why. */
async function replica({ platform }: Ctx): Promise<HealthLine[]> {
  const state = await platform.database.reports.look();
  if (!state) return [];
  const why = state.unused && { ...unused[state.unused], data: { minutes: Math.floor((state.behind ?? 0) / 60_000) } };
  return [{ name: 'workspace.replica', ok: !why, ...why }];
}

/** Work given up or failing again and again, notices that nobody gets, webhooks that fail, a replica that can't be used. */
export async function health(ctx: Ctx): Promise<HealthLine[]> {
  const failed = await ctx.platform.jobs.failed(200);
  const ticks = ctx.platform.jobs.failingTicks();
  const { waiting } = await ctx.db.one<{ waiting: number }>(sql`select count(*)::int as waiting from notices where sent_at is null`);
  const { failing } = await ctx.db.one<{ failing: number }>(
    sql`select count(*)::int as failing from webhooks where failing_since is not null or disabled_reason is not null`,
  );
  return [
    {
      name: 'workspace.jobs',
      ok: failed.length === 0,
      ...(failed.length > 0 && { code: 'workspace.jobs_failed', data: { failed: failed.length } }),
    },
    {
      name: 'workspace.ticks',
      ok: ticks.length === 0,
      ...(ticks.length > 0 && { code: 'workspace.ticks_failing', data: { names: ticks.join(', ') } }),
    },
    {
      name: 'workspace.notices',
      ok: isMailed(ctx.platform) || waiting === 0,
      ...(!isMailed(ctx.platform) && { code: 'workspace.no_mail_server', data: { waiting } }),
    },
    { name: 'workspace.webhooks', ok: failing === 0, ...(failing > 0 && { code: 'workspace.webhooks_failing', data: { failing } }) },
    ...(await replica(ctx)),
  ];
}
