import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Pool } from 'pg';
import { z } from 'zod';
import { dbOf, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { newId } from '../ids.ts';
import type { Module } from '../module.ts';
import { forgetWhoAnew } from './forget-who.ts';
import { monthsBefore, mostMonths, type OldEvent, oldEvents, removeEvents } from './pruning.ts';

/** An archive that can't be read back; the message is for the person who wants to. */
export class ArchiveBroken extends Error {
  override name = 'ArchiveBroken';
}

export interface Archived {
  files: { name: string; events: number }[];
  /** Files whose time was over. */
  removed: string[];
}

/** What is held in memory at once, when it is written and when it is read back: some eighty megabytes. */
const eventsAtOnce = 200_000;

/**
 * Takes events older than `before` out of the table into files of JSON lines, one a month in which concerns had their last event, and removes the files that may not be kept any
 * longer. A file is on the disk, whole and with its checksum beside it, before anything leaves the table: ended in between, the same events are in two files, which
 * does no harm. What no file may hold any more stays in the table until its time is over there, too.
 */
export async function archiveEvents(
  pool: Pool,
  modules: readonly Module[],
  { folder, before, now }: { folder: string; before: Date; now: Date },
): Promise<Archived> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const removed = removeOverdue(folder, now);
  const files: Archived['files'] = [];
  for (;;) {
    const byMonth = await collected(pool, modules, { before, now });
    if (byMonth.size === 0) return { files, removed };
    for (const [month, events] of byMonth) files.push({ name: writeFile(folder, month, events), events: events.length });
    syncFolder(folder);
    for (const events of chunks([...byMonth.values()].flat())) await inTransaction(pool, (db) => removeEvents(db, events));
  }
}

async function collected(
  pool: Pool,
  modules: readonly Module[],
  { before, now }: { before: Date; now: Date },
): Promise<Map<string, OldEvent[]>> {
  const byMonth = new Map<string, OldEvent[]>();
  let count = 0;
  for await (const batch of oldEvents(dbOf(pool), modules, before)) {
    for (const [month, events] of byLastMonth(batch)) {
      if (isOverdue(month, now)) continue;
      byMonth.set(month, [...(byMonth.get(month) ?? []), ...events]);
      count += events.length;
    }
    if (count >= eventsAtOnce) break;
  }
  return byMonth;
}

/** By the month in which their concern had its last event, all of which are in the batch; in their order. */
function byLastMonth(batch: readonly OldEvent[]): Map<string, OldEvent[]> {
  const concernOf = ({ id, correlationId }: OldEvent): string => correlationId ?? id;
  const last = new Map<string, number>();
  for (const event of batch) last.set(concernOf(event), Math.max(event.at.getTime(), last.get(concernOf(event)) ?? 0));
  return Map.groupBy(batch, (event) => new Date(last.get(concernOf(event)) ?? 0).toISOString().slice(0, 7));
}

function writeFile(folder: string, month: string, events: readonly OldEvent[]): string {
  const name = `events-${month}-${newId()}.jsonl.gz`;
  const content = gzipSync(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const unfinished = path.join(folder, `${name}.unfinished`);
  try {
    fs.writeFileSync(unfinished, content, { mode: 0o600, flush: true });
    fs.writeFileSync(path.join(folder, `${name}.sha256`), `${checksum(content)}  ${name}\n`, { mode: 0o600, flush: true });
    fs.renameSync(unfinished, path.join(folder, name));
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
  return name;
}

const checksum = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Names are on the disk only when their folder is. */
function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}

const chunks = <T>(all: readonly T[], size = 5_000): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

/** Whether anything whose last event was in this month may be kept no longer: as in the table, so in the archive. */
const isOverdue = (month: string, now: Date): boolean => new Date(`${month}-01T00:00:00Z`) < monthsBefore(now, mostMonths);

const monthOf = (name: string): string | undefined => /^events-(\d{4}-\d{2})-.*\.jsonl\.gz$/.exec(name)?.[1];

function removeOverdue(folder: string, now: Date): string[] {
  const overdue = fs.readdirSync(folder).filter((name) => {
    const month = monthOf(name);
    return month !== undefined && isOverdue(month, now);
  });
  for (const name of overdue) for (const file of [name, `${name}.sha256`]) fs.rmSync(path.join(folder, file), { force: true });
  return overdue;
}

const archived = z.object({
  seq: z.string(),
  id: z.uuid(),
  type: z.string(),
  at: z.iso.datetime(),
  actorKind: z.string(),
  actorId: z.uuid().nullable(),
  causationId: z.string().nullable(),
  correlationId: z.uuid().nullable(),
  data: z.unknown(),
}) satisfies z.ZodType<Omit<OldEvent, 'xid' | 'at'> & { at: string }>;

/**
 * Puts the events of a file back into the table, those that are not there, all or none. They get places below all others: no subscriber and no browser hears
 * them again. Returns how many came back.
 */
export async function restoreEvents(pool: Pool, file: string, now: Date): Promise<number> {
  const name = path.basename(file);
  const month = monthOf(name);
  if (month === undefined) throw new ArchiveBroken(`${name} is no file of the archive; those are called events-YEAR-MONTH-….jsonl.gz.`);
  if (isOverdue(month, now))
    throw new ArchiveBroken(`${name} holds what may not be kept any longer than ${mostMonths} months. Remove the file.`);
  const content = fs.readFileSync(file);
  const expected = fs.existsSync(`${file}.sha256`) ? fs.readFileSync(`${file}.sha256`, 'utf8').slice(0, 64) : undefined;
  if (expected === undefined) throw new ArchiveBroken(`${name}.sha256 is missing, so nobody can tell whether ${name} is whole.`);
  if (checksum(content) !== expected)
    throw new ArchiveBroken(`${name} is not the file that was written: its checksum differs from ${name}.sha256.`);
  const events = gunzipSync(content)
    .toString()
    .split('\n')
    .flatMap((line) => (line === '' ? [] : archived.parse(JSON.parse(line))));
  return inTransaction(pool, async (db) => {
    // Nobody takes a number meanwhile; inserts go on.
    await db.exec(sql`lock table events in share update exclusive mode`);
    const present = await db.query<{ id: string }>(sql`select id from events where id = any(${events.map(({ id }) => id)}::uuid[])`);
    const there = new Set(present.map(({ id }) => id));
    const missing = events.filter(({ id }) => !there.has(id));
    const { least } = await db.one<{ least: string }>(sql`select least(min(seq), 1)::text as least from events`);
    const begin = BigInt(least) - BigInt(missing.length);
    const rows = missing.map((event, n) => ({ ...event, seq: String(begin + BigInt(n)) }));
    for (const some of chunks(rows)) {
      await db.exec(sql`insert into events (seq, xid, id, type, at, actor_kind, actor_id, causation_id, correlation_id, data) overriding system value
        select seq, '0'::xid8, id, type, at, "actorKind", "actorId", "causationId", "correlationId", data
        from jsonb_to_recordset(${sql.json(some)}) as r(seq bigint, id uuid, type text, at timestamptz, "actorKind" text, "actorId" uuid,
          "causationId" text, "correlationId" uuid, data jsonb)`);
    }
    // They may name people still: the file may have been written before events forgot who it was.
    await forgetWhoAnew(db);
    return missing.length;
  });
}
