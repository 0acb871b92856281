import { type ConversationState, conversationState, type ViewFilter } from '../../../../contract/conversations.ts';
import { type Actor, teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { displayNameOf } from '../../customers/index.ts';
import { listTeamIds } from '../../workspace/index.ts';
import { priorityLevel } from '../conversation.ts';

export type Sort = 'due' | 'waiting_longest' | 'newest' | 'oldest' | 'priority';

export interface ListQuery {
  filter: ViewFilter;
  sort: Sort;
  limit: number;
  cursor?: string | undefined;
  teamId?: string | undefined;
  /** Only what waits for somebody to take it, of teams whose work the caller may take. */
  isFree?: boolean;
  /** Nothing of these queues. */
  closedQueues?: readonly string[];
  /** Of these queues only what is near due. */
  restingQueues?: readonly string[];
}

/** What each built-in view holds. A filter here and a saved one are the same thing. */
export const builtIn: Record<string, { filter: ViewFilter; sort: Sort; name: string }> = {
  mine: { name: 'mine', sort: 'due', filter: { assignee: 'me', snoozed: false } },
  unassigned: { name: 'unassigned', sort: 'due', filter: { states: ['new', 'queued'], assignee: 'nobody', snoozed: false } },
  open: { name: 'open', sort: 'due', filter: { snoozed: false } },
  waiting: { name: 'waiting', sort: 'newest', filter: { states: ['waiting_customer', 'waiting_internal', 'waiting_third_party'] } },
  snoozed: { name: 'snoozed', sort: 'newest', filter: { snoozed: true } },
  resolved: { name: 'resolved', sort: 'newest', filter: { states: ['resolved', 'closed'] } },
  spam: { name: 'spam', sort: 'newest', filter: { states: ['spam'] } },
  mentions: { name: 'mentions', sort: 'newest', filter: {} },
};

/** A place in a list: which conversation, as of when, and its customer's name; null when nobody may see that any more. The rest is `page.ts`'s. */
export interface Listed {
  id: string;
  version: number;
  customerName: string | null;
}

/** With what it is ordered by. */
type Placed = Listed & { lastMessageAt: Date; dueAt: Date | null; waitingSince: Date | null; priority: number };

const doneStates: readonly ConversationState[] = ['resolved', 'closed', 'spam', 'merged'];

/**
 * One page of conversations. Each team's part comes from an index in the order wanted and stops after a page, so the cost
 * grows with the page and the number of teams, not with the archive.
 */
export async function listConversations(ctx: Ctx, query: ListQuery): Promise<{ page: Listed[]; nextCursor: string | null }> {
  const order = orders[query.sort];
  const after = query.cursor ? readCursor(query.cursor, query.sort) : undefined;
  const conditions = [
    ...conditionsOf(query.filter, ctx),
    ...(query.isFree ? [isFree(ctx)] : []),
    ...notIn(query.closedQueues),
    ...notResting(query.restingQueues ?? [], ctx),
    ...(after ? [order.after(after)] : []),
  ];
  const halves = halvesOf(query.filter).map(({ condition }) => sql.join([condition, ...conditions], sql` and `));
  const take = query.limit + 1;
  const read = query.filter.assignee === 'me' ? mine : ofTeams;
  const rows = halves.length === 0 ? [] : await read(ctx, query, halves, order, take);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > query.limit && last ? writeCursor(query.sort, order.key(last), last.id) : null };
}

async function ofTeams(ctx: Ctx, query: ListQuery, halves: Sql[], order: Order, take: number): Promise<Placed[]> {
  const within = teamsWithin(ctx.actor, query.isFree ? 'claim' : 'read_case');
  const allowed = within === 'all' ? await listTeamIds(ctx.db) : within;
  const teams = query.teamId
    ? allowed.filter((id) => id === query.teamId)
    : (query.filter.teamIds?.filter((id) => allowed.includes(id)) ?? allowed);
  if (teams.length === 0) return [];
  // Each part comes in order from the index, so they are merged row by row until the page is full. With the limit as a number the planner sees that,
  // and keeps its plan; as a parameter it would plan all parts anew each time, which takes longer than reading them.
  const limit = sql.raw(String(Math.trunc(take)));
  const parts = teams.flatMap((id) =>
    halves.map(
      (where) =>
        sql`(select ${placeColumns}, ${order.columns} from conversations c where c.team_id = ${id} and ${where} order by ${order.by} limit ${limit})`,
    ),
  );
  return named(ctx, sql`select * from (${sql.join(parts, sql` union all `)}) c order by ${order.outer} limit ${limit}`, order);
}

/** One's own work wherever it lies: assigned to one, or held by one. */
function mine(ctx: Ctx, query: ListQuery, halves: Sql[], order: Order, take: number): Promise<Placed[]> {
  const own = sql`select ${placeColumns}, ${order.columns} from conversations c
    where ${isOwn(ctx.actor, query.teamId ? [query.teamId] : query.filter.teamIds)} and (${sql.join(halves, sql` or `)}) order by ${order.by} limit ${take}`;
  return named(ctx, own, order);
}

const isOwn = ({ id }: Actor, teamIds?: readonly string[]): Sql =>
  sql`(c.assignee_id = ${id} or c.claimed_by = ${id}) and ${teamIds ? sql`c.team_id::text = any(${teamIds}::text[])` : sql`true`}`;

const placeColumns = sql`c.id, c.version, c.customer_root_id as "customerId"`;

const named = (ctx: Ctx, page: Sql, order: Order): Promise<Placed[]> =>
  ctx.db.query<Placed>(sql`select c.*, ${displayNameOf(sql`c."customerId"`)} as "customerName" from (${page}) c order by ${order.outer}`);

/** More of a team than this is more than anybody works through; a count then says "at least". */
export const mostCounted = 1_000;
/** Of a team's archive, a count of something in it looks at so many of the newest. */
const mostLookedAt = 2_000;

/** How many a team has; `atLeast` when there may be more. */
export interface Counted {
  n: number;
  atLeast: boolean;
}

/** How many conversations of each team a filter holds. The cost grows with what is counted, at most `mostCounted` a team, not with the archive. */
export async function countByTeam(db: Db, filter: ViewFilter, now: Date): Promise<Map<string, Counted>> {
  const rest = sql.join(conditionsOf(filter, { now }), sql` and `);
  const most = sql.raw(String(mostCounted));
  const looked = sql.raw(String(mostLookedAt));
  const teams = (await listTeamIds(db)).filter((id) => filter.teamIds?.includes(id) ?? true);
  const counts = new Map<string, Counted>();
  for (const { condition, isArchive, isDone } of halvesOf(filter)) {
    // In the order of the index of spam: without one a team that has none would have everything looked through.
    const order = isDone ? sql`order by c.last_message_at desc, c.id desc` : sql.empty;
    // The archive has an index by time only, so whatever is wanted of it is looked for among the newest.
    const found = isArchive
      ? sql`select count(*) filter (where ${condition} and ${rest}) as n, count(*) = ${looked} as "atLeast" from (select * from conversations a
          where a.team_id = t.id and not a.is_open order by a.last_message_at desc, a.id desc limit ${looked}) c`
      : sql`select count(*) as n, count(*) = ${most} as "atLeast" from (select from conversations c
          where c.team_id = t.id and ${condition} and ${rest} ${order} limit ${most}) c`;
    const rows = await db.query<Counted & { teamId: string }>(
      sql`select t.id as "teamId", f.n, f."atLeast" from unnest(${teams}::uuid[]) t (id) cross join lateral (${found}) f
        where f.n > 0 or f."atLeast"`,
    );
    for (const { teamId, n, atLeast } of rows) {
      const before = counts.get(teamId);
      counts.set(teamId, { n: n + (before?.n ?? 0), atLeast: atLeast || (before?.atLeast ?? false) });
    }
  }
  return counts;
}

/** How many of one's own a filter holds; null where that takes looking through the archive, which has no index by person. */
export async function countOwn({ db, actor, now }: Pick<Ctx, 'db' | 'actor' | 'now'>, filter: ViewFilter): Promise<Counted | null> {
  const [half, ...others] = halvesOf(filter);
  if (!half) return { n: 0, atLeast: false };
  if (others.length > 0 || half.isDone) return null;
  const { n } = await db.one<{ n: number }>(sql`select count(*) as n from (select from conversations c
    where ${isOwn(actor, filter.teamIds)} and ${sql.join([half.condition, ...conditionsOf(filter, { now })], sql` and `)} limit ${mostCounted}) own`);
  return { n, atLeast: n === mostCounted };
}

/**
 * What is open and what is done lie in different indexes, so each is asked for by itself. Without states a filter holds what is open. Literally as in the
 * indexes' conditions, so that the planner can use them whatever the values.
 */
function halvesOf({ states }: ViewFilter): { condition: Sql; isDone: boolean; isArchive: boolean }[] {
  if (!states) return [{ condition: sql`c.is_open`, isDone: false, isArchive: false }];
  const among = (wanted: readonly ConversationState[]) => sql.join(wanted.map((state) => sql.raw(`'${state}'`)));
  const chosen = conversationState.options.filter((state) => states.includes(state));
  const open = chosen.filter((state) => !doneStates.includes(state));
  const done = chosen.filter((state) => doneStates.includes(state));
  const onlySpam = done.every((state) => state === 'spam');
  return [
    ...(open.length > 0 ? [{ condition: sql`c.is_open and c.state in (${among(open)})`, isDone: false, isArchive: false }] : []),
    ...(done.length > 0 ? [{ condition: sql`not c.is_open and c.state in (${among(done)})`, isDone: true, isArchive: !onlySpam }] : []),
  ];
}

function conditionsOf(filter: ViewFilter, ctx: { now: Date }): Sql[] {
  const conditions: Sql[] = [];
  if (filter.assignee === 'nobody') conditions.push(sql`c.assignee_id is null`);
  if (filter.assignee === 'anybody') conditions.push(sql`c.assignee_id is not null`);
  if (filter.queueIds) conditions.push(sql`c.queue_id::text = any(${filter.queueIds}::text[])`);
  if (filter.channels) conditions.push(sql`c.channel = any(${filter.channels}::text[])`);
  if (filter.tags) conditions.push(sql`c.tags && ${filter.tags}::text[]`);
  if (filter.priorities) conditions.push(sql`c.priority = any(${filter.priorities.map(priorityLevel)}::smallint[])`);
  if (filter.snoozed === true) conditions.push(sql`c.snoozed_until > ${ctx.now}`);
  if (filter.snoozed === false) conditions.push(sql`(c.snoozed_until is null or c.snoozed_until <= ${ctx.now})`);
  if (filter.claimed === true) conditions.push(sql`c.claim_until > ${ctx.now}`);
  if (filter.claimed === false) conditions.push(sql`(c.claim_until is null or c.claim_until <= ${ctx.now})`);
  if (filter.waitingHours !== undefined)
    conditions.push(sql`c.waiting_since < ${new Date(ctx.now.getTime() - filter.waitingHours * 3_600_000)}`);
  if (conditions.length === 0) conditions.push(sql`true`);
  return conditions;
}

const notIn = (queues: readonly string[] = []): Sql[] =>
  queues.length === 0 ? [] : [sql`(c.queue_id is null or c.queue_id <> all(${queues}::uuid[]))`];

const notResting = (queues: readonly string[], { now }: { now: Date }): Sql[] =>
  queues.length === 0 ? [] : [sql`(c.queue_id is null or c.queue_id <> all(${queues}::uuid[]) or c.warn_at <= ${now})`];

const isFree = ({ now }: { now: Date }): Sql =>
  sql`c.state in ('new', 'queued') and (c.claim_until is null or c.claim_until <= ${now}) and (c.snoozed_until is null or c.snoozed_until <= ${now})`;

interface Order {
  columns: Sql;
  by: Sql;
  /** The same over the joined parts, whose columns have their names in code. */
  outer: Sql;
  after(cursor: { key: string; id: string }): Sql;
  key(row: Placed): string;
}

// A row in which nobody waits, or nothing is due, comes last; in the cursor a word stands for that.
const none = 'none';
function afterWithNone(column: Sql): Order['after'] {
  return ({ key, id }) =>
    key === none
      ? sql`${column} is null and c.id > ${id}::uuid`
      : sql`((${column}, c.id) > (${key}::timestamptz, ${id}::uuid) or ${column} is null)`;
}

const orders: Record<Sort, Order> = {
  newest: {
    columns: sql`c.last_message_at as "lastMessageAt"`,
    by: sql`c.last_message_at desc, c.id desc`,
    outer: sql`c."lastMessageAt" desc, c.id desc`,
    after: ({ key, id }) => sql`(c.last_message_at, c.id) < (${key}::timestamptz, ${id}::uuid)`,
    key: (row) => row.lastMessageAt.toISOString(),
  },
  oldest: {
    columns: sql`c.last_message_at as "lastMessageAt"`,
    by: sql`c.last_message_at, c.id`,
    outer: sql`c."lastMessageAt", c.id`,
    after: ({ key, id }) => sql`(c.last_message_at, c.id) > (${key}::timestamptz, ${id}::uuid)`,
    key: (row) => row.lastMessageAt.toISOString(),
  },
  due: {
    columns: sql`c.due_at as "dueAt"`,
    by: sql`c.due_at nulls last, c.id`,
    outer: sql`c."dueAt" nulls last, c.id`,
    after: afterWithNone(sql`c.due_at`),
    key: (row) => row.dueAt?.toISOString() ?? none,
  },
  waiting_longest: {
    columns: sql`c.waiting_since as "waitingSince"`,
    by: sql`c.waiting_since nulls last, c.id`,
    outer: sql`c."waitingSince" nulls last, c.id`,
    after: afterWithNone(sql`c.waiting_since`),
    key: (row) => row.waitingSince?.toISOString() ?? none,
  },
  priority: {
    columns: sql`c.priority, c.last_message_at as "lastMessageAt"`,
    by: sql`c.priority desc, c.last_message_at desc, c.id desc`,
    outer: sql`c.priority desc, c."lastMessageAt" desc, c.id desc`,
    after: ({ key, id }) => {
      const [level = '1', at = ''] = key.split(' ');
      return sql`(c.priority, c.last_message_at, c.id) < (${Number(level)}::smallint, ${at}::timestamptz, ${id}::uuid)`;
    },
    key: (row) => `${row.priority} ${row.lastMessageAt.toISOString()}`,
  },
};

const writeCursor = (sort: Sort, key: string, id: string): string => Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');

function readCursor(text: string, sort: Sort): { key: string; id: string } {
  try {
    const [found, key, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    const instantPart = sort === 'priority' ? String(key).split(' ')[1] : String(key);
    const readable = key === none || !Number.isNaN(Date.parse(instantPart ?? ''));
    if (found === sort && typeof key === 'string' && readable && /^[0-9a-f-]{36}$/.test(String(id))) return { key, id: String(id) };
  } catch {
    // Told below like every other unreadable cursor.
  }
  throw core('core.cursor_invalid');
}
