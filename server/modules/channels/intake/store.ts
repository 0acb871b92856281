import { createHash } from 'node:crypto';
import type { NewRaw, StoredRaw } from '../../../../contract/channel.ts';
import type { Ctx } from '../../../platform/context.ts';
import { putFile } from '../../../platform/files/files.ts';
import { newId } from '../../../platform/ids.ts';
import { putState } from '../accounts/queries.ts';
import { insertIntake, type NewIntake, sameIntake } from './queries.ts';
import { cleanText } from './storable.ts';

/** Larger ones go to the files piece by piece instead of travelling within the statement. */
const inlineBytes = 256 * 1024;

/**
 * Stores what arrived, and the account's cursor, in the caller's transaction: one statement for any number of items of usual size. The same item
 * again (platform id and bytes) gives the first one's id. Throws when an account does not exist: then nothing may be acknowledged.
 */
export async function storeRaw(ctx: Ctx, items: readonly NewRaw[], cursor?: { accountId: string; state: unknown }): Promise<StoredRaw[]> {
  const rows = items.map((item) => intakeRow(ctx, item));
  const known = new Map<string, string>();
  // Two of one call may be the same; only the first is sent to the database.
  const different = rows.filter((row) => !known.has(sameness(row)) && known.set(sameness(row), row.id));
  const fresh = new Map<string, string>();
  for (const { id, channel } of await insertIntake(ctx.db, different)) fresh.set(id, channel);

  const ids = new Map(different.map((row) => [sameness(row), row.id]));
  const repeated = different.filter((row) => !fresh.has(row.id));
  if (repeated.length > 0) {
    // A statement of its own sees what another transaction committed while ours waited for it.
    for (const row of repeated) ids.delete(sameness(row));
    for (const { key, id } of await sameIntake(ctx.db, repeated)) ids.set(sameness(repeated[key] as NewIntake), id);
  }
  for (const row of different) {
    const channel = fresh.get(row.id);
    if (channel === undefined) continue;
    if (row.content === null) await putFile(ctx, row.large, { id: row.id, mediaType: row.media_type });
    ctx.emit('channels.raw_stored', { intakeId: row.id, accountId: row.account_id, channel });
  }
  if (cursor) await putState(ctx.db, cursor.accountId, cursor.state, ctx.now);

  return rows.map((row) => {
    const id = ids.get(sameness(row));
    if (id === undefined) throw new Error(`No channel account ${row.account_id}`);
    return { id, duplicate: !(fresh.has(id) && id === row.id) };
  });
}

function intakeRow(ctx: Ctx, item: NewRaw): NewIntake {
  const content = Buffer.from(item.content.buffer, item.content.byteOffset, item.content.byteLength);
  const isLarge = content.length > inlineBytes;
  const sha256 = createHash('sha256').update(content).digest();
  return {
    id: newId(ctx.now.getTime()),
    account_id: item.accountId,
    platform_id: item.platformId === null ? null : cleanText(item.platformId).slice(0, 1_000),
    hash: item.sameness ? createHash('sha256').update(item.sameness).digest() : sha256,
    sha256,
    size: content.length,
    media_type: item.mediaType,
    envelope: JSON.stringify(item.envelope ?? {}, (_key, value: unknown) => (typeof value === 'string' ? cleanText(value) : value)),
    received_at: item.receivedAt,
    content: isLarge ? null : content,
    large: content,
  };
}

const sameness = (row: NewIntake): string => `${row.account_id} ${row.hash.toString('latin1')} ${row.platform_id ?? ''}`;
