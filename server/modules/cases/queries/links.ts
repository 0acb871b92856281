import { type Db, sql } from '../../../platform/database/sql.ts';
import type { Answers } from '../../conversations/index.ts';
import { type LinkRow, linkColumns, notRestricted } from './rows.ts';

export const linksOf = (db: Db, caseIds: readonly string[]): Promise<LinkRow[]> =>
  db.query<LinkRow>(
    sql`select ${linkColumns} from case_conversations l where l.case_id = any(${caseIds}::uuid[]) order by l.activity_at, l.conversation_id`,
  );

export interface NewLink {
  conversationId: string;
  caseId: string;
  teamId: string | null;
  state: string;
  at: Date;
}

/** Ties conversations to cases; one that is tied already keeps its tie. Returns those newly tied. */
export async function insertLinks(db: Db, links: readonly NewLink[]): Promise<Set<string>> {
  const rows = await db.query<{
    id: string;
  }>(sql`insert into case_conversations (conversation_id, case_id, team_id, state, state_at, activity_at)
    select "conversationId", "caseId", "teamId", state, at, at
    from jsonb_to_recordset(${sql.json(links)}) as n("conversationId" uuid, "caseId" uuid, "teamId" uuid, state text, at timestamptz)
    on conflict do nothing returning conversation_id as id`);
  return new Set(rows.map((row) => row.id));
}

/** What a batch of events says about one conversation. Null: nothing new. */
export interface LinkDelta {
  conversationId: string;
  contacts: number;
  teamId: string | null;
  state: string | null;
  stateAt: Date | null;
  silenceDueAt: Date | null;
  firstAnswerAt: Date | null;
  lastAnswerAt: Date | null;
  lastAnswerId: string | null;
  lastAnswerBy: string | null;
  lastHandlerId: string | null;
  handledAt: Date | null;
  activityAt: Date | null;
}

/** Applies deltas; returns the conversations and cases they hit. Locks rows in the order of their ids. */
export const applyDeltas = (db: Db, deltas: readonly LinkDelta[]): Promise<{ conversationId: string; caseId: string }[]> =>
  db.query(sql`update case_conversations l set
      contacts = l.contacts + d.contacts,
      team_id = coalesce(d."teamId", l.team_id),
      state = coalesce(d.state, l.state),
      state_at = coalesce(d."stateAt", l.state_at),
      silence_due_at = case when d.state is null then l.silence_due_at else d."silenceDueAt" end,
      reminders = case when d.state is null then l.reminders else 0 end,
      first_answer_at = coalesce(l.first_answer_at, d."firstAnswerAt"),
      last_answer_at = coalesce(d."lastAnswerAt", l.last_answer_at),
      last_answer_id = coalesce(d."lastAnswerId", l.last_answer_id),
      last_answer_by = coalesce(d."lastAnswerBy", l.last_answer_by),
      last_handler_id = coalesce(d."lastHandlerId", l.last_handler_id),
      handled_at = coalesce(d."handledAt", l.handled_at),
      activity_at = greatest(l.activity_at, d."activityAt")
    from (select d.* from jsonb_to_recordset(${sql.json(deltas)}) as d("conversationId" uuid, contacts int, "teamId" uuid, state text, "stateAt" timestamptz,
        "silenceDueAt" timestamptz, "firstAnswerAt" timestamptz, "lastAnswerAt" timestamptz, "lastAnswerId" uuid, "lastAnswerBy" uuid,
        "lastHandlerId" uuid, "handledAt" timestamptz, "activityAt" timestamptz)
      join case_conversations held on held.conversation_id = d."conversationId" order by 1 for no key update of held) d
    where l.conversation_id = d."conversationId"
    returning l.conversation_id as "conversationId", l.case_id as "caseId"`);

/** Of what was had in hand before this, says the day and no longer the instant: with the person beside it, that would be a record of a step of work (decision 24). */
export const blurHandling = (db: Db, before: Date): Promise<unknown> =>
  db.exec(sql`update case_conversations set handled_at = date_trunc('day', handled_at)
    where handled_at < ${before} and handled_at <> date_trunc('day', handled_at)`);

/** Says anew which answers a conversation has had. */
export const setAnswers = (db: Db, answers: readonly Answers[]): Promise<{ conversationId: string; caseId: string }[]> =>
  db.query(sql`update case_conversations l set first_answer_at = a."firstAt", last_answer_at = a."lastAt", last_answer_id = a."lastId", last_answer_by = a."lastBy"
    from jsonb_to_recordset(${sql.json(answers)}) as a("conversationId" uuid, "firstAt" timestamptz, "lastAt" timestamptz, "lastId" uuid, "lastBy" uuid)
    where l.conversation_id = a."conversationId" returning l.conversation_id as "conversationId", l.case_id as "caseId"`);

export const moveLinks = (db: Db, conversationIds: readonly string[], caseId: string): Promise<number> =>
  db.exec(sql`update case_conversations set case_id = ${caseId} where conversation_id = any(${conversationIds}::uuid[])`);

/** Which cases these conversations belong to. */
export async function casesOfConversations(db: Db, conversationIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; caseId: string }>(
    sql`select conversation_id as id, case_id as "caseId" from case_conversations where conversation_id = any(${conversationIds}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.caseId]));
}

/** What is owed per case: a commitment broken, or open and not carried over a resolution. */
export async function owingCases(db: Db, caseIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(sql`select distinct case_id as id from statements
    where case_id = any(${caseIds}::uuid[]) and kind = 'commitment' and (state = 'broken' or (state = 'open' and not carried))`);
  return new Set(rows.map((row) => row.id));
}

/**
 * Cases a new conversation may continue: by the conversation it relates to, or by a case number in its subject; the case of a merged one is its
 * survivor's. Best first. Whether they are the same customer's is for the caller to judge.
 */
export const continuedCases = (
  db: Db,
  wanted: readonly { conversationId: string; relatedId: string | null; numbers: string[] }[],
): Promise<{ conversationId: string; caseId: string; customerId: string }[]> =>
  db.query(sql`with recursive wanted as (
      select * from jsonb_to_recordset(${sql.json(wanted)}) as w("conversationId" uuid, "relatedId" uuid, numbers text[])),
    found as (
      select w."conversationId", k.id, k.merged_into, k.customer_id, 1 as rank
        from wanted w join case_conversations l on l.conversation_id = w."relatedId" join cases k on k.id = l.case_id
      union all
      select w."conversationId", k.id, k.merged_into, k.customer_id, 2 from wanted w join cases k on k.number = any(w.numbers)),
    chain as (
      select * from found
      union all
      select chain."conversationId", k.id, k.merged_into, k.customer_id, chain.rank from cases k join chain on k.id = chain.merged_into)
    select "conversationId", id as "caseId", customer_id as "customerId" from chain where merged_into is null order by rank, id desc`);

export interface SilentLink {
  conversationId: string;
  caseId: string;
  stateAt: Date;
  reminders: number;
}

/** Conversations whose customer has been silent for so long that something is due; taken by one worker only. */
export const takeSilent = (db: Db, now: Date, limit: number): Promise<SilentLink[]> =>
  db.query(sql`select conversation_id as "conversationId", case_id as "caseId", state_at as "stateAt", reminders from case_conversations l
    where silence_due_at <= ${now} and ${notRestricted(sql`l.case_id`)} order by silence_due_at limit ${limit} for no key update of l skip locked`);

export const setSilence = (db: Db, conversationId: string, reminders: number, dueAt: Date | null): Promise<number> =>
  db.exec(sql`update case_conversations set reminders = ${reminders}, silence_due_at = ${dueAt} where conversation_id = ${conversationId}`);

/** Tells the links what this transaction itself did to conversations, so that the case need not wait for the events. */
export const noteStates = (db: Db, rows: readonly { id: string; state: string }[], at: Date): Promise<number> =>
  db.exec(sql`update case_conversations l set state = n.state, state_at = ${at}, silence_due_at = null, reminders = 0
    from jsonb_to_recordset(${sql.json(rows.map(({ id, state }) => ({ id, state })))}) as n(id uuid, state text) where l.conversation_id = n.id`);

/** Conversations under the cases with these numbers; a merged case's number stands for its survivor's. */
export async function conversationsByNumber(db: Db, numbers: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<{ number: string; id: string }>(sql`with recursive chain as (
      select number, id, merged_into from cases where number = any(${numbers}::text[])
      union all select chain.number, k.id, k.merged_into from cases k join chain on k.id = chain.merged_into)
    select chain.number, l.conversation_id as id from chain join case_conversations l on l.case_id = chain.id
    where chain.merged_into is null order by l.activity_at desc`);
  return new Map([...Map.groupBy(rows, (row) => row.number)].map(([number, found]) => [number, found.map((row) => row.id)]));
}
