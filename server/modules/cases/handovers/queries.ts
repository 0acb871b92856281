import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { type HandoverRow, handoverColumns, notRestricted } from '../queries/rows.ts';
import type { HandoverState } from './handover.ts';

export const handoversOf = (db: Db, caseId: string): Promise<HandoverRow[]> =>
  db.query<HandoverRow>(sql`select ${handoverColumns} from handovers h where h.case_id = ${caseId} order by h.created_at, h.id`);

export const findHandovers = (db: Db, ids: readonly string[]): Promise<HandoverRow[]> =>
  db.query<HandoverRow>(sql`select ${handoverColumns} from handovers h where h.id = any(${ids}::uuid[])`);

export const findHandover = (db: Db, id: string): Promise<HandoverRow | undefined> =>
  db.maybe<HandoverRow>(sql`select ${handoverColumns} from handovers h where h.id = ${id}`);

export const lockHandover = (db: Db, id: string): Promise<HandoverRow | undefined> =>
  db.maybe<HandoverRow>(sql`select ${handoverColumns} from handovers h where h.id = ${id} for no key update`);

export type NewHandover = Omit<HandoverRow, 'version' | 'state' | 'reason' | 'readAt' | 'readers' | 'acceptedById'>;

/** Undefined when the case is already being handed over. */
export const insertHandover = (db: Db, h: NewHandover): Promise<HandoverRow | undefined> =>
  db.maybe<HandoverRow>(sql`insert into handovers as h (id, case_id, conversation_id, from_id, to_person_id, to_team_id, brief, mode, state, expires_at, created_at)
    values (${h.id}, ${h.caseId}, ${h.conversationId}, ${h.fromId}, ${h.toPersonId}, ${h.toTeamId}, ${sql.json(h.brief)}, ${h.mode}, 'briefed',
      ${h.expiresAt}, ${h.createdAt})
    on conflict (case_id) where state in ('briefed', 'read') do nothing returning ${handoverColumns}`);

export interface HandoverChange {
  state: HandoverState;
  reason?: string;
  readAt?: Date;
  readerId?: string;
  acceptedById?: string;
}

export const updateHandover = (
  db: Db,
  id: string,
  { state, reason, readAt, readerId, acceptedById }: HandoverChange,
): Promise<HandoverRow> =>
  db.one<HandoverRow>(sql`update handovers h set version = h.version + 1, state = ${state}, reason = coalesce(${reason ?? null}, h.reason),
      read_at = coalesce(h.read_at, ${readAt ?? null}), readers = case when ${readerId ?? null}::uuid is null then h.readers else h.readers || ${readerId ?? null}::uuid end,
      accepted_by = coalesce(${acceptedById ?? null}::uuid, h.accepted_by)
    where h.id = ${id} returning ${handoverColumns}`);

export const expiredHandovers = (now: Date): Sql =>
  sql`handovers h where expires_at <= ${now} and state in ('briefed', 'read') and ${notRestricted(sql`h.case_id`)} order by expires_at, id`;

/** Warm hand-overs nobody took in time; rows another worker holds are left to it. */
export async function takeExpired(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    sql`select id from ${expiredHandovers(now)} limit ${limit} for no key update of h skip locked`,
  );
  return rows.map((row) => row.id);
}

export interface HandoverPage {
  toPersonId?: string | null;
  toTeamIds?: readonly string[];
  fromId?: string | null;
  pendingOnly: boolean;
  after?: { at: Date; id: string } | undefined;
  limit: number;
}

export const listHandovers = (db: Db, { toPersonId, toTeamIds, fromId, pendingOnly, after, limit }: HandoverPage): Promise<HandoverRow[]> =>
  db.query<HandoverRow>(sql`select ${handoverColumns} from handovers h
    where ${fromId ? sql`h.from_id = ${fromId}` : sql`(h.to_person_id = ${toPersonId ?? null} or h.to_team_id = any(${toTeamIds ?? []}::uuid[])) and h.from_id is distinct from ${toPersonId ?? null}::uuid`}
      and ${notRestricted(sql`h.case_id`)} ${pendingOnly ? sql`and h.state in ('briefed', 'read')` : sql.empty}
      ${after ? sql`and (h.created_at, h.id) < (${after.at}, ${after.id}::uuid)` : sql.empty}
    order by h.created_at desc, h.id desc limit ${limit}`);
