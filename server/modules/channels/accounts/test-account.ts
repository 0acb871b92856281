import type { channelsEndpoints } from '../../../../contract/channels.ts';
import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { fail } from '../errors.ts';
import { toolsFor } from '../registry/tools.ts';
import { addressOf, requireChannel } from './accounts.ts';
import { accountsByIds } from './queries.ts';
import { mergeSettings } from './settings.ts';

type E = typeof channelsEndpoints;
type Steps = ReplyOf<E['testAccount']>;

/** Tries saved settings, with unsaved changes on top. Runs outside a transaction: a service may take its time. */
export async function testAccount(ctx: Ctx, input: ParsedInputOf<E['testAccount']>): Promise<Steps> {
  const [row] = await accountsByIds(ctx.db, [input.id]);
  if (!row || row.removed_at) throw core('core.not_found');
  const channel = requireChannel(row.kind);
  let opened: Record<string, unknown>;
  try {
    ({ opened } = mergeSettings(channel, row, input.settings ?? {}, ctx.platform.secrets));
  } catch (error) {
    throw input.settings ? error : fail('channels.settings_invalid');
  }
  const account = { id: row.id, name: row.name, teamId: row.team_id, signature: row.signature, settings: opened };
  return channel.test({ ...account, address: addressOf(channel, input.address ?? row.address) }, toolsFor(ctx.platform, row.kind));
}

export async function testSettings(ctx: Ctx, input: ParsedInputOf<E['testSettings']>): Promise<Steps> {
  const channel = requireChannel(input.channel);
  const { opened } = mergeSettings(channel, undefined, input.settings, ctx.platform.secrets);
  const account = { id: 'new', name: '', address: addressOf(channel, input.address), teamId: null, signature: null, settings: opened };
  return channel.test(account, toolsFor(ctx.platform, input.channel));
}
