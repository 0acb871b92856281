import { on } from '../../platform/events/subscribers.ts';
import type { Module } from '../../platform/module.ts';
import { audiences } from './audiences.ts';
import { fail } from './errors.ts';
import { fireRules } from './firing/fire.ts';
import { eraseLog, sweepLog } from './firing/log.ts';
import { followTeam } from './macros/change-macros.ts';
import { routes } from './routes.ts';
import { liveRules } from './rules/live-rules.ts';

export const module: Module = {
  name: 'automation',
  routes,
  errors: fail.catalogue,
  audiences,
  heard: liveRules.forget,
  subscribers: [
    fireRules,
    on('customers.erasure_asked', 'automation.erase', (ctx, { data }) => eraseLog(ctx, data.customerId)),
    on('workspace.team_archived', 'automation.follow_team', (ctx, { data }) => followTeam(ctx, data.teamId)),
  ],
  jobs: [{ name: 'automation.sweep_log', cron: '45 3 * * *', run: sweepLog }],
};
