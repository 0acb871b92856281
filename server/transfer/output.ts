import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';

/** A file of the export as it stands in the manifest. */
export interface Written {
  file: string;
  bytes: number;
  sha256: string;
  /** Lines of a JSON lines file. */
  records?: number;
}

export interface Lines {
  add(record: unknown): Promise<void>;
  end(): Promise<Written>;
}

/** Writes into one folder and remembers sums. Names use forward slashes. */
export interface Output {
  lines(file: string): Promise<Lines>;
  whole(file: string, content: Uint8Array): Promise<Written>;
}

const pieceBytes = 256 * 1024;

export function createOutput(folder: string): Output {
  const made = new Set<string>();
  const at = async (file: string): Promise<string> => {
    const name = path.join(folder, ...file.split('/'));
    const parent = path.dirname(name);
    if (!made.has(parent)) await mkdir(parent, { recursive: true });
    made.add(parent);
    return name;
  };
  return {
    async lines(file) {
      return linesInto(file, await open(await at(file), 'wx'));
    },
    async whole(file, content) {
      const handle = await open(await at(file), 'wx');
      try {
        await handle.writeFile(content);
      } finally {
        await handle.close();
      }
      return { file, bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
    },
  };
}

function linesInto(file: string, handle: FileHandle): Lines {
  const hash: Hash = createHash('sha256');
  let waiting: string[] = [];
  let size = 0;
  let bytes = 0;
  let records = 0;
  const flush = async () => {
    const piece = Buffer.from(waiting.join(''), 'utf8');
    waiting = [];
    size = 0;
    hash.update(piece);
    bytes += piece.length;
    await handle.writeFile(piece);
  };
  return {
    async add(record) {
      const line = `${JSON.stringify(record)}\n`;
      waiting.push(line);
      size += line.length;
      records += 1;
      if (size > pieceBytes) await flush();
    },
    async end() {
      await flush();
      await handle.close();
      return { file, bytes, sha256: hash.digest('hex'), records };
    },
  };
}

/** What an attachment was called, as a name that every file system takes and that leads nowhere else. */
export function safeName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[\p{Cc}<>:"/\\|?*]/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(-120);
  return clean === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `file_${clean}` : clean;
}
