import { describe, expect, it } from 'vitest';
import { fromBase32, matchingStep, newTotpSecret, stepAt, toBase32, totpCode, totpUri } from './totp.ts';

// RFC 6238, appendix B (with the keys of the errata: 20, 32 and 64 bytes).
const digits = '1234567890'.repeat(7);
const vectors: [number, string, string, string][] = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
];

describe('codes of an authenticator app', () => {
  it.each(vectors)('at %i seconds are those of the RFC', (seconds, sha1, sha256, sha512) => {
    const step = Math.floor(seconds / 30);
    expect(totpCode(Buffer.from(digits.slice(0, 20)), step, 8, 'sha1')).toBe(sha1);
    expect(totpCode(Buffer.from(digits.slice(0, 32)), step, 8, 'sha256')).toBe(sha256);
    expect(totpCode(Buffer.from(digits.slice(0, 64)), step, 8, 'sha512')).toBe(sha512);
  });

  it('fit one step early and late, and not two', () => {
    const secret = newTotpSecret();
    const now = new Date('2026-11-23T09:00:00Z');
    const code = (offset: number) => totpCode(fromBase32(secret), stepAt(now) + offset);
    expect([-2, -1, 0, 1, 2].map((offset) => matchingStep(secret, code(offset), now, 0) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('fit once', () => {
    const secret = newTotpSecret();
    const now = new Date('2026-11-23T09:00:00Z');
    const code = totpCode(fromBase32(secret), stepAt(now));
    expect(matchingStep(secret, code, now, stepAt(now))).toBeUndefined();
  });
});

it('base32 is that of RFC 4648', () => {
  for (const [plain, coded] of [
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const) {
    expect(toBase32(Buffer.from(plain))).toBe(coded);
    expect(fromBase32(coded).toString()).toBe(plain);
  }
});

it('the QR code names company and account', () => {
  expect(totpUri('ABC', 'kim@haus.example', 'Nahbar Haus & Co')).toBe(
    'otpauth://totp/Nahbar%20Haus%20%26%20Co%3Akim%40haus.example?secret=ABC&issuer=Nahbar%20Haus%20%26%20Co&algorithm=SHA1&digits=6&period=30',
  );
});
