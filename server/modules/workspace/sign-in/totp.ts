import { createHmac, randomBytes } from 'node:crypto';

/** RFC 6238 with what every authenticator app takes: SHA-1, thirty seconds, six digits. */
const stepSeconds = 30;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 bits, as RFC 4226 recommends, in base32. */
export const newTotpSecret = (): string => toBase32(randomBytes(20));

/** What the QR code carries; format of the Google Authenticator's key URI. */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = encodeURIComponent(`${issuer}:${account}`);
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=${stepSeconds}`;
}

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1_000 / stepSeconds);

/** The code of one time step. */
export function totpCode(key: Buffer, step: number, digits = 6, algorithm = 'sha1'): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac(algorithm, key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/**
 * The time step whose code this is, if it is later than `lastStep` (no code works twice) and at most one step off:
 * clocks differ and people type slowly.
 */
export function matchingStep(secret: string, code: string, now: Date, lastStep: number): number | undefined {
  const key = fromBase32(secret);
  const present = stepAt(now);
  // Every candidate is computed, so that the time tells nothing.
  const found = [present - 1, present, present + 1].filter((step) => totpCode(key, step) === code && step > lastStep);
  return found[0];
}

export function toBase32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

export function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
