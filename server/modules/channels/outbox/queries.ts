import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

export type OutboxState = 'held' | 'scheduled' | 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'uncertain' | 'cancelled';

export interface Problem {
  code: string;
  text: string;
  permanence?: 'temporary' | 'permanent' | 'reauthorise' | 'unknown';
}

export interface OutboxRow {
  message_id: string;
  conversation_id: string;
  account_id: string;
  state: OutboxState;
  due_at: Date;
  next_at: Date;
  attempts: number;
  fence: number;
  uncertain: boolean;
  platform_id: string | null;
  problem: Problem | null;
  /** Where it goes instead of to whom it was written, since nobody read it there. */
  detour: Detour | null;
  read_at: Date | null;
  at: Date;
}

export interface Detour {
  to: { name: string; address: string };
  subject: string;
}

const columns = sql`o.message_id, o.conversation_id, o.account_id, o.state, o.due_at, o.next_at, o.attempts, o.fence, o.uncertain, o.platform_id,
  o.problem, o.detour, o.read_at, o.at`;

/** Adds a row; a repeated one is left alone. */
export const insertOutbox = (
  db: Db,
  row: Pick<OutboxRow, 'message_id' | 'conversation_id' | 'account_id' | 'state' | 'due_at' | 'platform_id' | 'at'>,
): Promise<number> =>
  db.exec(sql`insert into outbox (message_id, conversation_id, account_id, state, due_at, next_at, platform_id, at, created_at)
    values (${row.message_id}, ${row.conversation_id}, ${row.account_id}, ${row.state}, ${row.due_at}, ${row.due_at}, ${row.platform_id}, ${row.at},
      ${row.at}) on conflict (message_id) do nothing`);

export const cancelOutbox = (db: Db, messageId: string, at: Date): Promise<number> =>
  db.exec(sql`update outbox set state = 'cancelled', at = ${at} where message_id = ${messageId} and state in ('held', 'scheduled', 'queued')
    and not uncertain`);

export const outboxByIds = (db: Db, messageIds: readonly string[]): Promise<OutboxRow[]> =>
  db.query<OutboxRow>(sql`select ${columns} from outbox o where o.message_id = any(${messageIds}::uuid[])`);

export const toSend = (now: Date): Sql =>
  sql`outbox where state in ('held', 'scheduled', 'queued', 'sending') and next_at <= ${now} order by next_at, message_id`;

/**
 * Takes due rows for sending: nobody else gets them until the lease ends. A row found in state `sending` was left by a sender that died; when that had begun
 * to hand it over, nobody knows whether it went out.
 */
export const claimDue = (db: Db, q: { now: Date; leaseUntil: Date; limit: number }): Promise<OutboxRow[]> =>
  db.query<OutboxRow>(sql`with due as (select message_id, state from ${toSend(q.now)} limit ${q.limit} for update skip locked)
    update outbox o set state = 'sending', fence = o.fence + 1, attempts = o.attempts + 1, attempted_at = ${q.now}, next_at = ${q.leaseUntil},
      uncertain = o.uncertain or (due.state = 'sending' and o.begun_at is not null), begun_at = null, at = ${q.now}
    from due where o.message_id = due.message_id returning ${columns}`);

/** How many attempts an account made since. */
export const attemptsSince = (db: Db, accountIds: readonly string[], since: Date): Promise<{ account_id: string; count: number }[]> =>
  db.query(
    sql`select account_id, count(*)::int as count from outbox where account_id = any(${accountIds}::uuid[]) and attempted_at > ${since} group by 1`,
  );

/** Gives claimed rows back untouched, for later. */
export const giveBack = (db: Db, messageIds: readonly string[], nextAt: Date): Promise<number> =>
  db.exec(sql`update outbox set state = 'queued', attempts = attempts - 1, attempted_at = null, next_at = ${nextAt}
    where message_id = any(${messageIds}::uuid[]) and state = 'sending'`);

/** Writes down that the service may have the message from here on; false when another sender has the row by now. */
export const markBegun = async (db: Db, row: Pick<OutboxRow, 'message_id' | 'fence'>, now: Date): Promise<boolean> =>
  (await db.exec(
    sql`update outbox set begun_at = ${now} where message_id = ${row.message_id} and fence = ${row.fence} and state = 'sending'`,
  )) === 1;

export interface Outcome {
  state: 'sent' | 'delivered' | 'failed' | 'uncertain' | 'queued';
  nextAt: Date | null;
  uncertain: boolean;
  platformId: string | null;
  reply: string | null;
  problem: Problem | null;
  /** When it is looked at whether anybody has read it; null: never. */
  unreadAt: Date | null;
  at: Date;
}

/** Records an attempt's outcome; false when another sender has the row by now. */
export async function recordOutcome(db: Db, row: Pick<OutboxRow, 'message_id' | 'fence'>, outcome: Outcome): Promise<boolean> {
  const touched =
    await db.exec(sql`update outbox set state = ${outcome.state}, next_at = coalesce(${outcome.nextAt}, next_at), uncertain = ${outcome.uncertain},
      platform_id = coalesce(${outcome.platformId}::text, platform_id), reply = ${outcome.reply}, unread_at = ${outcome.unreadAt},
      problem = ${outcome.problem ? sql.json(outcome.problem) : sql`null`}, at = ${outcome.at}
    where message_id = ${row.message_id} and fence = ${row.fence} and state = 'sending'`);
  return touched === 1;
}

export const unreadDue = (now: Date): Sql =>
  sql`outbox where unread_at <= ${now} and read_at is null and state in ('sent', 'delivered') order by unread_at, message_id`;

/** Messages that nobody has read in their time; nobody else gets them before `until`. */
export const claimUnread = (db: Db, q: { now: Date; until: Date; limit: number }): Promise<OutboxRow[]> =>
  db.query<OutboxRow>(sql`with due as (select message_id from ${unreadDue(q.now)} limit ${q.limit} for update skip locked)
    update outbox o set unread_at = ${q.until} from due where o.message_id = due.message_id returning ${columns}`);

/** When it is looked at again; null: not any more. */
export const settleUnread = (db: Db, row: Pick<OutboxRow, 'message_id'>, until: Date, again: Date | null): Promise<number> =>
  db.exec(sql`update outbox set unread_at = ${again} where message_id = ${row.message_id} and unread_at = ${until}`);

/** Gives it to another account, to begin from the start under its rules; false when it was read or taken meanwhile. */
export async function sendElsewhere(
  db: Db,
  row: Pick<OutboxRow, 'message_id' | 'fence'>,
  until: Date,
  to: { accountId: string; platformId: string | null; detour: Detour; now: Date },
): Promise<boolean> {
  const touched =
    await db.exec(sql`update outbox set account_id = ${to.accountId}, platform_id = ${to.platformId}, detour = ${sql.json(to.detour)},
      state = 'queued', unread_at = null, attempts = 0, uncertain = false, begun_at = null, reply = null, problem = null,
      due_at = ${to.now}, next_at = ${to.now}, at = ${to.now}
    where message_id = ${row.message_id} and fence = ${row.fence} and state in ('sent', 'delivered') and read_at is null and unread_at = ${until}`);
  return touched === 1;
}

/** Messages that waited for an account's access: due again. */
export const wakeAccount = (db: Db, accountId: string, now: Date): Promise<number> =>
  db.exec(sql`update outbox set next_at = ${now} where account_id = ${accountId} and state = 'queued' and next_at > ${now}
    and problem->>'permanence' = 'reauthorise'`);

/** A failed one, or one that was perhaps sent, once more, because a person wants it. */
export const requeue = (db: Db, messageId: string, now: Date): Promise<number> =>
  db.exec(sql`update outbox set state = 'queued', uncertain = false, problem = null, attempts = 0, due_at = ${now}, next_at = ${now}, at = ${now}
    where message_id = ${messageId} and state in ('failed', 'uncertain')`);

/** What was perhaps sent stays so: a person has seen it, and nothing more is to be done. */
export const settleUncertain = (db: Db, messageId: string): Promise<number> =>
  db.exec(sql`update outbox set problem = null where message_id = ${messageId} and state = 'uncertain' and problem is not null`);

/** Our messages that receipts speak of. */
export const outboxByPlatformIds = (db: Db, keys: readonly { accountId: string; platformId: string }[]): Promise<OutboxRow[]> =>
  db.query<OutboxRow>(sql`select ${columns} from unnest(${keys.map((k) => k.accountId)}::uuid[], ${keys.map((k) => k.platformId)}::text[]) as k (account_id, platform_id)
    join outbox o on o.account_id = k.account_id and o.platform_id = k.platform_id order by o.message_id for update of o`);

export const recordReceipt = (
  db: Db,
  messageId: string,
  change: { state?: 'delivered' | 'failed'; problem: Problem | null; readAt: Date | null; at: Date },
): Promise<number> =>
  db.exec(sql`update outbox set state = coalesce(${change.state ?? null}, state), problem = ${change.problem ? sql.json(change.problem) : sql`problem`},
    read_at = coalesce(read_at, ${change.readAt}), at = ${change.at} where message_id = ${messageId}`);

export async function countOutbox(db: Db, now: Date): Promise<{ failed: number; waiting: number; late_seconds: number }> {
  return db.one(sql`select (select count(*) from outbox where state = 'failed' and at > ${new Date(now.getTime() - 86_400_000)})::int as failed,
    (select count(*) from outbox where state in ('held', 'scheduled', 'queued', 'sending'))::int as waiting,
    coalesce((select extract(epoch from ${now}::timestamptz - min(next_at)) from outbox
      where state in ('held', 'scheduled', 'queued', 'sending') and next_at < ${now}), 0)::int as late_seconds`);
}
