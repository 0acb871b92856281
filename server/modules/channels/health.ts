import type { Ctx } from '../../platform/context.ts';
import type { HealthLine } from '../../platform/module.ts';
import { bookOf } from './accounts/book.ts';
import { healthOf, trafficOf } from './accounts/queries.ts';
import { doorHealth } from './connections/supervisor.ts';
import { countIntake } from './intake/queries.ts';
import { countOutbox } from './outbox/queries.ts';
import { brokenChannels, channelOf } from './registry/registry.ts';

/** Seconds after which waiting is no longer normal. */
const late = 60;

/** What the health page says of channels: folders, doors, accounts, what waits to be read and to be sent. */
export async function channelsHealth(ctx: Ctx): Promise<HealthLine[]> {
  const lines: HealthLine[] = brokenChannels().map(({ name, reason }) => ({
    name: `channel ${name}`,
    ok: false,
    code: 'channels.channel_broken',
    data: { reason },
  }));
  const accounts = (await bookOf(ctx.platform).all(ctx.db)).filter(({ row }) => row.active && !row.removed_at);
  for (const [name, door] of doorHealth(ctx.platform)) {
    const data = {
      channelLabel: channelOf(name)?.descriptor.label ?? null,
      listening: door.listening,
      addresses: accounts.filter(({ row }) => row.kind === name).map(({ row }) => row.address),
      reason: door.code,
    };
    lines.push({ name: `door ${name}`, ok: door.ok, ...(door.ok ? {} : { code: 'channels.door_closed' }), data });
  }

  const ids = accounts.map(({ row }) => row.id);
  const health = new Map((await healthOf(ctx.db, ids)).map((h) => [h.account_id, h]));
  const traffic = new Map((await trafficOf(ctx.db, ids)).map((t) => [t.id, t]));
  for (const { row, account } of accounts) {
    const h = health.get(row.id);
    const ok = account !== undefined && h?.ok !== false;
    const t = traffic.get(row.id);
    const data = {
      accountId: row.id,
      accountName: row.name,
      accountAddress: row.address,
      reason: account ? (h?.code ?? null) : 'settings_unusable',
      delaySeconds: h?.delay_seconds ?? null,
      lastInAt: t?.last_in ?? null,
      lastOutAt: t?.last_out ?? null,
    };
    lines.push({ name: `account ${row.id}`, ok, ...(ok ? {} : { code: 'channels.account_unreachable' }), data });
  }

  const intake = await countIntake(ctx.db, ctx.now);
  const isRead = intake.failed === 0 && intake.oldest_seconds < late;
  lines.push({ name: 'intake', ok: isRead, ...(isRead ? {} : { code: 'channels.intake_waiting' }), data: { ...intake } });
  const outbox = await countOutbox(ctx.db, ctx.now);
  const isSent = outbox.late_seconds < late;
  lines.push({ name: 'outbox', ok: isSent, ...(isSent ? {} : { code: 'channels.outbox_waiting' }), data: { ...outbox } });
  return lines;
}
