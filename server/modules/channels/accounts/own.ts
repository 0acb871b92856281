import type { Ctx } from '../../../platform/context.ts';
import { channelOf } from '../registry/registry.ts';
import { bookOf } from './book.ts';

/**
 * Tells which addresses lead to ourselves: accounts, their further addresses, and variants of either, such as the one with a token that an
 * answer to one of ours goes to. `also` names addresses of ours that no active account may have any more.
 */
export async function ownAddresses(
  ctx: Pick<Ctx, 'db' | 'platform'>,
  kind: string,
  also: readonly string[] = [],
): Promise<(address: string) => boolean> {
  const identity = channelOf(kind)?.identity;
  if (!identity) return (address) => also.includes(address);
  const variants = (address: string): string[] => {
    const value = identity.normalise(address);
    return value === null ? [] : [value, identity.mailbox?.(value) ?? value];
  };
  const book = await bookOf(ctx.platform).byAddress(kind, ctx.db);
  const former = new Set(also.flatMap(variants));
  return (address) => variants(address).some((value) => book.has(value) || former.has(value));
}
