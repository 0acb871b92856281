import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ChannelAccount, HookAnswer, HookRequest } from '../../../contract/channel.ts';
import type { EchoSettings } from '../channel.ts';

/** What the sender puts into `x-echo-signature`: `sha256=` and the HMAC of the body's bytes in hex. */
export const signatureOf = (secret: string, body: Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/**
 * Only whoever knows the secret may put words into a customer's mouth. The call's own id makes a repeated one a duplicate. Services that ask whether
 * the address is ours send a GET with a challenge.
 */
export function verifyHook(request: HookRequest, account: ChannelAccount<EchoSettings>): HookAnswer {
  if (request.method === 'GET') {
    const { challenge } = request.query;
    return challenge
      ? { genuine: true, items: [], reply: { mediaType: 'text/plain', content: challenge } }
      : { genuine: false, code: 'no_challenge' };
  }
  const given = Buffer.from(request.headers['x-echo-signature'] ?? '');
  const expected = Buffer.from(signatureOf(account.settings.secret, request.body));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { genuine: false, code: 'bad_signature' };
  const platformId = request.headers['x-echo-delivery'] ?? null;
  return { genuine: true, items: [{ platformId, content: request.body, mediaType: 'application/json' }] };
}
