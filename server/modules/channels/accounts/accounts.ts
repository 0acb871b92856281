import type { ServerChannel } from '../../../../contract/channel.ts';
import type { channelsEndpoints } from '../../../../contract/channels.ts';
import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit, teamOf } from '../../workspace/index.ts';
import { pokeSupervisor } from '../connections/supervisor.ts';
import { fail } from '../errors.ts';
import { wakeAccount } from '../outbox/queries.ts';
import { pokeSender } from '../outbox/sender.ts';
import { presentAccounts } from '../present.ts';
import { channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';
import { bookOf } from './book.ts';
import {
  type AccountRow,
  accountsByIds,
  accountsOfTeam,
  healthOf,
  insertAccount,
  listAccounts,
  lockAccount,
  trafficOf,
  updateAccount,
} from './queries.ts';
import { mergeSettings, openSettings, secretFields } from './settings.ts';

type E = typeof channelsEndpoints;

export async function readAccounts(ctx: Ctx): Promise<ReplyOf<E['accounts']>> {
  const rows = await listAccounts(ctx.db);
  const traffic = await trafficOf(
    ctx.db,
    rows.map((row) => row.id),
  );
  return {
    items: await presentAccounts(ctx.db, rows),
    traffic: traffic.map((t) => ({
      accountId: t.id,
      lastInAt: t.last_in?.toISOString() ?? null,
      lastOutAt: t.last_out?.toISOString() ?? null,
    })),
  };
}

export async function readAccount(ctx: Ctx, { id }: { id: string }): Promise<ReplyOf<E['account']>> {
  const [row] = await accountsByIds(ctx.db, [id]);
  if (!row) throw core('core.not_found');
  return presentSettings(ctx, row);
}

export async function createAccount(ctx: Ctx, input: ParsedInputOf<E['createAccount']>): Promise<ReplyOf<E['account']>> {
  const channel = requireChannel(input.channel);
  const { stored } = mergeSettings(channel, undefined, input.settings, ctx.platform.secrets);
  await requireTeam(ctx, input.teamId);
  const id = newId(ctx.now.getTime());
  await insertAccount(
    ctx.db,
    {
      id,
      kind: input.channel,
      name: input.name,
      address: addressOf(channel, input.address),
      team_id: input.teamId,
      signature: input.signature,
      active: input.active,
      ...stored,
    },
    ctx.now,
  ).catch(translateTaken);
  await changed(ctx, { id, kind: input.channel }, 'channels.account_created');
  return readAccount(ctx, { id });
}

/** Changes an account. Its connection starts anew, and messages that waited for its access are tried at once. */
export async function changeAccount(ctx: Ctx, input: ParsedInputOf<E['changeAccount']>): Promise<ReplyOf<E['account']>> {
  const row = await lockAccount(ctx.db, input.id);
  if (!row) throw core('core.not_found');
  // A connection's health may have changed meanwhile; that is no reason to refuse.
  if (input.version < row.changed_version || input.version > row.version) throw core('core.conflict', { version: row.version });
  const channel = requireChannel(row.kind);
  await requireTeam(ctx, input.teamId);
  const fields: Partial<AccountRow> = {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.address === undefined ? {} : { address: addressOf(channel, input.address) }),
    ...(input.teamId === undefined ? {} : { team_id: input.teamId }),
    ...(input.signature === undefined ? {} : { signature: input.signature }),
    ...(input.active === undefined ? {} : { active: input.active }),
    ...(input.settings === undefined ? {} : mergeSettings(channel, row, input.settings, ctx.platform.secrets).stored),
  };
  await updateAccount(ctx.db, row.id, fields).catch(translateTaken);
  await changed(ctx, row, 'channels.account_changed', Object.keys(fields));
  return readAccount(ctx, { id: row.id });
}

/** A team was dissolved: the accounts that fed it feed its successor. */
export async function followTeam(ctx: Ctx, teamId: string, successorId: string): Promise<void> {
  for (const { id } of await accountsOfTeam(ctx.db, teamId)) {
    const row = await lockAccount(ctx.db, id);
    if (!row || row.team_id !== teamId) continue;
    await updateAccount(ctx.db, id, { team_id: successorId });
    await changed(ctx, row, 'channels.account_changed', ['team_id']);
  }
}

/** Disconnects for good. The row stays, because conversations name it; its secrets do not. */
export async function removeAccount(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const row = await lockAccount(ctx.db, id);
  if (!row) throw core('core.not_found');
  await updateAccount(ctx.db, id, { active: false, removed_at: ctx.now, secrets: {} });
  await changed(ctx, row, 'channels.account_removed');
  return { done: true };
}

export function requireChannel(kind: string): ServerChannel {
  const channel = channelOf(kind);
  if (!channel) throw fail('channels.unknown_channel', { channel: kind });
  return channel;
}

/** What comes in must land where somebody looks. */
async function requireTeam(ctx: Ctx, teamId: string | null | undefined): Promise<void> {
  if (!teamId) return;
  const team = await teamOf(ctx.db, teamId);
  if (!team || team.archived) throw fail('channels.team_unknown');
}

export function addressOf(channel: ServerChannel, written: string): string {
  const address = channel.identity.normalise(written);
  if (!address) throw fail('channels.address_invalid');
  return address;
}

async function changed(ctx: Ctx, { id, kind }: { id: string; kind: string }, action: string, fields?: string[]): Promise<void> {
  await wakeAccount(ctx.db, id, ctx.now);
  ctx.emit('channels.account_changed', { accountId: id, channel: kind });
  ctx.afterCommit(() => {
    bookOf(ctx.platform).forget();
    pokeSupervisor(ctx.platform);
    pokeSender(ctx.platform);
  });
  await audit(ctx, { action, object: { kind: 'channel_account', id }, ...(fields ? { data: { fields } } : {}) });
}

async function presentSettings(ctx: Ctx, row: AccountRow): Promise<ReplyOf<E['account']>> {
  const [account] = await presentAccounts(ctx.db, [row]);
  if (!account) throw core('core.not_found');
  const channel = channelOf(row.kind);
  const [health] = await healthOf(ctx.db, [row.id]);
  return {
    account,
    settings: row.settings,
    secrets: Object.fromEntries((channel ? secretFields(channel) : Object.keys(row.secrets)).map((name) => [name, name in row.secrets])),
    problemText: health?.ok === false ? health.detail : null,
    hookUrl: channel?.hook ? `${ctx.platform.config.publicUrl}/api/v1/channels/accounts/${row.id}/hook` : null,
    handOuts: handOutsOf(ctx, row),
  };
}

/** Nothing while the settings cannot be used. */
function handOutsOf({ platform }: Ctx, row: AccountRow): ReplyOf<E['account']>['handOuts'] {
  const channel = channelOf(row.kind);
  const settings = channel?.handOuts && openSettings(channel, row, platform.secrets);
  const account = { id: row.id, name: row.name, address: row.address, teamId: row.team_id, signature: row.signature };
  return (settings && channel?.handOuts?.({ ...account, settings }, toolsFor(platform, row.kind).installation)) || [];
}

function translateTaken(error: unknown): never {
  if ((error as { constraint?: string }).constraint === 'channel_accounts_address') throw fail('channels.address_taken');
  throw error;
}
