import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { listSuccessions } from '../../workspace/index.ts';
import { keepTime } from '../clock/due.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { facts } from '../write.ts';

/** As many as one transaction takes; more are left to the job. */
const atOnce = 100;
export const followTeamJob = 'conversations.follow_team';

/** Gives what a dissolved team had to its successor, open work first; whom it is assigned to and who is on it stay. May come late and twice. */
export async function followTeam(ctx: Ctx, teamId: string): Promise<void> {
  const successorId = (await listSuccessions(ctx.db)).find((one) => one.teamId === teamId)?.successorId;
  if (!successorId) return;
  await ctx.db.exec(sql`update conversation_views set team_id = ${successorId}, version = version + 1 where team_id = ${teamId}`);
  const open = await give(ctx, teamId, successorId, true, atOnce);
  const done = open < atOnce ? await give(ctx, teamId, successorId, false, atOnce - open) : 0;
  if (open + done === atOnce) await ctx.enqueue(followTeamJob, { teamId });
}

async function give(ctx: Ctx, teamId: string, successorId: string, isOpen: boolean, most: number): Promise<number> {
  const half = isOpen ? sql`c.is_open` : sql`not c.is_open`;
  const rows = await ctx.db.query<ConversationRow>(sql`update conversations c set version = version + 1, team_id = ${successorId}
    where c.id in (select c.id from conversations c where c.team_id = ${teamId} and ${half} order by c.last_message_at desc, c.id desc limit ${most}
      for no key update) returning ${conversationColumns}`);
  for (const row of await keepTime(ctx, rows)) {
    const unchanged = { personId: row.assigneeId, fromPersonId: row.assigneeId };
    ctx.emit('conversations.assigned', { ...facts(row), ...unchanged, fromTeamId: teamId }, row.caseId);
  }
  return rows.length;
}

/** A mail that was on its way in while its team was being dissolved may have opened a conversation behind that. */
export async function followTeamsLate(work: JobWork): Promise<void> {
  for (const { teamId } of await listSuccessions(work.reading.db)) {
    const late = await work.reading.db.query(sql`select from conversations c where c.team_id = ${teamId} and c.is_open limit 1`);
    if (late.length > 0) await work.transaction((ctx) => followTeam(ctx, teamId));
  }
}
