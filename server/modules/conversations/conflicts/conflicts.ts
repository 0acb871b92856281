import type { ConflictOfInterest } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { actorOf, audit } from '../../workspace/index.ts';
import { freeClaim } from '../claims/release.ts';
import { fail } from '../errors.ts';
import { mayTakeOver } from '../policy.ts';
import { loadConversation } from '../queries.ts';
import type { ConversationRow } from '../rows.ts';
import { facts, updateConversation } from '../write.ts';

/** Who must not get a conversation `c`: said of itself, or of another of its case. */
export const conflictsOf: Sql = sql`array(select x.person_id::text from conversation_conflicts x where x.conversation_id = c.id
  union select x.person_id::text from conversations o join conversation_conflicts x on x.conversation_id = o.id where o.case_id = c.case_id)`;

/** Who must not get which of these conversations. */
export async function conflictsIn(db: Db, conversationIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<{ id: string; people: string[] }>(
    sql`select c.id, ${conflictsOf} as people from conversations c where c.id = any(${conversationIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, people }) => [id, people]));
}

export const hasConflict = async (db: Db, conversationId: string, personId: string): Promise<boolean> =>
  (await conflictsIn(db, [conversationId])).get(conversationId)?.includes(personId) ?? false;

interface ConflictRow {
  personId: string;
  reason: string;
  setById: string;
  setAt: Date;
}

/** Nobody reads there why they do not get something: the one concerned would learn of the complaint by accident. */
export async function listConflicts(ctx: Ctx, { id }: { id: string }): Promise<{ items: ConflictOfInterest[] }> {
  await loadLed(ctx, id);
  return present(ctx, id);
}

/** From now on it goes to others; whoever has it, or whose it is to do, is free of it at once. */
export async function setConflict(
  ctx: Ctx,
  { id, personId, reason }: { id: string; personId: string; reason: string },
): Promise<{ items: ConflictOfInterest[] }> {
  const row = await loadLed(ctx, id);
  const setBy = ctx.actor.id;
  if (!setBy || !(await actorOf(ctx, personId))) throw fail('conversations.person_unknown');
  await ctx.db.exec(sql`insert into conversation_conflicts (conversation_id, person_id, reason, set_by, set_at)
    values (${id}, ${personId}, ${reason}, ${setBy}, ${ctx.now})
    on conflict (conversation_id, person_id) do update set reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`);
  await freeFrom(ctx, row, personId);
  await audit(ctx, { action: 'conversations.conflict_set', object: { kind: 'conversation', id }, data: { personId } });
  return present(ctx, id);
}

export async function dropConflict(ctx: Ctx, { id, personId }: { id: string; personId: string }): Promise<{ items: ConflictOfInterest[] }> {
  const row = await loadLed(ctx, id);
  // Whom it concerns does not end it.
  if (personId === ctx.actor.id) throw core('core.forbidden', { right: 'claim' });
  const gone = await ctx.db.exec(sql`delete from conversation_conflicts where conversation_id = ${id} and person_id = ${personId}`);
  if (gone > 0) {
    await audit(ctx, { action: 'conversations.conflict_ended', object: { kind: 'conversation', id }, data: { personId } });
    ctx.emit('conversations.changed', { ...facts(row), what: 'conflict' }, row.caseId);
  }
  return present(ctx, id);
}

/** For those who lead the team; locked, so that whoever reaches for it at the same moment looks again. */
async function loadLed(ctx: Ctx, id: string): Promise<ConversationRow> {
  const row = await loadConversation(ctx, id, { right: 'claim', lock: true });
  if (!mayTakeOver(ctx.actor, row)) throw core('core.forbidden', { right: 'claim' });
  return row;
}

async function freeFrom(ctx: Ctx, row: ConversationRow, personId: string): Promise<void> {
  const freed = row.claimedBy === personId ? await freeClaim(ctx, row, 'release') : row;
  const isAssigned = freed.assigneeId === personId;
  // A new version in any case: a take that was decided before this one finds it and looks again.
  const changed = await updateConversation(ctx, row.id, sql`assignee_id = ${isAssigned ? null : freed.assigneeId}`);
  if (isAssigned)
    ctx.emit(
      'conversations.assigned',
      { ...facts(changed), personId: null, fromPersonId: personId, fromTeamId: row.teamId },
      changed.caseId,
    );
  else ctx.emit('conversations.changed', { ...facts(changed), what: 'conflict' }, changed.caseId);
}

async function present(ctx: Ctx, id: string): Promise<{ items: ConflictOfInterest[] }> {
  const rows = await ctx.db.query<ConflictRow>(sql`select person_id as "personId", reason, set_by as "setById", set_at as "setAt"
    from conversation_conflicts where conversation_id = ${id} and person_id <> ${ctx.actor.id} order by set_at, person_id`);
  return { items: rows.map((row) => ({ ...row, setAt: row.setAt.toISOString() })) };
}
