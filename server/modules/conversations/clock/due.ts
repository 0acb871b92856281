import type { AnswerClock } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { isOpen } from '../conversation.ts';
import type { ConversationRow } from '../rows.ts';

/** What decides when an answer is due. */
export type Wait = Pick<ConversationRow, 'channel' | 'visibility' | 'teamId' | 'priority'> & {
  since: Date;
  /** Whether nobody of us has ever answered here. */
  isFirst: boolean;
};

/** Which wait it is, of a conversation that has been answered before or not. */
export const clockOf = (isFirst: boolean): AnswerClock => (isFirst ? 'first_answer' : 'next_answer');

/** When an answer is due, and when it is near enough for somebody to be told. */
export interface Due {
  warnAt: Date;
  at: Date;
}

/** Looked up once, then asked for as many waits as one likes; null for what has no service level. */
export type DuesNow = (wait: Wait) => Due | null;

let provider: (ctx: Ctx) => Promise<DuesNow> = async () => () => null;

/** The room that knows service levels says, once, when it is loaded, how due times are found. */
export function provideDues(fn: typeof provider): void {
  provider = fn;
}

export const duesNow = (ctx: Ctx): Promise<DuesNow> => provider(ctx);

/** The part of a row that follows from since when the customer waits. `alarmAt`: when somebody is to be told next. */
export type Timed = Pick<ConversationRow, 'dueAt' | 'warnAt' | 'alarmAt'>;

/** What `timed` needs of a row. */
export type TimedRow = Timed &
  Pick<ConversationRow, 'id' | 'version' | 'state' | 'channel' | 'visibility' | 'teamId' | 'priority' | 'waitingSince' | 'firstAnswerAt'>;

/** An alarm that has rung does not ring again unless its time has moved. */
export function timed(row: TimedRow, dues: DuesNow, now: Date): Timed {
  const { waitingSince: since, firstAnswerAt } = row;
  const due = since && isOpen(row.state) ? dues({ ...row, since, isFirst: firstAnswerAt === null }) : null;
  if (!due) return { dueAt: null, warnAt: null, alarmAt: null };
  // What is due already when its time moves rings once, for the worse of the two.
  const moved = { dueAt: due.at, warnAt: due.warnAt, alarmAt: due.at <= now ? due.at : due.warnAt };
  return isSame(moved, row) ? { ...moved, alarmAt: row.alarmAt } : moved;
}

/** Nobody waits any more: assignments. */
export const nobodyWaits: Sql = sql`waiting_since = null, due_at = null, warn_at = null, alarm_at = null`;

/** The rows with their due times as they are now, written where they moved; in the transaction that changed the rows, whose versions have grown already. */
export async function keepTime(ctx: Ctx, rows: readonly ConversationRow[]): Promise<ConversationRow[]> {
  const dues = rows.some((row) => row.waitingSince) ? await duesNow(ctx) : () => null;
  const kept = rows.map((row) => ({ ...row, ...timed(row, dues, ctx.now) }));
  await writeTimes(
    ctx,
    kept.filter((row, n) => !isSame(row, rows[n])),
    0,
  );
  return kept;
}

/** Writes times into rows that are still as they were seen, growing their versions by so much; returns how many were. */
export async function writeTimes(ctx: Ctx, moved: readonly TimedRow[], growth: 0 | 1): Promise<number> {
  if (moved.length === 0) return 0;
  const times = moved.map(({ id, version, dueAt, warnAt, alarmAt }) => ({ id, version, due: dueAt, warn: warnAt, alarm: alarmAt }));
  return ctx.db.exec(sql`update conversations c set due_at = r.due, warn_at = r.warn, alarm_at = r.alarm, version = c.version + ${growth}::int
    from jsonb_to_recordset(${sql.json(times)}) as r(id uuid, version int, due timestamptz, warn timestamptz, alarm timestamptz)
    where c.id = r.id and c.version = r.version`);
}

export const isSame = (a: Timed, b: Timed | undefined): boolean =>
  a.dueAt?.getTime() === b?.dueAt?.getTime() && a.warnAt?.getTime() === b?.warnAt?.getTime();
