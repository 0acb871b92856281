import type { EntranceAnswer } from '../../../../contract/channel.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import { DomainError, fail as core } from '../../../platform/errors.ts';
import { networkOf } from '../../../platform/http/network.ts';
import type { Download, Knocking, RequestFacts } from '../../../platform/module.ts';
import { fail } from '../errors.ts';
import { entranceOf, isAllowed } from './door.ts';
import { likedLanguage } from './language.ts';

/** Before the body: the account must have an entrance, and the page that calls must be allowed. It may read the answer then, refusals too. */
export async function expectCall(
  platform: Platform,
  { id = '' }: Readonly<Record<string, string | undefined>>,
  { headers, setHeader }: Knocking,
): Promise<void> {
  const { account, entrance } = await entranceOf(platform, id);
  if (!account || !entrance) throw core('core.not_found');
  const origin = headers['origin'] ?? '';
  if (!isAllowed(platform, entrance.origins(account), origin, headers['host'])) throw fail('channels.origin_refused', { origin });
  setHeader('access-control-allow-origin', origin);
  setHeader('vary', 'Origin');
}

/** A call at the entrance: the channel says who it is and what it wants. */
export async function receiveCall(
  ctx: Ctx,
  { id, name, content }: { id: string; name: string; content?: Uint8Array | undefined },
  facts: RequestFacts,
): Promise<Download> {
  const { account, entrance, tools } = await entranceOf(ctx.platform, id);
  if (!account || !entrance) throw core('core.not_found');
  const call = { name, origin: facts.headers['origin'] ?? '', body: content ?? new Uint8Array(), network: networkOf(facts.ip) };
  const answer = await entrance.call(call, account, tools);
  if ('status' in answer) throw refused(answer);
  const bytes = typeof answer.content === 'string' ? Buffer.from(answer.content) : answer.content;
  return { filename: name, mediaType: answer.mediaType, content: bytes, headers: { 'cache-control': 'no-store' } };
}

/** A page that anybody may open. */
export async function showPage(ctx: Ctx, { id, name }: { id: string; name: string }, { headers }: RequestFacts): Promise<Download> {
  const { account, entrance, tools } = await entranceOf(ctx.platform, id);
  const language = likedLanguage(headers['accept-language']);
  const page = account && (await entrance?.page?.({ name, language }, account, tools));
  if (!page) throw core('core.not_found');
  return {
    filename: `${name}.html`,
    mediaType: 'text/html; charset=utf-8',
    content: Buffer.from(page.content),
    inline: true,
    headers: {
      'content-security-policy': page.policy,
      'content-language': language,
      'cache-control': 'no-cache',
      vary: 'Accept-Language',
    },
  };
}

function refused({ status, code }: Extract<EntranceAnswer, { status: number }>): DomainError {
  const kind = fail.catalogue['channels.entrance_refused'];
  if (!kind) throw new Error('channels.entrance_refused is missing');
  return new DomainError('channels.entrance_refused', { ...kind, status }, { reason: code });
}
