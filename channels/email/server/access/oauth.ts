import { createHash } from 'node:crypto';
import type { EmailSettings } from '../../channel.ts';
import { tokenEndpoint } from './servers.ts';

/** The access was ended by the person or the provider: only a new consent helps. */
export class AccessEnded extends Error {
  override name = 'AccessEnded';
}

interface Token {
  value: string;
  until: number;
}

// By the secrets they were got with, never longer than they are good; lost with the process.
const tokens = new Map<string, Token>();
const pending = new Map<string, Promise<Token>>();

/** Seconds before its end at which a token is renewed: clocks differ, and a sign-in takes its time. */
const margin = 120;

/** How an account gets its access. `rotated` is told of a new refresh token, which must be kept: the old one ends some day. */
export interface Access {
  settings: EmailSettings;
  refreshToken: string;
  rotated?(refreshToken: string): Promise<void>;
}

/**
 * An access token, from memory while it is good. `renew` asks for another although one is there, after the server refused
 * it. Throws AccessEnded when the refresh token is refused, any error when nobody answers.
 */
export async function accessToken(access: Access, renew = false): Promise<string> {
  const { settings, refreshToken } = access;
  const { url } = tokenEndpoint(settings);
  if (!url || !refreshToken) throw new AccessEnded('The account has no refresh token yet.');
  const key = createHash('sha256').update(`${url}\n${settings.oauthClientId}\n${refreshToken}`).digest('base64');
  const known = tokens.get(key);
  if (known && !renew && known.until > Date.now()) return known.value;
  // Several connections that start together ask once.
  const asked = pending.get(key) ?? exchange(access).finally(() => pending.delete(key));
  pending.set(key, asked);
  const token = await asked;
  tokens.set(key, token);
  return token.value;
}

/** RFC 6749, 5.2 and 4.1.2.1, and what Microsoft and Google add. */
const errorCodes = new Set(
  `invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope access_denied server_error
  temporarily_unavailable interaction_required consent_required`.split(/\s+/),
);

async function exchange(access: Access): Promise<Token> {
  const { settings, refreshToken } = access;
  const { url, scope } = tokenEndpoint(settings);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: settings.oauthClientId,
      ...(settings.oauthClientSecret ? { client_secret: settings.oauthClientSecret } : {}),
      ...(scope ? { scope } : {}),
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(15_000),
  });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok && typeof answer['access_token'] === 'string') {
    const next = answer['refresh_token'];
    if (typeof next === 'string' && next !== '' && next !== refreshToken) await access.rotated?.(next);
    const seconds = Number(answer['expires_in']) || 3_600;
    return { value: answer['access_token'], until: Date.now() + Math.max(30, seconds - margin) * 1_000 };
  }
  // Of the answer only what the protocol names: it is shown to people, and whoever enters an address must not read with it what lies behind.
  const code = errorCodes.has(String(answer['error'])) ? String(answer['error']) : `HTTP ${response.status}`;
  // RFC 6749, 5.2; Microsoft and Google add interaction_required and the like for a consent that ended.
  if (/^(?:invalid_grant|invalid_client|unauthorized_client|interaction_required|consent_required|invalid_scope)$/.test(code))
    throw new AccessEnded(code);
  throw new Error(`The token endpoint answered ${code}`);
}

/** What SASL XOAUTH2 sends (Google's and Microsoft's documents). */
export const xoauth2 = (user: string, token: string): string =>
  Buffer.from(`user=${user}\x01auth=Bearer ${token}\x01\x01`).toString('base64');
