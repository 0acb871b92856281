import type { channelsEndpoints } from '../../../../contract/channels.ts';
import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import type { Download } from '../../../platform/module.ts';
import { audit } from '../../workspace/index.ts';
import { accountsByIds } from '../accounts/queries.ts';
import { fail } from '../errors.ts';
import { mayDismiss, mayReadContent } from '../policy.ts';
import { presentIntake } from '../present.ts';
import { hiddenAmong } from './hidden.ts';
import { rawContent } from './inbound.ts';
import { findIntake, type IntakeRow, listIntake, markDismissed, resetFailed } from './queries.ts';

type E = typeof channelsEndpoints;

export async function readIntakeList(ctx: Ctx, input: ParsedInputOf<E['intake']>): Promise<ReplyOf<E['intake']>> {
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor);
  const rows = await listIntake(ctx.db, { state: input.state, accountId: input.accountId, after, limit: input.limit + 1 });
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  const accounts = await accountsByIds(ctx.db, [...new Set(items.map((row) => row.account_id))]);
  const teams = new Map(accounts.map((account) => [account.id, account.team_id]));
  const hidden = await hiddenAmong(
    ctx.db,
    items.map((row) => row.id),
  );
  const present = (row: IntakeRow) => {
    const teamId = teams.get(row.account_id) ?? null;
    return presentIntake(row, {
      download: row.size > 0 && mayReadContent(ctx.actor, teamId) && !hidden.has(row.id),
      dismiss: mayDismiss(ctx.actor, teamId),
    });
  };
  return { items: items.map(present), nextCursor: rows.length > input.limit && last ? writeCursor(last.received_at, last.id) : null };
}

/** Reads again what could not be read: the same way as the first time, through the event. */
export async function retryIntake(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const row = await resetFailed(ctx.db, id);
  if (!row) throw (await findIntake(ctx.db, id)) ? fail('channels.not_failed') : core('core.not_found');
  ctx.emit('channels.raw_stored', { intakeId: id, accountId: row.account_id, channel: row.channel });
  return { done: true };
}

/** A person has dealt with it: it is kept, and is a problem no longer. */
export async function dismissIntake(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const row = await findIntake(ctx.db, id);
  if (!row) throw core('core.not_found');
  const [account] = await accountsByIds(ctx.db, [row.account_id]);
  if (!mayDismiss(ctx.actor, account?.team_id ?? null)) throw core('core.forbidden');
  if (!(await markDismissed(ctx.db, id))) throw fail('channels.not_failed');
  await audit(ctx, { action: 'channels.intake_dismissed', object: { kind: 'intake', id } });
  return { done: true };
}

/** What arrived, byte for byte; audited, because it was not read in its conversation. */
export async function downloadRaw(ctx: Ctx, { id }: { id: string }): Promise<Download> {
  const row = await findIntake(ctx.db, id);
  const [account] = row ? await accountsByIds(ctx.db, [row.account_id]) : [];
  if (!row || !account || !mayReadContent(ctx.actor, account.team_id)) throw core('core.not_found');
  if ((await hiddenAmong(ctx.db, [id])).has(id)) throw core('core.not_found');
  const raw = await rawContent(ctx, id);
  if (!raw) throw core('core.not_found');
  await audit(ctx, { action: 'channels.raw_read', object: { kind: 'intake', id } });
  return download(id, raw.mediaType, raw.content);
}

export const download = (name: string, mediaType: string, content: Uint8Array): Download => ({
  filename: `${name}${mediaType === 'message/rfc822' ? '.eml' : mediaType === 'application/json' ? '.json' : '.bin'}`,
  mediaType: mediaType === 'message/rfc822' ? mediaType : 'application/octet-stream',
  content,
  size: content.byteLength,
});
