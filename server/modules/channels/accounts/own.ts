import type { Ctx } from '../../../platform/context.ts';
import { channelOf } from '../registry/registry.ts';
import { bookOf } from './book.ts';

/**
 * Which of these addresses lead to ourselves: accounts, their further addresses, and variants of either, such as the one with a token that an
 * answer to one of ours goes to. `also` names an address of ours that no active account may have any more.
 */
export async function ownAmong(
  ctx: Pick<Ctx, 'db' | 'platform'>,
  kind: string,
  addresses: readonly string[],
  also?: string,
): Promise<Set<string>> {
  const identity = channelOf(kind)?.identity;
  if (!identity) return new Set(addresses.filter((address) => address === also));
  const variants = (address: string): string[] => {
    const value = identity.normalise(address);
    return value === null ? [] : [value, identity.mailbox?.(value) ?? value];
  };
  const book = await bookOf(ctx.platform).byAddress(kind, ctx.db);
  const former = new Set(also === undefined ? [] : variants(also));
  return new Set(addresses.filter((address) => variants(address).some((value) => book.has(value) || former.has(value))));
}
