import { randomFillSync, randomInt } from 'node:crypto';

/** The millisecond of the last id, and the counter within it. */
let last = -1;
let counter = 0;
/** Chance for the next 256 ids: asking the system for it costs as much for one as for all. */
const chances = Buffer.alloc(16 * 256);
let used = 0;

/**
 * A UUID version 7 (RFC 9562, method 1): 48 bits of milliseconds, a counter of 26 bits that begins somewhere low by chance, 48 bits of chance.
 * Ids of one process made for the same millisecond therefore sort in the order of their making: two mails of one batch keep their order.
 */
export function newId(at: number = Date.now()): string {
  counter = at === last ? (counter + 1) & 0x3ffffff : randomInt(0x1000000);
  last = at;
  if (used === chances.length) used = 0;
  if (used === 0) randomFillSync(chances);
  const bytes = chances.subarray(used, (used += 16));
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = 0x70 | (counter >>> 22);
  bytes[7] = (counter >>> 14) & 0xff;
  bytes[8] = 0x80 | ((counter >>> 8) & 0x3f);
  bytes[9] = counter & 0xff;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
