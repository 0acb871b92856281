import { createHash } from 'node:crypto';
import type { ChannelTools } from '../../../../contract/channel.ts';
import type { EmailSettings } from '../../channel.ts';
import { tokenEndpoint } from './servers.ts';

/** The access was ended by the person or the provider: only a new consent helps. */
export class AccessEnded extends Error {
  override name = 'AccessEnded';
}

/** No token was got, whatever the consent is worth: the address may not be called, or nobody useful answered. */
export class NoToken extends Error {
  override name = 'NoToken';
  readonly problem: 'token_address_refused' | 'token_unavailable';
  constructor(problem: NoToken['problem'], said: string) {
    super(said);
    this.problem = problem;
  }
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
  call: ChannelTools['call'];
  rotated?(refreshToken: string): Promise<void>;
}

/**
 * An access token, from memory while it is good. `renew` asks for another although one is there, after the server refused
 * it. Throws AccessEnded when the refresh token is refused, NoToken when none was got for another reason.
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
  const answer = await access.call({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: settings.oauthClientId,
      ...(settings.oauthClientSecret ? { client_secret: settings.oauthClientSecret } : {}),
      ...(scope ? { scope } : {}),
    }).toString(),
  });
  if ('failure' in answer) {
    const isRefused = answer.failure === 'address_not_allowed';
    throw new NoToken(isRefused ? 'token_address_refused' : 'token_unavailable', `${new URL(url).host}: ${answer.failure}`);
  }
  const said = fieldsOf(answer.body);
  const isOk = answer.status >= 200 && answer.status < 300;
  if (isOk && typeof said['access_token'] === 'string') {
    const next = said['refresh_token'];
    if (typeof next === 'string' && next !== '' && next !== refreshToken) await access.rotated?.(next);
    const seconds = Number(said['expires_in']) || 3_600;
    return { value: said['access_token'], until: Date.now() + Math.max(30, seconds - margin) * 1_000 };
  }
  // Of the answer only what the protocol names: it is shown to people, and whoever enters an address must not read with it what lies behind.
  const code = errorCodes.has(String(said['error'])) ? String(said['error']) : `HTTP ${answer.status}`;
  // RFC 6749, 5.2; Microsoft and Google add interaction_required and the like for a consent that ended.
  if (/^(?:invalid_grant|invalid_client|unauthorized_client|interaction_required|consent_required|invalid_scope)$/.test(code))
    throw new AccessEnded(code);
  throw new NoToken('token_unavailable', `The token endpoint answered ${code}`);
}

function fieldsOf(body: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What SASL XOAUTH2 sends (Google's and Microsoft's documents). */
export const xoauth2 = (user: string, token: string): string =>
  Buffer.from(`user=${user}\x01auth=Bearer ${token}\x01\x01`).toString('base64');
