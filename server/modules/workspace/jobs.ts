import type { Ctx } from '../../platform/context.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import { type Tick, whenDue } from '../../platform/jobs/ticks.ts';
import { endedHelp, endHelp } from './organisation/lending.ts';
import { mailNotice, sweepNotices } from './notices/notices.ts';
import { sweepDesks } from './people/desks.ts';
import { endedPauses, endPauses, sweepPresence } from './people/presence.ts';
import { pushNews } from './push/push-news.ts';
import { sweepAttempts } from './sign-in/attempts.ts';
import { sweepPlaces } from './sign-in/places.ts';
import { sweepSessions } from './sign-in/sessions.ts';
import { offerNewPassword } from './sign-in/set-password.ts';
import { deliverWebhook, sweepDeliveries } from './webhooks/deliver.ts';

export const jobs: Job[] = [mailNotice, offerNewPassword, deliverWebhook, pushNews];

/** What has served its time goes: sessions, links, challenges, attempts, places, notices, delivery logs, presence history, who had the desk open. */
export const ticks: Tick[] = [
  {
    name: 'workspace.sweep',
    everySeconds: 3_600,
    run: async (work) => {
      const sweeps: ((ctx: Ctx) => Promise<void>)[] = [
        sweepSessions,
        (ctx) => sweepAttempts(ctx.db, ctx.now),
        sweepPlaces,
        sweepNotices,
        sweepDeliveries,
        sweepPresence,
        sweepDesks,
      ];
      for (const sweep of sweeps) await work.transaction(sweep);
    },
  },
  whenDue({
    name: 'workspace.end_help',
    everySeconds: 1,
    due: endedHelp,
    async run(work) {
      while ((await work.transaction(endHelp)) >= 100);
    },
  }),
  whenDue({
    name: 'workspace.end_pauses',
    everySeconds: 1,
    due: endedPauses,
    async run(work) {
      while ((await work.transaction(endPauses)) >= 100);
    },
  }),
];
