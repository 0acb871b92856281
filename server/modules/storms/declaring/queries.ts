import type { Storm, StormAbout, StormOutcome, StormText } from '../../../../contract/storms.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

export interface StormRow extends StormAbout {
  id: string;
  version: number;
  title: string;
  ownerId: string;
  from: Date;
  endsExpectedAt: Date | null;
  benefit: string;
  restingQueueIds: string[];
  secondsPerAnswer: number;
  declaredBy: string | null;
  declaredAt: Date;
  endedAt: Date | null;
  outcome: StormOutcome | null;
  reviewDueOn: string | null;
  cause: string | null;
  measure: string | null;
  measureOwnerId: string | null;
  measureDueOn: string | null;
  reviewedAt: Date | null;
}

const columns = sql`s.id, s.version, s.title, s.owner_id as "ownerId", s.match, s.topic_id as "topicId", s.words, s.queue_id as "queueId",
  s.gathers_from as "from", s.ends_expected_at as "endsExpectedAt", s.benefit, s.resting_queue_ids as "restingQueueIds",
  s.seconds_per_answer as "secondsPerAnswer", s.declared_by as "declaredBy", s.declared_at as "declaredAt", s.ended_at as "endedAt", s.outcome,
  s.review_due_on::text as "reviewDueOn", s.cause, s.measure, s.measure_owner_id as "measureOwnerId", s.measure_due_on::text as "measureDueOn",
  s.reviewed_at as "reviewedAt"`;

export const runningStorms = (db: Db): Promise<StormRow[]> =>
  db.query<StormRow>(sql`select ${columns} from storms s where s.ended_at is null order by s.declared_at, s.id`);

export const findStorm = (db: Db, id: string): Promise<StormRow | undefined> =>
  db.maybe<StormRow>(sql`select ${columns} from storms s where s.id = ${id}`);

/** Locked: of two who change the same, the later looks again. */
export const lockStorm = (db: Db, id: string): Promise<StormRow | undefined> =>
  db.maybe<StormRow>(sql`select ${columns} from storms s where s.id = ${id} for update`);

/** Those that are on, those whose review is not written, and the newest. */
export const listedStorms = (db: Db, most: number): Promise<StormRow[]> =>
  db.query<StormRow>(sql`select ${columns} from storms s where s.reviewed_at is null
    or s.id in (select id from storms order by declared_at desc, id desc limit ${most}) order by s.declared_at desc, s.id desc`);

type Written = Omit<
  StormRow,
  'endedAt' | 'outcome' | 'reviewDueOn' | 'cause' | 'measure' | 'measureOwnerId' | 'measureDueOn' | 'reviewedAt'
>;

/** Writes over the one of the same id; who declared it, and when, stays. Undefined when it is not the version it should be. */
export const putStorm = (db: Db, s: Written): Promise<StormRow | undefined> =>
  db.maybe<StormRow>(sql`insert into storms as s (id, version, title, owner_id, match, topic_id, words, queue_id, gathers_from, ends_expected_at, benefit,
      resting_queue_ids, seconds_per_answer, declared_by, declared_at)
    values (${s.id}, ${s.version}, ${s.title}, ${s.ownerId}, ${s.match}, ${s.topicId}, ${s.words}, ${s.queueId}, ${s.from}, ${s.endsExpectedAt}, ${s.benefit},
      ${s.restingQueueIds}, ${s.secondsPerAnswer}, ${s.declaredBy}, ${s.declaredAt})
    on conflict (id) do update set version = excluded.version, title = excluded.title, owner_id = excluded.owner_id, match = excluded.match,
      topic_id = excluded.topic_id, words = excluded.words, queue_id = excluded.queue_id, gathers_from = excluded.gathers_from,
      ends_expected_at = excluded.ends_expected_at, benefit = excluded.benefit, resting_queue_ids = excluded.resting_queue_ids,
      seconds_per_answer = excluded.seconds_per_answer
      where s.version = excluded.version - 1 and s.ended_at is null
    returning ${columns}`);

export const endStorm = (
  db: Db,
  id: string,
  { by, at, outcome, reviewDueOn }: { by: string | null; at: Date; outcome: StormOutcome; reviewDueOn: string },
): Promise<StormRow> =>
  db.one<StormRow>(sql`update storms s set version = s.version + 1, ended_by = ${by}, ended_at = ${at}, outcome = ${sql.json(outcome)},
      review_due_on = ${reviewDueOn}::date where s.id = ${id} returning ${columns}`);

export const writeReview = (
  db: Db,
  { id, cause, measure, ownerId, dueOn, at }: { id: string; cause: string; measure: string; ownerId: string; dueOn: string; at: Date },
): Promise<StormRow> =>
  db.one<StormRow>(sql`update storms s set version = s.version + 1, cause = ${cause}, measure = ${measure}, measure_owner_id = ${ownerId},
      measure_due_on = ${dueOn}::date, reviewed_at = coalesce(s.reviewed_at, ${at}) where s.id = ${id} returning ${columns}`);

export interface TextRow {
  stormId: string;
  version: number;
  textDe: string;
  textEn: string;
  writtenBy: string;
  writtenAt: Date;
  approvedBy: string | null;
  approvedAt: Date | null;
}

const textColumns = sql`x.storm_id as "stormId", x.version, x.text_de as "textDe", x.text_en as "textEn", x.written_by as "writtenBy", x.written_at as "writtenAt",
  x.approved_by as "approvedBy", x.approved_at as "approvedAt"`;

const texts = (db: Db, where: Sql): Promise<TextRow[]> =>
  db.query<TextRow>(sql`select ${textColumns} from storm_texts x where ${where} order by x.version desc`);

export const textsOf = (db: Db, stormId: string): Promise<TextRow[]> => texts(db, sql`x.storm_id = ${stormId}`);

/** Of each storm the newest version that is approved. */
export async function approvedTexts(db: Db, stormIds: readonly string[]): Promise<Map<string, TextRow>> {
  const rows = await texts(db, sql`x.storm_id = any(${stormIds}::uuid[]) and x.approved_at is not null`);
  return new Map(rows.toReversed().map((row) => [row.stormId, row]));
}

export const insertText = (
  db: Db,
  { stormId, de, en, by, at }: { stormId: string; de: string; en: string; by: string; at: Date },
): Promise<TextRow> =>
  db.one<TextRow>(sql`insert into storm_texts as x (storm_id, version, text_de, text_en, written_by, written_at)
    select ${stormId}, coalesce(max(o.version), 0) + 1, ${de}, ${en}, ${by}::uuid, ${at}::timestamptz from storm_texts o where o.storm_id = ${stormId}
    returning ${textColumns}`);

/** Undefined when it is approved already. */
export const approve = (
  db: Db,
  { stormId, version, by, at }: { stormId: string; version: number; by: string; at: Date },
): Promise<TextRow | undefined> =>
  db.maybe<TextRow>(sql`update storm_texts x set approved_by = ${by}, approved_at = ${at}
    where x.storm_id = ${stormId} and x.version = ${version} and x.approved_at is null returning ${textColumns}`);

export const presentText = ({ version, textDe, textEn, writtenBy, writtenAt, approvedBy, approvedAt }: TextRow): StormText => ({
  version,
  text: { de: textDe, en: textEn },
  writtenBy,
  writtenAt: writtenAt.toISOString(),
  approvedBy,
  approvedAt: approvedAt?.toISOString() ?? null,
});

export const presentStorm = (row: StormRow): Storm => ({
  id: row.id,
  version: row.version,
  title: row.title,
  ownerId: row.ownerId,
  about: { match: row.match, topicId: row.topicId, words: row.words, queueId: row.queueId },
  from: row.from.toISOString(),
  endsExpectedAt: row.endsExpectedAt?.toISOString() ?? null,
  benefit: row.benefit,
  restingQueueIds: row.restingQueueIds,
  secondsPerAnswer: row.secondsPerAnswer,
  declaredBy: row.declaredBy,
  declaredAt: row.declaredAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  reviewDueOn: row.reviewDueOn,
  review:
    row.reviewedAt && row.cause && row.measure && row.measureOwnerId && row.measureDueOn
      ? {
          cause: row.cause,
          measure: row.measure,
          ownerId: row.measureOwnerId,
          dueOn: row.measureDueOn,
          reviewedAt: row.reviewedAt.toISOString(),
        }
      : null,
});
