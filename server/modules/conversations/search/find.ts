import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { type MessageRow, messageColumns } from '../rows.ts';

export interface Place {
  at: string;
  id: string;
}

export interface Wanted {
  match: Sql | null;
  take: number;
  before: Place | undefined;
  /** What the message `m` and its conversation `c` must be, the right to read them included. */
  conditions: Sql;
  /** Known to be in too many messages to sort them. */
  isCommon: boolean;
}

export interface Found {
  page: MessageRow[];
  /** Where to go on; null at the end. */
  next: Place | null;
}

/** So many of the newest messages are looked through first: common words are found there. */
const firstLook = 250;
/** With more matches than this a word is common: the newest are found faster by walking back in time than by sorting all of them. */
const mostSorted = 4_000;
/** One step of that walk. */
const stride = 10_000;
/** So many steps are walked for one page; whoever wants more asks again. */
const mostStrides = 20;
/** So many of the newest matches are weighed against each other: weighing reads a message's words. */
const mostWeighed = 500;

/** Which messages match, as far as the index of words can say without reading half the archive; null when they are too many. */
export async function matchesOf(ctx: Ctx, match: Sql, most = mostSorted): Promise<string[] | null> {
  const rows = await ctx.db.query<{ id: string }>(
    sql.unprepared(sql`select m.id from messages m where m.words @@ (${match}) limit ${most + 1}`),
  );
  return rows.length > most ? null : rows.map(({ id }) => id);
}

export interface Talk {
  /** The message of it that answers best. */
  best: MessageRow;
  /** How many more of its messages answer. */
  more: number;
  /** It holds every word, be it in different messages. */
  isWhole: boolean;
}

/**
 * The talks that answer best, each once: those that hold all words, in whatever of their messages; when none does, those that hold the most of them.
 * Among equals the newest.
 */
export async function findBest(
  ctx: Ctx,
  wanted: {
    ids: readonly string[];
    /** What must be weighed before others, where there are more than are weighed. */
    first: Sql | null;
    scores: readonly Sql[];
    bonus: Sql;
    conditions: Sql;
    until: Date;
    offset: number;
    take: number;
  },
): Promise<Talk[]> {
  const { ids, first, scores, bonus, conditions, until, offset, take } = wanted;
  const one = (n: number): Sql => sql.quoted(`s${n}`);
  const each = (of: (n: number) => Sql, by: Sql): Sql =>
    sql.join(
      scores.map((_, n) => of(n)),
      by,
    );
  const rows = await ctx.db.query<MessageRow & { more: number; isWhole: boolean }>(
    sql.unprepared(sql`with weighed as materialized (
      select m.id, m.conversation_id, m.words, m.subject, m.automatic, m.at, c.state = 'spam' as spam from messages m join conversations c on c.id = m.conversation_id
      where m.id = any(${ids}::uuid[]) and m.kind <> 'system' and m.at <= ${until} and ${conditions}
      order by ${first ? sql`(m.words @@ (${first})) desc,` : sql.empty} m.at desc, m.id desc limit ${mostWeighed}),
    scored as materialized (select m.id, m.conversation_id, m.at, ${bonus} as bonus, ${each((n) => sql`${scores[n] ?? sql.empty} as ${one(n)}`, sql`, `)} from weighed m),
    talks as materialized (select conversation_id, max(bonus) + ${each((n) => sql`max(${one(n)})`, sql` + `)} as worth,
        ${each((n) => sql`(max(${one(n)}) > 0)::int`, sql` + `)} as held, count(*) - 1 as more, max(at) as at,
        (array_agg(id order by ${each(one, sql` + `)} + bonus desc, at desc))[1] as best from scored group by conversation_id),
    page as materialized (select *, held = ${scores.length}::int as whole from talks t
      where held = ${scores.length}::int or not exists (select from talks where held = ${scores.length}::int)
      order by held desc, worth desc, at desc, conversation_id offset ${offset} limit ${take})
    select ${messageColumns}, p.more::int as more, p.whole as "isWhole" from page p join messages m on m.id = p.best
    order by p.held desc, p.worth desc, p.at desc, p.conversation_id`),
  );
  return rows.map(({ more, isWhole, ...best }) => ({ best, more, isWhole }));
}

/**
 * The newest first. The index of words knows every match, but not which are the newest; a word that half of all messages hold would have half the archive
 * read and sorted. So common words are looked for in time, rare ones in the index: either way a search reads some thousand rows, however large the
 * archive is. A page may hold fewer than wanted, though there are more.
 */
export async function findNewest(ctx: Ctx, wanted: Wanted): Promise<Found> {
  const near = await lookThrough(ctx, wanted, firstLook);
  if (near.page.length === wanted.take || !near.next) return near;
  const matches = wanted.match && !wanted.isCommon && (await matchesOf(ctx, wanted.match));
  if (matches) return sorted(ctx, wanted, matches);
  const page = near.page;
  let next: Place | null = near.next;
  for (let step = 0; next && page.length === 0 && step < mostStrides; step++) {
    const found: Found = await lookThrough(ctx, { ...wanted, before: next }, stride);
    page.push(...found.page);
    next = found.next;
  }
  return { page, next };
}

/** The next so many messages back in time: which of them match. */
async function lookThrough(ctx: Ctx, { match, take, before, conditions }: Wanted, rows: number): Promise<Found> {
  const range = earlierThan(before);
  const end = await ctx.db.maybe<{ at: Date; id: string }>(
    sql`select m.at, m.id from messages m where ${range} order by m.at desc, m.id desc offset ${rows - 1} limit 1`,
  );
  const until = end ? sql`(m.at, m.id) >= (${end.at}, ${end.id}::uuid)` : sql`true`;
  const found = await ctx.db.query<MessageRow>(
    sql.unprepared(sql`with looked as materialized (
      select m.id, ${match ? sql`m.words @@ (${match})` : sql`true`} as matches from messages m where ${range} and ${until}
      order by m.at desc, m.id desc limit ${rows})
    select ${messageColumns} from messages m join conversations c on c.id = m.conversation_id
    where m.id in (select id from looked where matches) and m.kind <> 'system' and ${conditions} order by m.at desc, m.id desc limit ${take + 1}`),
  );
  const rest = pageOf(found, take);
  return rest.next ? rest : { page: found, next: end ? placeOf(end) : null };
}

async function sorted(ctx: Ctx, { take, before, conditions }: Wanted, ids: readonly string[]): Promise<Found> {
  const found = await ctx.db.query<MessageRow>(sql`select ${messageColumns} from messages m join conversations c on c.id = m.conversation_id
    where m.id = any(${ids}::uuid[]) and m.kind <> 'system' and ${earlierThan(before)} and ${conditions} order by m.at desc, m.id desc limit ${take + 1}`);
  return pageOf(found, take);
}

const placeOf = ({ at, id }: { at: Date; id: string }): Place => ({ at: at.toISOString(), id });

function pageOf(found: MessageRow[], take: number): Found {
  const page = found.slice(0, take);
  const last = page.at(-1);
  return { page, next: found.length > take && last ? placeOf(last) : null };
}

const earlierThan = (before: Place | undefined): Sql =>
  before ? sql`(m.at, m.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`;
