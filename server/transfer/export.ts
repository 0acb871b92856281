import { hiddenAmong, rawOf } from '../modules/channels/index.ts';
import { companySettings } from '../modules/workspace/index.ts';
import { type Db, dbOf, sql } from '../platform/database/sql.ts';
import type { House } from '../platform/house/house.ts';
import type { Module, RecordKind } from '../platform/module.ts';
import { createOutput, type Lines, type Output, safeName, type Written } from './output.ts';

/** Which kinds of records there are, where their ids lie, and the file they go to. What the rooms show of them, the rooms' own loaders say. */
const kinds = [
  { kind: 'person', table: 'people' },
  { kind: 'team', table: 'teams' },
  { kind: 'site', table: 'sites' },
  { kind: 'skill', table: 'skills' },
  { kind: 'customer', table: 'customers' },
  { kind: 'customer_note', table: 'customer_notes' },
  { kind: 'order', table: 'orders' },
  { kind: 'channel_account', table: 'channel_accounts' },
  { kind: 'conversation', table: 'conversations' },
  { kind: 'message', table: 'messages' },
  { kind: 'topic', table: 'topics' },
  { kind: 'case', table: 'cases' },
  { kind: 'statement', table: 'statements' },
  { kind: 'handover', table: 'handovers' },
] as const;

export interface Manifest {
  format: 'nahbar-export';
  formatVersion: 1;
  company: string;
  /** Everything is as it was at this instant. */
  at: string;
  files: Written[];
  rawMails: number;
  attachments: number;
  /** Attachments that could not be read, with the reason. */
  missing: { attachmentId: string; reason: string }[];
}

export interface ExportOptions {
  house: House;
  modules: readonly Module[];
  folder: string;
  onProgress: (what: string, count: number) => void;
}

const page = 500;

/** Writes everything people can see into a folder: one JSON lines file a kind, raw mails and attachments as files, sums of all. One snapshot, streaming. */
export async function exportAll({ house, modules, folder, onProgress }: ExportOptions): Promise<Manifest> {
  const output = createOutput(folder);
  const client = await house.platform.database.pool.connect();
  const db = dbOf(client);
  const sums: Written[] = [];
  const files: Written[] = [];
  const missing: Manifest['missing'] = [];
  const loaders = new Map(modules.flatMap((module) => Object.entries(module.records ?? {})));
  try {
    await client.query('begin isolation level repeatable read read only');
    // It holds nothing that others wait for, and a slow disk may take its time.
    await client.query('set local idle_in_transaction_session_timeout = 0');
    const { at } = await db.one<{ at: Date }>(sql`select now() as at`);
    const identities = await output.lines('identities.jsonl');
    const attachments = { count: 0 };
    for (const { kind, table } of kinds) {
      const loader = loaders.get(kind);
      if (!loader) continue;
      const lines = await output.lines(`${table}.jsonl`);
      await writeKind(db, table, loader, lines, async (record, count) => {
        if (kind === 'customer') for (const one of (record['identities'] ?? []) as unknown[]) await identities.add(one);
        if (kind === 'message') attachments.count += await writeAttachments(house, output, record, sums, missing);
        if (count % page === 0) onProgress(table, count);
      });
      const written = await lines.end();
      files.push(written);
      onProgress(table, written.records ?? 0);
    }
    files.push(await identities.end());
    const rawLines = await output.lines('raw_mails.jsonl');
    const rawMails = await writeRaw(db, output, rawLines, sums, onProgress);
    files.push(await rawLines.end());
    const { name } = await companySettings(db);
    const manifest: Manifest = {
      format: 'nahbar-export',
      formatVersion: 1,
      company: name,
      at: at.toISOString(),
      files,
      rawMails,
      attachments: attachments.count,
      missing,
    };
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    const all = [...files, ...sums, await output.whole('manifest.json', text)];
    await output.whole('SHA256SUMS', Buffer.from(all.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join('')));
    return manifest;
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

async function writeKind(
  db: Db,
  table: string,
  loader: RecordKind,
  lines: Lines,
  seen: (record: Record<string, unknown>, count: number) => Promise<void>,
): Promise<void> {
  let count = 0;
  for await (const ids of idsOf(db, table)) {
    const found = await loader.load(db, ids, new Date());
    for (const id of ids) {
      // Erased, or hidden from everybody: then from the export too.
      const record = found.get(id)?.data;
      if (!record) continue;
      await lines.add(record);
      count += 1;
      await seen(record, count);
    }
  }
}

async function* idsOf(db: Db, table: string): AsyncGenerator<string[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await db.query<{ id: string }>(sql`select id from ${sql.raw(table)} where id > ${after}::uuid order by id limit ${page}`);
    if (rows.length === 0) return;
    after = rows.at(-1)?.id ?? after;
    yield rows.map((row) => row.id);
  }
}

/** Files of a message, as `attachments/<id>/<name>`; the id is in the message's record. */
async function writeAttachments(
  house: House,
  output: Output,
  record: Record<string, unknown>,
  sums: Written[],
  missing: Manifest['missing'],
): Promise<number> {
  let count = 0;
  for (const { id, filename } of (record['attachments'] ?? []) as { id: string; filename: string }[]) {
    const response = await house.http.inject({ method: 'GET', url: `/api/v1/attachments/${id}` });
    if (response.statusCode === 200) {
      sums.push(await output.whole(`attachments/${id}/${safeName(filename)}`, response.rawPayload));
      count += 1;
    } else missing.push({ attachmentId: id, reason: response.json<{ code?: string }>().code ?? String(response.statusCode) });
  }
  return count;
}

async function writeRaw(db: Db, output: Output, lines: Lines, sums: Written[], onProgress: ExportOptions['onProgress']): Promise<number> {
  let count = 0;
  for await (const ids of idsOf(db, 'intake')) {
    const messages = await db.query<{ id: string; intake: string }>(
      sql`select id, intake_id as intake from messages where intake_id = any(${ids}::uuid[]) order by intake_index`,
    );
    const restricted = await hiddenAmong(db, ids);
    for (const intakeId of ids) {
      if (restricted.has(intakeId)) continue;
      const raw = await rawOf({ db }, intakeId);
      if (!raw) continue;
      const written = await output.whole(
        `raw/${intakeId.slice(0, 8)}/${intakeId}${raw.mediaType === 'message/rfc822' ? '.eml' : '.bin'}`,
        raw.content,
      );
      sums.push(written);
      await lines.add({
        id: intakeId,
        mediaType: raw.mediaType,
        file: written.file,
        sha256: written.sha256,
        messageIds: messages.filter((one) => one.intake === intakeId).map((one) => one.id),
      });
      count += 1;
    }
    onProgress('raw_mails', count);
  }
  return count;
}
