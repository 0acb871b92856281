import type { Ctx } from '../../../platform/context.ts';
import { listSuccessions } from '../../workspace/index.ts';
import { lockSnippets, putSnippet, type SnippetRow, snippetsOf } from './queries.ts';

/** What a dissolved team wrote goes to its successor. Where that has the shortcut already, the one that comes gets the next free number behind it. */
export async function followTeam(ctx: Ctx, teamId: string): Promise<void> {
  const successorId = (await listSuccessions(ctx.db)).find((one) => one.teamId === teamId)?.successorId;
  if (!successorId) return;
  await lockSnippets(ctx.db);
  for (const row of (await snippetsOf(ctx.db, [teamId])).filter((one) => one.teamId === teamId)) await give(ctx, row, successorId);
}

async function give(ctx: Ctx, row: SnippetRow, successorId: string): Promise<void> {
  const moved = { ...row, version: row.version + 1, teamId: successorId };
  for (let n = 1; !(await putSnippet(ctx.db, n === 1 ? moved : { ...moved, shortcut: `${row.shortcut.slice(0, 26)}${n}` })); n += 1);
  ctx.emit('knowledge.snippet_changed', { snippetId: row.id, teamId: successorId, fromTeamId: row.teamId });
}
