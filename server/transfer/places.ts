import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { arrivedAt } from './header.ts';
import { type Place, scanMbox } from './mbox.ts';

export type Format = 'mbox' | 'eml';

export interface Found {
  /** In the order in which the mails arrived, so that answers find what they answer. */
  places: Place[];
  /** Of all files. */
  bytes: number;
  /** Files in which there is none. */
  without: string[];
}

/** Looks where the mails lie, in files and folders. Reads everything once and keeps forty bytes a mail. */
export async function findMails(format: Format, names: readonly string[], onRead: (bytes: number, of: number) => void): Promise<Found> {
  const files: { file: string; size: number; modified: number }[] = [];
  for (const name of names) await collect(format, path.resolve(name), files, true);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const places: Place[] = [];
  const without: string[] = [];
  let before = 0;
  for (const { file, size, modified } of files) {
    const known = places.length;
    if (format === 'eml') places.push({ file, start: 0, end: size, isQuoted: false, at: arrivedAt(await firstBytes(file)) });
    else
      for await (const { place, read } of scanMbox(file, arrivedAt)) {
        if (place) places.push(place);
        else onRead(before + read, bytes);
      }
    for (const place of places.slice(places.length - 1)) if (Number.isNaN(place.at) && format === 'eml') place.at = modified;
    if (places.length === known) without.push(file);
    before += size;
    onRead(before, bytes);
  }
  let latest = 0;
  for (const place of places) {
    // A mail without any date came after the one before it in the file.
    if (Number.isNaN(place.at)) place.at = latest;
    latest = place.at;
  }
  const order = new Map(places.map((place, n) => [place, n]));
  places.sort((a, b) => a.at - b.at || (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return { places, bytes, without };
}

async function collect(
  format: Format,
  name: string,
  files: { file: string; size: number; modified: number }[],
  isNamed: boolean,
): Promise<void> {
  const facts = await stat(name);
  if (facts.isDirectory()) {
    for (const entry of (await readdir(name)).toSorted()) await collect(format, path.join(name, entry), files, false);
    return;
  }
  // Maildir keeps its mails without an ending in `cur` and `new`.
  const fits = format === 'eml' ? /\.eml$/i.test(name) || /[/\\](cur|new)$/.test(path.dirname(name)) : /\.mbox$|[/\\]mbox$/i.test(name);
  // Empty ones too: whoever counts the files must find each again in what is said at the end.
  if (facts.isFile() && (isNamed || fits)) files.push({ file: name, size: facts.size, modified: facts.mtimeMs });
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(64 * 1024);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Reads mails by their places; keeps the last file open. */
export function createReader(): { read(place: Place): Promise<Buffer>; close(): Promise<void> } {
  let current: { file: string; handle: Awaited<ReturnType<typeof open>> } | undefined;
  return {
    async read({ file, start, end }) {
      if (start === 0 && current?.file !== file) return readFile(file).then((bytes) => bytes.subarray(0, end));
      if (current?.file !== file) {
        await current?.handle.close();
        current = { file, handle: await open(file) };
      }
      const buffer = Buffer.alloc(end - start);
      await current.handle.read(buffer, 0, buffer.length, start);
      return buffer;
    },
    async close() {
      await current?.handle.close();
    },
  };
}
