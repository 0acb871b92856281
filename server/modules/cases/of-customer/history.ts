import type { HappeningKind } from '../../../../contract/cases.ts';
import type { EventType } from '../../../../contract/events.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import type { Event } from '../../../platform/events/event.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';

export interface HappeningRow {
  id: string;
  customerId: string;
  /** The case as it was then; it may count as another one by now. Null: of the customer alone. */
  caseId: string | null;
  what: HappeningKind;
  /** The statement, the hand-over, the other case, or the other customer. */
  aboutId: string | null;
  byId: string | null;
  at: Date;
}

type CaseEvent = { caseId: string; customerId: string };

/** What each event leaves behind for those who look back. */
const kept: Partial<Record<EventType, (data: never) => Pick<HappeningRow, 'what' | 'customerId' | 'caseId' | 'aboutId'>>> = {
  'cases.statement_made': aboutStatement('statement_made'),
  'cases.commitment_kept': aboutStatement('commitment_kept'),
  'cases.commitment_broken': aboutStatement('commitment_broken'),
  'cases.commitment_made_good': aboutStatement('commitment_made_good'),
  'cases.commitment_released': aboutStatement('commitment_released'),
  'cases.handover_briefed': aboutHandover('handover_briefed'),
  'cases.handover_accepted': aboutHandover('handover_accepted'),
  'cases.handover_declined': aboutHandover('handover_declined'),
  'cases.handover_timed_out': aboutHandover('handover_timed_out'),
  'cases.resolved': ({ caseId, customerId }: CaseEvent) => ({ what: 'resolved', caseId, customerId, aboutId: null }),
  'cases.merged': aboutMove('merged'),
  'cases.unmerged': aboutMove('unmerged'),
  'cases.split': aboutMove('split'),
  'cases.transferred': aboutMove('transferred'),
  'customers.merged': ({ customerId, intoId }: { customerId: string; intoId: string }) => ({
    what: 'customers_merged',
    caseId: null,
    customerId: intoId,
    aboutId: customerId,
  }),
  'customers.unmerged': ({ customerId, fromId }: { customerId: string; fromId: string }) => ({
    what: 'customers_unmerged',
    caseId: null,
    customerId: fromId,
    aboutId: customerId,
  }),
};

function aboutStatement(what: HappeningKind) {
  return ({ caseId, customerId, statementId }: CaseEvent & { statementId: string }) => ({ what, caseId, customerId, aboutId: statementId });
}

function aboutHandover(what: HappeningKind) {
  return ({ caseId, customerId, handoverId }: CaseEvent & { handoverId: string }) => ({ what, caseId, customerId, aboutId: handoverId });
}

function aboutMove(what: HappeningKind) {
  return ({ caseId, customerId, otherCaseId }: CaseEvent & { otherCaseId: string }) => ({ what, caseId, customerId, aboutId: otherCaseId });
}

/** Writes down what happened, under the event's id: an event heard twice leaves one line. */
export const keepHistory: Subscriber = {
  name: 'cases.keep_history',
  on: Object.keys(kept) as EventType[],
  handle: async (ctx: Ctx, events: Event[]) =>
    void (await insertHistory(
      ctx.db,
      events.flatMap(({ id, type, actorKind, actorId, at, data }) => {
        const line = kept[type]?.(data as never);
        return line ? [{ ...line, id, byId: actorKind === 'person' ? actorId : null, at }] : [];
      }),
    )),
};

/** What was told counts at the time it was told, which may have been before it was written down; a promise breaks at its time, whenever that is noticed. */
const insertHistory = (db: Db, rows: readonly HappeningRow[]): Promise<number> =>
  db.exec(sql`insert into case_history (id, customer_id, case_id, what, about_id, by_id, at)
    select n.id, n."customerId", n."caseId", n.what, n."aboutId", n."byId",
      case n.what when 'statement_made' then coalesce(s.said_at, n.at) when 'commitment_broken' then coalesce(s.broken_at, n.at) else n.at end
    from jsonb_to_recordset(${sql.json(rows)}) as n(id uuid, "customerId" uuid, "caseId" uuid, what text, "aboutId" uuid, "byId" uuid, at timestamptz)
      left join statements s on s.id = n."aboutId"
    on conflict (id) do nothing`);

export interface HistorySlice {
  limit: number;
  before: { at: Date; id: string } | undefined;
  /** Of these cases only. */
  caseIds?: readonly string[] | undefined;
}

const columns = sql`h.id, h.customer_id as "customerId", h.case_id as "caseId", h.what, h.about_id as "aboutId", h.by_id as "byId", h.at`;

/** The newest of these customers, or of some of their cases; each customer's and each case's lines are read from their index as far as the page goes. */
export const historyOf = (db: Db, customerIds: readonly string[], { limit, before, caseIds }: HistorySlice): Promise<HappeningRow[]> =>
  db.query<HappeningRow>(sql`select h.* from unnest(${caseIds ?? customerIds}::uuid[]) as wanted(id) cross join lateral (
      select ${columns} from case_history h where ${caseIds ? sql`h.case_id` : sql`h.customer_id`} = wanted.id
        ${before ? sql`and (h.at, h.id) < (${before.at}, ${before.id}::uuid)` : sql.empty}
      order by h.at desc, h.id desc limit ${limit}) h
    ${caseIds ? sql`where h."customerId" = any(${customerIds}::uuid[])` : sql.empty}
    order by h.at desc, h.id desc limit ${limit}`);
