import type { OutputOf, ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { type Actor, scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { pageOf, readCursor } from '../queries/cursor.ts';
import { personNameOf } from '../queries/people.ts';

interface AuditRow {
  seq: number;
  at: Date;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string | null;
  action: string;
  object_kind: string | null;
  object_id: string | null;
  object_name: string | null;
  reason: string | null;
  data: Record<string, unknown> | null;
}

/** What the actor may read of the audit log: all, what the led teams' members did and one's own, or only one's own. */
export async function listAudit(ctx: Ctx, input: ParsedInputOf<typeof workspaceEndpoints.listAudit>) {
  const after = readCursor(input.cursor, 1);
  const rows = await ctx.db.query<AuditRow>(sql`select seq, at, actor_kind, actor_id, action, object_kind, object_id, reason, data,
      ${personNameOf(sql`actor_id`)} as actor_name, ${objectName} as object_name
    from audit_log where ${visibleTo(ctx.actor)}
    ${after ? sql`and seq < ${after[0]}::bigint` : sql.empty} ${input.actorId ? sql`and actor_id = ${input.actorId}` : sql.empty}
    ${input.objectKind ? sql`and object_kind = ${input.objectKind}` : sql.empty} ${input.objectId ? sql`and object_id = ${input.objectId}` : sql.empty}
    ${input.action ? sql`and action = ${input.action}` : sql.empty}
    ${input.from ? sql`and at >= ${input.from}` : sql.empty} ${input.to ? sql`and at < ${input.to}` : sql.empty} order by seq desc limit ${input.limit + 1}`);
  return pageOf(rows, input.limit, (row) => [String(row.seq)], present);
}

/**
 * Computes every hash anew, from the anchor that pruning left. `head` is the newest hash: whoever notes it elsewhere can tell later
 * whether rows were cut off at the end or the whole chain was made anew. A replica may be asked: it carries what was changed by stealth as faithfully as the original.
 */
export async function verifyAudit(ctx: Ctx): Promise<OutputOf<typeof workspaceEndpoints.verifyAudit>> {
  const { value, asOf } = await ctx.report(chain);
  return { ...value, asOf: asOf?.toISOString() ?? null };
}

async function chain(db: Db): Promise<{ intact: boolean; entries: number; brokenAt: number | null; head: string }> {
  const row = await db.one<{ entries: number; broken_at: number | null; head: Buffer | null }>(sql`
    with anchor as (select coalesce(max((value->>'seq')::bigint), 0) as seq, coalesce(decode(max(value->>'hash'), 'hex'), '') as hash
      from settings where key = 'audit_anchor'),
    chain as (select a.seq, a.previous_hash = coalesce(lag(a.hash) over w, anchor.hash)
      and a.seq = coalesce(lag(a.seq) over w, anchor.seq) + 1 and a.hash = audit_hash(a.previous_hash, a) as fits
      from audit_log a, anchor window w as (order by a.seq))
    select count(*)::int as entries, min(seq) filter (where not fits) as broken_at,
      (select hash from audit_log order by seq desc limit 1) as head from chain`);
  return { intact: row.broken_at === null, entries: row.entries, brokenAt: row.broken_at, head: row.head?.toString('hex') ?? '' };
}

/** Removes entries whose time is over; how long they stay is said by whoever sets retention. The chain stays whole. */
export async function pruneAudit(ctx: Ctx, before: Date): Promise<number> {
  const { removed } = await ctx.db.one<{ removed: number }>(sql`select prune_audit(${before}) as removed`);
  return removed;
}

/** The log keeps ids; names are those of today, so that erasing a person erases them here too. */
const objectName = sql`case object_kind
  when 'person' then (select name from people where id::text = object_id) when 'token' then (select name from api_tokens where id::text = object_id)
  when 'team' then (select name from teams where id::text = object_id) when 'site' then (select name from sites where id::text = object_id) end`;

function visibleTo(actor: Actor): Sql {
  const held = scopes(actor, 'see_audit');
  if (held.has('A')) return sql`true`;
  if (!held.has('T')) return sql`actor_id = ${actor.id}`;
  return sql`(actor_id = ${actor.id} or actor_id in (select person_id from team_members where team_id = any(${actor.ledTeamIds}::uuid[])))`;
}

const present = (row: AuditRow) => ({
  seq: row.seq,
  at: row.at.toISOString(),
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  actorName: row.actor_name,
  action: row.action,
  objectKind: row.object_kind,
  objectId: row.object_id,
  objectName: row.object_name,
  reason: row.reason,
  data: row.data,
});
