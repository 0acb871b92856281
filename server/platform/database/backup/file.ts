import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';

/**
 * A backup is one gzip file of frames: a kind (1 byte), a length (4 bytes, big-endian), the content.
 *   h  JSON: form, moment, migrations of the database            (first)
 *   t  JSON: name and columns of a table                         (then its rows)
 *   d  rows of this table in the text form of PostgreSQL's COPY
 *   e  JSON: number of rows and SHA-256 of this table's d frames (closes it)
 *   s  JSON: the sequences                                       (after all tables)
 *   z  JSON: number of tables                                    (last; without it the file is a torso)
 */
export type Frame = { kind: 'h' | 't' | 'd' | 'e' | 's' | 'z'; content: Buffer };

export const header = z.object({
  form: z.literal('nahbar-backup/1', 'the form is unknown to this version; restore it with the Nahbar that wrote it'),
  at: z.iso.datetime(),
  postgres: z.string(),
  migrations: z.array(z.object({ number: z.int(), name: z.string(), checksum: z.string() })),
});
export const tableStart = z.object({ name: z.string(), columns: z.array(z.string()) });
export const tableEnd = z.object({ rows: z.int(), sha256: z.string() });
export const sequences = z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() }));
export const fileEnd = z.object({ tables: z.int() });

export type Header = z.infer<typeof header>;
export type TableStart = z.infer<typeof tableStart>;
export type TableEnd = z.infer<typeof tableEnd>;
export type SequenceState = z.infer<typeof sequences>[number];

/** A file that is no backup, is torn or was altered. */
export class BackupBroken extends Error {
  override name = 'BackupBroken';
}

/** Opens a new backup; `finish` makes it appear under its name, complete and on the disk, `abandon` leaves nothing. */
export function writeBackupFile(file: string) {
  const unfinished = `${file}.unfinished`;
  const gzip = createGzip({ level: 5 });
  const target = fs.createWriteStream(unfinished, { mode: 0o600, flush: true });
  gzip.pipe(target);
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  for (const stream of [gzip, target]) stream.on('error', broken.reject);
  const write = async (kind: Frame['kind'], content: Buffer): Promise<void> => {
    const head = Buffer.alloc(5);
    head.write(kind, 0, 'latin1');
    head.writeUInt32BE(content.length, 1);
    gzip.write(head);
    if (!gzip.write(content)) await Promise.race([once(gzip, 'drain'), broken.promise]);
  };
  return {
    json: (kind: Frame['kind'], content: unknown) => write(kind, Buffer.from(JSON.stringify(content))),
    data: (content: Buffer) => write('d', content),
    async finish(): Promise<void> {
      gzip.end();
      await Promise.race([finished(target), broken.promise]);
      fs.renameSync(unfinished, file);
    },
    async abandon(): Promise<void> {
      gzip.destroy();
      target.destroy();
      // It may be opened only now, and would be there again.
      await finished(target).catch(() => {});
      fs.rmSync(unfinished, { force: true });
    },
  };
}

/** The frames of a backup, one after the other. Throws BackupBroken where the file ends early or is something else. */
export async function* readBackupFile(file: string): AsyncGenerator<Frame, void> {
  const source = fs.createReadStream(file).pipe(createGunzip());
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      while (rest.length - at >= 5 && rest.length - at - 5 >= rest.readUInt32BE(at + 1)) {
        const end = at + 5 + rest.readUInt32BE(at + 1);
        yield { kind: rest.toString('latin1', at, at + 1) as Frame['kind'], content: rest.subarray(at + 5, end) };
        at = end;
      }
      rest = rest.subarray(at);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'Z_BUF_ERROR') throw new BackupBroken(`${file} ends in the middle: the backup was interrupted or the copy is incomplete.`);
    if (code.startsWith('Z_')) throw new BackupBroken(`${file} is no backup of Nahbar, or it is damaged (${code}).`);
    throw error;
  } finally {
    source.destroy();
  }
}

/** The content of a JSON frame of this kind. Throws BackupBroken when another one came or it is not as it should be. */
export function parseFrame<S extends z.ZodType>(frame: Frame | undefined, kind: Frame['kind'], schema: S): z.output<S> {
  if (frame?.kind !== kind) throw new BackupBroken(`The backup is damaged: "${kind}" was expected and "${frame?.kind ?? 'end'}" found.`);
  const result = schema.safeParse(JSON.parse(frame.content.toString()));
  if (!result.success) throw new BackupBroken(`The backup can't be read: ${result.error.issues[0]?.message}.`);
  return result.data;
}

export function newDigest(): Hash {
  return createHash('sha256');
}
