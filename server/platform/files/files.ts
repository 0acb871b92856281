import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Ctx } from '../context.ts';
import { type Db, sql } from '../database/sql.ts';
import { newId } from '../ids.ts';

/** Files lie in the database, so one backup has everything and every process sees them; above this size they go in pieces. */
export const pieceSize = 1024 * 1024;

export interface StoredFile {
  id: string;
  size: number;
  mediaType: string;
  filename: string | null;
}

/** Stores bytes in the caller's transaction. */
export async function putFile(
  ctx: Ctx,
  content: Uint8Array,
  facts: { mediaType: string; filename?: string | null; id?: string },
): Promise<StoredFile> {
  const id = facts.id ?? newId(ctx.now.getTime());
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const inline = bytes.length <= pieceSize;
  const filename = facts.filename ?? null;
  await ctx.db.exec(sql`insert into files (id, sha256, size, media_type, filename, content, created_at)
    values (${id}, ${createHash('sha256').update(bytes).digest()}, ${bytes.length}, ${facts.mediaType}, ${filename}, ${inline ? bytes : null}, ${ctx.now})`);
  if (!inline) {
    for (let n = 0; n * pieceSize < bytes.length; n += 1) {
      await ctx.db.exec(
        sql`insert into file_pieces (file_id, n, content) values (${id}, ${n}, ${bytes.subarray(n * pieceSize, (n + 1) * pieceSize)})`,
      );
    }
  }
  return { id, size: bytes.length, mediaType: facts.mediaType, filename };
}

/** What is known of a file without reading it. */
export async function fileFacts(db: Db, id: string): Promise<StoredFile | undefined> {
  return db.maybe<StoredFile>(sql`select id, size::int as size, media_type as "mediaType", filename from files where id = ${id}`);
}

/** The whole content; only for what is known to be small enough to hold. */
export async function readFile(db: Db, id: string): Promise<Buffer | undefined> {
  const row = await db.maybe<{ content: Buffer | null }>(sql`select content from files where id = ${id}`);
  if (!row || row.content) return row?.content ?? undefined;
  const pieces = await db.query<{ content: Buffer }>(sql`select content from file_pieces where file_id = ${id} order by n`);
  return Buffer.concat(pieces.map((p) => p.content));
}

/** The content as a stream that holds one piece at a time. */
export function streamFile(db: Db, id: string): Readable {
  return Readable.from(piecesOf(db, id));
}

async function* piecesOf(db: Db, id: string): AsyncGenerator<Buffer> {
  const row = await db.maybe<{ content: Buffer | null }>(sql`select content from files where id = ${id}`);
  if (!row) return;
  if (row.content) {
    yield row.content;
    return;
  }
  for (let n = 0; ; n += 1) {
    const piece = await db.maybe<{ content: Buffer }>(sql`select content from file_pieces where file_id = ${id} and n = ${n}`);
    if (!piece) return;
    yield piece.content;
  }
}

export async function removeFiles(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.exec(sql`delete from files where id = any(${ids}::uuid[])`);
}
