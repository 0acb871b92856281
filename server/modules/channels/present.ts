import type { ServerChannel } from '../../../contract/channel.ts';
import type { ChannelAccountRecord, ChannelFacts } from '../../../contract/channels.ts';
import type { Db } from '../../platform/database/sql.ts';
import { type AccountRow, healthOf } from './accounts/queries.ts';
import { settingsForm } from './accounts/settings.ts';
import type { IntakeRow } from './intake/queries.ts';
import type { LocalRow } from './outbox/local.ts';

export const presentChannel = (channel: ServerChannel): ChannelFacts => {
  const { descriptor } = channel;
  return {
    id: descriptor.id,
    label: descriptor.label,
    colour: descriptor.colour,
    kind: descriptor.kind,
    capabilities: { ...descriptor.capabilities },
    settings: settingsForm(channel),
    setUpSteps: [...descriptor.setUpSteps],
    hasHook: channel.hook !== undefined,
    checkedOn: descriptor.checkedOn,
  };
};

/** Accounts with the health of their connections; one statement for all of them. */
export async function presentAccounts(db: Db, rows: readonly AccountRow[]): Promise<ChannelAccountRecord[]> {
  const health = new Map(
    (
      await healthOf(
        db,
        rows.map((row) => row.id),
      )
    ).map((h) => [h.account_id, h]),
  );
  return rows.map((row) => {
    const h = health.get(row.id);
    return {
      id: row.id,
      version: row.version,
      channel: row.kind,
      name: row.name,
      address: row.address,
      teamId: row.team_id,
      active: row.active,
      signature: row.signature,
      health: {
        ok: h?.ok ?? true,
        code: h?.code ?? null,
        since: h?.since?.toISOString() ?? null,
        delaySeconds: h?.delay_seconds ?? null,
      },
      removed: row.removed_at !== null,
    };
  });
}

export const presentIntake = (row: IntakeRow, may: { download: boolean; dismiss: boolean }) => ({
  id: row.id,
  accountId: row.account_id,
  channel: row.channel,
  state: row.state,
  defects: row.defects,
  problem: row.problem,
  size: row.size,
  items: row.items,
  receivedAt: row.received_at.toISOString(),
  may,
});

export const presentLocal = (row: LocalRow) => ({
  id: row.id,
  accountId: row.account_id,
  messageId: row.message_id,
  to: row.recipients,
  subject: row.subject,
  mediaType: row.media_type,
  size: row.size,
  at: row.at.toISOString(),
});
