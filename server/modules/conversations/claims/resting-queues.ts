import type { Ctx } from '../../../platform/context.ts';

let provider: (ctx: Ctx) => Promise<readonly string[]> = async () => [];

/** The room that knows what is more urgent just now says, once, when it is loaded, which queues rest: nobody is given work of them that is not near due. */
export function provideRestingQueues(fn: typeof provider): void {
  provider = fn;
}

export const restingQueues: typeof provider = (ctx) => provider(ctx);
