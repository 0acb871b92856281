import type { Ctx } from '../../../platform/context.ts';

let provider: (ctx: Ctx) => Promise<readonly string[]> = async () => [];

/** The room that knows queues says, once, when it is loaded, from which of them somebody is given nothing. */
export function provideClosedQueues(fn: typeof provider): void {
  provider = fn;
}

export const closedQueues: typeof provider = (ctx) => provider(ctx);
