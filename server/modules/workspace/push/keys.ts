import { createECDH } from 'node:crypto';
import type { Ctx } from '../../../platform/context.ts';
import { companySettings } from '../queries/settings.ts';

/**
 * The pair by which push services know this installation (RFC 8292). It is made from the installation's secret, so every process has the same one,
 * nothing has to be kept, and browsers stay subscribed as long as the secret stays.
 */
export function pushKeys({ platform: { secrets } }: Pick<Ctx, 'platform'>): { publicKey: string; privateKey: string } {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(secrets.key('push'));
  return { publicKey: pair.getPublicKey('base64url'), privateKey: secrets.key('push').toString('base64url') };
}

/** Whom a push service turns to when something is wrong: the contact of the company where that is an address, else this installation. */
export async function pushSubject({ db, platform }: Pick<Ctx, 'db' | 'platform'>): Promise<string> {
  const { contact } = await companySettings(db);
  const [address] = /[^\s<>@]+@[^\s<>@]+\.[^\s<>@,;]+/.exec(contact) ?? [];
  if (address) return `mailto:${address}`;
  const url = new URL(platform.config.publicUrl);
  return url.protocol === 'https:' ? url.origin : `mailto:nahbar@${url.hostname}`;
}
