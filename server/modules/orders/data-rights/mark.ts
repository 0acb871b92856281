import type { Ctx } from '../../../platform/context.ts';

/** What stands for an erased order: nobody can guess its reference from it, not even by trying all numbers, without the installation's secret. */
export const markOf = (ctx: Pick<Ctx, 'platform'>, reference: string): string => ctx.platform.secrets.sign('erased order', reference);
