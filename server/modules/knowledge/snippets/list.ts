import type { Snippet } from '../../../../contract/knowledge.ts';
import type { Ctx } from '../../../platform/context.ts';
import { teamsSeen } from '../policy.ts';
import { presentSnippet } from './present.ts';
import { snippetsOf } from './queries.ts';

export const listSnippets = async (ctx: Ctx): Promise<{ items: Snippet[] }> => ({
  items: (await snippetsOf(ctx.db, teamsSeen(ctx.actor))).map(presentSnippet),
});
