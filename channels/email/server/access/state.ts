import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ChannelAccount, ChannelTools } from '../../../../contract/channel.ts';
import type { EmailSettings } from '../../channel.ts';
import type { Access } from './oauth.ts';
import { tokenEndpoint } from './servers.ts';

const folder = z.object({
  /** As text: it has 32 bits without sign, but servers have been seen to exceed them. */
  uidValidity: z.string(),
  /** The highest UID that is stored; 0 before the first. */
  uid: z.number().int(),
  /** Where the account began in this folder: what lies behind, up to `uid`, is ours to mark or move. */
  from: z.number().int().optional(),
  /** Set while a folder whose UIDVALIDITY changed is read again: older mails are then known by Message-ID and hash. */
  rescan: z.boolean().optional(),
});
const state = z.object({
  folders: z.record(z.string(), folder).default({}),
  /** When the account was first connected, if what lay there before was to be left alone. */
  since: z.string().optional(),
  /** A refresh token newer than the one in the settings, sealed; `of` says which it came from. */
  oauth: z.object({ of: z.string(), sealed: z.string() }).optional(),
});
export type FolderCursor = z.output<typeof folder>;
/** What a mail account remembers between connections. */
export type EmailState = z.output<typeof state>;

/** An unreadable state is no state: then everything is read again and known again by its ids. */
export function readState(stored: unknown): EmailState {
  const read = state.safeParse(stored ?? {});
  return read.success ? read.data : { folders: {} };
}

/** How the account gets access, with the newest refresh token; `keep` stores a state. */
export function accessOf(
  account: Pick<ChannelAccount<EmailSettings>, 'settings'>,
  tools: ChannelTools,
  current: EmailState,
  keep?: (oauth: NonNullable<EmailState['oauth']>) => Promise<void>,
): Access {
  const given = account.settings.oauthRefreshToken ?? '';
  // Bound to where it was got too: a token that came since must not be shown to another provider, even by somebody who knows the first.
  const of = createHash('sha256')
    .update(`${tokenEndpoint(account.settings).url}\n${given}`)
    .digest('base64');
  const key = tools.key('oauth-refresh-token');
  const newer = current.oauth?.of === of ? unseal(current.oauth.sealed, key) : undefined;
  return {
    settings: account.settings,
    refreshToken: newer ?? given,
    call: tools.call,
    ...(keep ? { rotated: (token: string) => keep({ of, sealed: seal(token, key) }) } : {}),
  };
}

function seal(text: string, key: Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

function unseal(text: string, key: Uint8Array): string | undefined {
  try {
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
