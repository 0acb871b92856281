import type { Event } from '../../platform/events/event.ts';
import { on } from '../../platform/events/subscribers.ts';
import { whenDue } from '../../platform/jobs/ticks.ts';
import type { Module } from '../../platform/module.ts';
import { provideUnread } from '../customers/index.ts';
import { followTeam } from './accounts/accounts.ts';
import { bookOf } from './accounts/book.ts';
import { accountsByIds } from './accounts/queries.ts';
import { audiences } from './audiences.ts';
import { pokeSupervisor, startSupervisor } from './connections/supervisor.ts';
import { lineDoor } from './entrance/door.ts';
import { fail } from './errors.ts';
import { channelsHealth } from './health.ts';
import { forgetIntake } from './intake/inbound.ts';
import { parseIntake } from './intake/parse.ts';
import { releaseUnread, withholdUnread } from './intake/withhold.ts';
import { toSend, unreadDue } from './outbox/queries.ts';
import { pokeSender, startSender } from './outbox/sender.ts';
import { lookAtUnread } from './outbox/unread.ts';
import { presentAccounts } from './present.ts';
import { routes } from './routes.ts';
import { toldByProcess } from './threads/lines.ts';
import { sweepThreads } from './threads/queries.ts';

// The room below asks what only this room knows.
provideUnread({ withhold: withholdUnread, release: releaseUnread });

export const module: Module = {
  name: 'channels',
  routes,
  errors: fail.catalogue,
  audiences,
  records: {
    channel_account: {
      async load(db, ids) {
        const accounts = await presentAccounts(db, await accountsByIds(db, ids));
        return new Map(accounts.map((account) => [account.id, { version: account.version, data: { ...account } }]));
      },
    },
  },
  subscribers: [
    on('workspace.team_archived', 'channels.follow_team', (ctx, { data }) => followTeam(ctx, data.teamId, data.successorId)),
    {
      name: 'channels.parse',
      on: ['channels.raw_stored'],
      batch: 100,
      handle: (ctx, events) => parseIntake(ctx, events as Parameters<typeof parseIntake>[1]),
    },
  ],
  // Whichever process changed an account or erased something, each one goes by it at once.
  heard(platform, events) {
    const erased = events.flatMap((event) =>
      event.type === 'channels.raw_erased' ? [(event as Event<'channels.raw_erased'>).data.intakeId] : [],
    );
    forgetIntake(platform, erased);
    if (!events.some((event) => event.type === 'channels.account_changed')) return;
    bookOf(platform).forget();
    pokeSupervisor(platform);
  },
  // Scheduled messages, retries, and whatever other processes queued.
  ticks: [
    whenDue({ name: 'channels.send_due', everySeconds: 1, due: toSend, run: (work) => Promise.resolve(pokeSender(work.platform)) }),
    {
      name: 'channels.sweep_threads',
      everySeconds: 3_600,
      run: (work) => work.transaction(async (ctx) => void (await sweepThreads(ctx.db, ctx.now))),
    },
    whenDue({ name: 'channels.look_at_unread', everySeconds: 2, due: unreadDue, run: lookAtUnread }),
  ],
  lines: [lineDoor],
  told: { 'channels.thread': toldByProcess },
  async start(platform) {
    const sender = startSender(platform);
    const stopSupervisor = startSupervisor(platform);
    sender.poke();
    return async () => {
      await Promise.all([sender.stop(), stopSupervisor()]);
    };
  },
  health: channelsHealth,
};
