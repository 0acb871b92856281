import { createHmac } from 'node:crypto';

/**
 * `t=<unix seconds>,v1=<HMAC-SHA256 in hex over "<t>.<body>">`. Receivers compute it with their secret, compare in constant time, and
 * refuse a time more than five minutes off, so that a call overheard once cannot be played again.
 */
export function signatureOf(secret: string, body: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1_000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}
