import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Who is signed in on the page, as the page's own server signed it. */
export interface SignedIn {
  /** The shop's own id of the person. */
  id: string;
  name: string;
  /** An address that the shop has proved to be theirs. */
  mail: string | null;
}

const claims = z.object({
  sub: z.string().trim().min(1).max(200),
  /** The account it is for: one of another account opens nothing here. */
  aud: z.string(),
  /** Seconds since 1970. */
  exp: z.number(),
  name: z.string().trim().max(120).default(''),
  email: z.email().max(254).optional(),
});

/** A page that is loaded makes a new one, so none needs to live long, and a stolen one soon dies. */
const longestSeconds = 60 * 60;

/**
 * Reads a token of the host page: a JSON Web Token (RFC 7519) signed by HMAC-SHA-256 with the account's secret. Null when it is not signed so, is too old, lives
 * longer than an hour, or was made for another account.
 */
export function readToken(token: unknown, secret: string | undefined, accountId: string, now: Date): SignedIn | null {
  if (typeof token !== 'string' || token.length > 4_000 || !secret) return null;
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  // Only what was signed is read at all.
  if (!z.object({ alg: z.literal('HS256') }).safeParse(json(head)).success) return null;
  const read = claims.safeParse(json(body));
  if (!read.success) return null;
  const { sub, aud, exp, name, email } = read.data;
  const seconds = exp - now.getTime() / 1_000;
  if (aud !== accountId || seconds <= 0 || seconds > longestSeconds) return null;
  return { id: sub, name, mail: email ?? null };
}

/** By this a talk is tied to the person it was held with, without saying who. */
export const subjectOf = (user: SignedIn): string => createHash('sha256').update(`subject ${user.id}`).digest('hex').slice(0, 32);

function json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return null;
  }
}
