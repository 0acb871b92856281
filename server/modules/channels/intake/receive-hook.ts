import type { HookRequest } from '../../../../contract/channel.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import type { Download, RequestFacts } from '../../../platform/module.ts';
import { bookOf } from '../accounts/book.ts';
import { fail } from '../errors.ts';
import { channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';

/** Nobody sends a body to an account that is not there or has no webhook. */
export async function expectHook(platform: Platform, { id = '' }: Readonly<Record<string, string | undefined>>): Promise<void> {
  const known = await bookOf(platform).byId(id);
  if (!known?.row.active || known.row.removed_at || !channelOf(known.row.kind)?.hook) throw core('core.not_found');
}

/** The webhook's door: the channel verifies, what is genuine is stored raw, and only after that commit the service hears that it arrived. */
export async function receiveHook(
  ctx: Ctx,
  method: HookRequest['method'],
  input: { id: string; content?: Uint8Array | undefined; [name: string]: unknown },
  facts: RequestFacts,
): Promise<Download> {
  const { id, content, ...rest } = input;
  const kind = (await bookOf(ctx.platform).byId(id))?.row.kind ?? '';
  const channel = channelOf(kind);
  const tools = toolsFor(ctx.platform, kind);
  const account = channel?.hook && (await tools.account(id));
  if (!channel?.hook || !account) throw core('core.not_found');
  const query = Object.fromEntries(Object.entries(rest).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  const answer = await channel.hook({ method, headers: facts.headers, query, body: content ?? new Uint8Array() }, account, tools);
  if (!answer.genuine) {
    ctx.log.warn({ accountId: id, code: answer.code }, 'webhook call refused');
    throw fail('channels.hook_refused', { reason: answer.code });
  }
  if (answer.items.length > 0)
    await tools.storeRaw(answer.items.map((item) => ({ ...item, accountId: id, receivedAt: ctx.platform.clock.now() })));
  const { mediaType, content: text } = answer.reply ?? { mediaType: 'application/json', content: '{}' };
  return { filename: 'reply', mediaType, content: Buffer.from(text) };
}
