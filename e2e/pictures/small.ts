import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** The same picture with 256 colours, a third of the size: what a screen of text has beside its few colours are the steps at the edges of letters. */
export function small(png: Buffer): Buffer {
  const { width, height, pixels } = read(png);
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = chosen([...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour));
  const placeOf = new Map(palette.map((colour, at) => [colour, at]));
  for (const colour of counts.keys()) if (!placeOf.has(colour)) placeOf.set(colour, nearest(palette, colour));
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < pixels.length; at++) lines[at + Math.floor(at / width) + 1] = placeOf.get(pixels[at] ?? 0) ?? 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent ones, and of the rest none that is near one of these: a word in a rare colour keeps it. */
function chosen(byCount: readonly number[]): number[] {
  const palette: number[] = [];
  const near = new Set<number>();
  for (const [rank, colour] of byCount.entries()) {
    const cell = colour & 0xf8f8f8;
    if (palette.length < 256 && (rank < 64 || !near.has(cell))) palette.push(colour);
    near.add(cell);
  }
  return palette;
}

function nearest(palette: readonly number[], colour: number): number {
  const away = (other: number): number =>
    ((other >> 16) - (colour >> 16)) ** 2 + (((other >> 8) & 255) - ((colour >> 8) & 255)) ** 2 + ((other & 255) - (colour & 255)) ** 2;
  let best = 0;
  for (let at = 1; at < palette.length; at++) if (away(palette[at] ?? 0) < away(palette[best] ?? 0)) best = at;
  return best;
}

/** The browser writes 8 bits a colour, without interlacing. */
function read(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const size = png[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(parts));
  const line = width * size;
  const bytes = Buffer.alloc(line * height);
  for (let at = 0; at < bytes.length; at++) {
    const y = Math.floor(at / line);
    const x = at - y * line;
    const left = x < size ? 0 : (bytes[at - size] ?? 0);
    const above = bytes[at - line] ?? 0;
    const corner = x < size ? 0 : (bytes[at - line - size] ?? 0);
    bytes[at] = (raw[y * (line + 1) + 1 + x] ?? 0) + predicted(raw[y * (line + 1)] ?? 0, left, above, corner);
  }
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = ((bytes[at * size] ?? 0) << 16) | ((bytes[at * size + 1] ?? 0) << 8) | (bytes[at * size + 2] ?? 0);
  return { width, height, pixels };
}

/** What a line's filter adds, as the format numbers them. */
function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}
