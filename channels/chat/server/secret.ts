import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ChannelTools } from '../../../contract/channel.ts';
import { guestAddress } from '../../../contract/channel/guest.ts';

/**
 * The secret by which a browser shows that a talk is its own: made here, so that no page can make a guessable one, and signed for one account. We keep
 * nothing of it but what the thread is called, which is its hash.
 */
export function newSecret(accountId: string, tools: Pick<ChannelTools, 'key'>): string {
  const random = randomBytes(24).toString('base64url');
  return `${random}.${macOf(random, accountId, tools)}`;
}

/** What the thread of a secret is called; undefined when the secret was not made here, or for another account. */
export function threadKeyOf(secret: unknown, accountId: string, tools: Pick<ChannelTools, 'key'>): string | undefined {
  if (typeof secret !== 'string' || secret.length > 200) return undefined;
  const [random = '', mac = ''] = secret.split('.');
  const expected = Buffer.from(macOf(random, accountId, tools));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return createHash('sha256').update(`thread ${accountId} ${random}`).digest('hex').slice(0, 40);
}

const macOf = (random: string, accountId: string, tools: Pick<ChannelTools, 'key'>): string =>
  createHmac('sha256', tools.key('visitor-secret')).update(`${accountId} ${random}`).digest('base64url');

/** What the visitor without a name is called; the beginning of the thread's name tells two apart and opens nothing. */
export const guestOf = (threadKey: string): string => guestAddress(threadKey);
