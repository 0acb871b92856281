import type { Ctx } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import type { HealthLine } from '../../platform/module.ts';
import { isMailed } from './notices/notices.ts';

/** Work given up or failing again and again, notices that nobody gets, webhooks that fail. */
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
  ];
}
