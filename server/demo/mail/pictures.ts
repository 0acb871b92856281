import { crc32, deflateSync } from 'node:zlib';
import type { Chance } from '../random.ts';
import type { MailFile } from './plan.ts';

type Colour = readonly [number, number, number];

/** A small drawn "photo": ground, wall, a box with a dent or a crack. Enough to see that a picture is a picture. */
export function photo(filename: string, chance: Chance, kind: 'parcel' | 'crack' | 'device' | 'label'): MailFile {
  const [width, height] = [320, 240];
  const wall: Colour = [chance.whole(190, 230), chance.whole(190, 225), chance.whole(180, 215)];
  const box: Colour = kind === 'device' ? [225, 228, 232] : [chance.whole(160, 190), chance.whole(120, 145), chance.whole(80, 100)];
  const crack = crackLine(chance, width, height);
  const at = (x: number, y: number): Colour => {
    const grain = ((x * 7 + y * 13 + ((x * y) % 11)) % 9) - 4;
    const shade = (c: Colour, by: number): Colour => [c[0] + by + grain, c[1] + by + grain, c[2] + by + grain];
    const inBox = x > 70 && x < 250 && y > 60 && y < 200;
    if (kind === 'crack' && inBox && Math.abs(x - (crack[y] ?? 0)) < 2) return [40, 36, 34];
    if (kind === 'label' && x > 110 && x < 210 && y > 95 && y < 165) return (x * 3) % 7 < 3 && y > 140 ? [20, 20, 20] : [250, 250, 248];
    if (inBox && kind === 'parcel' && (x - 230) ** 2 + (y - 75) ** 2 < 900) return shade(box, -55);
    if (inBox && kind === 'device' && (x - 160) ** 2 + (y - 135) ** 2 < 2_600) return shade([150, 165, 180], Math.round((y - 135) / 4));
    if (inBox) return shade(box, Math.round((130 - y) / 6));
    return y > 190 ? shade([120, 104, 90], 0) : shade(wall, Math.round((120 - y) / 12));
  };
  return {
    filename,
    mediaType: 'image/png',
    /** Drawn when it is written: not every mail that is planned is. */
    get content() {
      return png(width, height, at);
    },
  };
}

function crackLine(chance: Chance, width: number, height: number): number[] {
  let x = width / 2;
  return Array.from({ length: height }, () => {
    x += chance.whole(-2, 2);
    return x;
  });
}

/** PNG, eight bits a colour, no alpha. */
export function png(width: number, height: number, at: (x: number, y: number) => Colour): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = at(x, y);
      const from = y * (1 + width * 3) + 1 + x * 3;
      for (const n of [0, 1, 2] as const) rows[from + n] = Math.max(0, Math.min(255, colour[n]));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
