import type { AnswerClock } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { isOpen } from '../conversation.ts';
import type { ConversationRow } from '../rows.ts';

/** What decides when an answer is due, and who can give it. */
export type Wait = Pick<ConversationRow, 'channel' | 'visibility' | 'teamId' | 'priority' | 'caseId' | 'customerId'> & {
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

/** When the answer is due, null where no service level says; and the queue the customer waits in, null where none fits. */
export interface Routed {
  due: Due | null;
  queueId: string | null;
}

/** Looked up once for some conversations, then asked for each wait of theirs. */
export type RoutingNow = (wait: Wait) => Routed;
type Whose = Pick<Wait, 'caseId' | 'customerId'>;

let provider: (ctx: Ctx, whose: readonly Whose[]) => Promise<RoutingNow> = async () => () => ({ due: null, queueId: null });

/** The room that knows service levels and queues says, once, when it is loaded, how both are found. */
export function provideRouting(fn: typeof provider): void {
  provider = fn;
}

export const routingNow: typeof provider = (ctx, whose) => provider(ctx, whose);

/** The part of a row that follows from since when the customer waits. `alarmAt`: when somebody is to be told next. */
export type Timed = Pick<ConversationRow, 'dueAt' | 'warnAt' | 'alarmAt' | 'queueId'>;

/** What `timed` needs of a row. */
export type TimedRow = Timed &
  Whose &
  Pick<ConversationRow, 'id' | 'version' | 'state' | 'channel' | 'visibility' | 'teamId' | 'priority' | 'waitingSince' | 'firstAnswerAt'>;

/** An alarm that has rung does not ring again unless its time has moved. */
export function timed(row: TimedRow, routing: RoutingNow, now: Date): Timed {
  const { waitingSince: since, firstAnswerAt } = row;
  const isWaiting = since !== null && isOpen(row.state);
  const { due, queueId } = isWaiting ? routing({ ...row, since, isFirst: firstAnswerAt === null }) : { due: null, queueId: row.queueId };
  if (!due) return { dueAt: null, warnAt: null, alarmAt: null, queueId };
  // What is due already when its time moves rings once, for the worse of the two.
  const moved = { dueAt: due.at, warnAt: due.warnAt, alarmAt: due.at <= now ? due.at : due.warnAt, queueId };
  return hasSameTimes(moved, row) ? { ...moved, alarmAt: row.alarmAt } : moved;
}

/** Nobody waits any more: assignments. */
export const nobodyWaits: Sql = sql`waiting_since = null, due_at = null, warn_at = null, alarm_at = null`;

/** The rows with their due times as they are now, written where they moved; in the transaction that changed the rows, whose versions have grown already. */
export async function keepTime(ctx: Ctx, rows: readonly ConversationRow[]): Promise<ConversationRow[]> {
  const waiting = rows.filter((row) => row.waitingSince);
  const routing: RoutingNow = waiting.length > 0 ? await routingNow(ctx, waiting) : () => ({ due: null, queueId: null });
  const kept = rows.map((row) => ({ ...row, ...timed(row, routing, ctx.now) }));
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
  const times = moved.map(({ id, version, dueAt, warnAt, alarmAt, queueId }) => ({
    id,
    version,
    due: dueAt,
    warn: warnAt,
    alarm: alarmAt,
    queue: queueId,
  }));
  return ctx.db.exec(sql`update conversations c set due_at = r.due, warn_at = r.warn, alarm_at = r.alarm, queue_id = r.queue, version = c.version + ${growth}::int
    from jsonb_to_recordset(${sql.json(times)}) as r(id uuid, version int, due timestamptz, warn timestamptz, alarm timestamptz, queue uuid)
    where c.id = r.id and c.version = r.version`);
}

const hasSameTimes = (a: Timed, b: Timed): boolean =>
  a.dueAt?.getTime() === b.dueAt?.getTime() && a.warnAt?.getTime() === b.warnAt?.getTime();

export const isSame = (a: Timed, b: Timed | undefined): boolean => b !== undefined && hasSameTimes(a, b) && a.queueId === b.queueId;
