import type { InboundItem, InboundMessage, RawIntake } from '../../../../contract/channel.ts';
import type { Platform } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { readFile } from '../../../platform/files/files.ts';
import { bookOf } from '../accounts/book.ts';
import { channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';
import { type IntakeRow, intakeWithBytes } from './queries.ts';
import { storable } from './storable.ts';

/** One parsed message with where it came from. */
export interface Inbound {
  intakeId: string;
  index: number;
  accountId: string;
  channel: string;
  message: InboundMessage;
  /** Taken over from an archive: it is nobody's work any more. */
  isHistory: boolean;
}

export interface Read {
  row: IntakeRow;
  /** In the order of the raw delivery; absent when it cannot be read. */
  items?: InboundItem[];
  /** Why not: kind and place of the error. */
  problem?: string;
}

type At = { db: Db; platform: Platform };

/** Bytes of raw deliveries whose parsed form is kept: some thousand usual mails, so that the rooms above need not parse again within the next second. */
const keptBytes = 8 * 1024 * 1024;

interface Kept {
  bytes: number;
  reads: Map<string, Read>;
}
const kept = new WeakMap<Platform, Kept>();

/** Reads deliveries, from memory or by parsing them again; what does not exist is left out. */
export async function readIntake(at: At, ids: readonly string[], fresh = false): Promise<Map<string, Read>> {
  const memory = kept.get(at.platform) ?? { bytes: 0, reads: new Map<string, Read>() };
  kept.set(at.platform, memory);
  const found = new Map<string, Read>();
  for (const id of ids) {
    // Read anew although remembered: the memory must not count it twice.
    if (fresh) forgetIntake(at.platform, [id]);
    const known = memory.reads.get(id);
    if (known) found.set(id, known);
  }
  const missing = [...new Set(ids)].filter((id) => !found.has(id));
  for await (const raw of rawOf(at, missing)) {
    const read = raw.isLarge ? await unhurried(at.db, () => parseOne(at, raw.row, raw.content)) : await parseOne(at, raw.row, raw.content);
    found.set(raw.row.id, read);
    if (read.items) keep(memory, read);
  }
  return found;
}

/** One message; undefined when there is none at that place. */
export async function readInbound(at: At, where: { intakeId: string; index: number }): Promise<Inbound | undefined> {
  return (await readInboundMany(at, [where]))[0];
}

/** Messages in the order asked for; those that cannot be found or read are left out. */
export async function readInboundMany(at: At, where: readonly { intakeId: string; index: number }[]): Promise<Inbound[]> {
  if (where.length === 0) return [];
  const reads = await readIntake(
    at,
    where.map((one) => one.intakeId),
  );
  return where.flatMap(({ intakeId, index }) => {
    const read = reads.get(intakeId);
    const message = read?.items?.[index];
    if (!read || message?.kind !== 'message') return [];
    return [
      {
        intakeId,
        index,
        accountId: read.row.account_id,
        channel: read.row.channel,
        message,
        isHistory: read.row.envelope['isHistory'] === true,
      },
    ];
  });
}

/** Drops what is remembered of deliveries that were erased. */
export function forgetIntake(platform: Platform, ids: readonly string[]): void {
  const memory = kept.get(platform);
  for (const id of ids) {
    const read = memory?.reads.get(id);
    if (!memory || !read) continue;
    memory.reads.delete(id);
    memory.bytes -= read.row.size;
  }
}

/** What arrived, byte for byte. The caller has checked that the actor may read it. */
export async function rawContent(at: Pick<At, 'db'>, intakeId: string): Promise<{ mediaType: string; content: Uint8Array } | undefined> {
  const [row] = await intakeWithBytes(at.db, [intakeId]);
  const content = row && (row.content ?? (await readFile(at.db, intakeId)));
  return row && content && { mediaType: row.media_type, content };
}

/**
 * A delivery of many megabytes is read for a second, on a busy machine for many, in which its transaction says nothing: that is not yet a process that
 * stands still. Outside of a transaction this changes nothing.
 */
async function unhurried<T>(db: Db, read: () => Promise<T>): Promise<T> {
  await db.exec(sql`set local idle_in_transaction_session_timeout = '60s'`);
  const done = await read();
  await db.exec(sql`set local idle_in_transaction_session_timeout to default`);
  return done;
}

async function* rawOf(at: At, ids: readonly string[]): AsyncGenerator<{ row: IntakeRow; content: Buffer; isLarge: boolean }> {
  for (let from = 0; from < ids.length; from += 100) {
    for (const { content, ...row } of await intakeWithBytes(at.db, ids.slice(from, from + 100))) {
      // Large ones lie in pieces and are read one at a time, so that a batch of forty-megabyte mails does not fill the memory.
      const bytes = content ?? (await readFile(at.db, row.id));
      if (bytes) yield { row, content: bytes, isLarge: content === null };
    }
  }
}

async function parseOne(at: At, row: IntakeRow, content: Buffer): Promise<Read> {
  const channel = channelOf(row.channel);
  const known = await bookOf(at.platform).byId(row.account_id, at.db);
  if (!channel) return { row, problem: 'channel_missing' };
  if (!known?.account) return { row, problem: 'account_unusable' };
  const raw: RawIntake = {
    id: row.id,
    platformId: row.platform_id,
    content,
    mediaType: row.media_type,
    envelope: row.envelope,
    receivedAt: row.received_at,
  };
  try {
    const items = storable(await channel.parse(raw, { ...known.account, state: null }, toolsFor(at.platform, row.channel)));
    for (const item of items) if (item.kind === 'message') item.facts.push(...row.defects.filter((defect) => !item.facts.includes(defect)));
    return { row, items };
  } catch (error) {
    const problem = faultOf(error);
    at.platform.log.warn({ intakeId: row.id, problem }, 'a delivery could not be read');
    return { row, problem };
  }
}

/** Messages of parsers quote what they choke on, which is a customer's; the kind of error and the place in our code are not. */
function faultOf(error: unknown): string {
  const { code, name, stack } = error as { code?: unknown; name?: unknown; stack?: unknown };
  const place = typeof stack === 'string' ? /\/(channels\/[\w./-]+:\d+)/.exec(stack)?.[1] : undefined;
  return [typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : typeof name === 'string' ? name : 'unknown', place]
    .filter(Boolean)
    .join(' at ');
}

/** Oldest out first; a delivery larger than a quarter of the room is parsed again when it is needed. */
function keep(memory: Kept, read: Read): void {
  if (read.row.size > keptBytes / 4) return;
  memory.reads.set(read.row.id, read);
  memory.bytes += read.row.size;
  for (const [id, old] of memory.reads) {
    if (memory.bytes <= keptBytes) return;
    memory.reads.delete(id);
    memory.bytes -= old.row.size;
  }
}
