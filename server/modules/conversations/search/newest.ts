import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { type MessageRow, messageColumns } from '../rows.ts';

export interface Place {
  at: string;
  id: string;
}

export interface Wanted {
  /** What the words of a message must match; null when only filters were typed. */
  match: Sql | null;
  take: number;
  before: Place | undefined;
  /** What the message `m` and its conversation `c` must be, the right to read them included. */
  conditions: Sql;
  /** Known to be in too many messages to sort them. */
  isCommon: boolean;
}

type ToLookThrough = Omit<Wanted, 'isCommon'>;

export interface Found {
  page: MessageRow[];
  /** Where to go on; null at the end. */
  next: Place | null;
}

/** So many of the newest messages are looked through first: common words are found there. */
const firstLook = 250;
/** With more matches than this a word is common: the newest are found faster by walking back in time than by sorting all of them. */
export const mostSorted = 4_000;
/** The longest step of that walk: each is four times as long as the one before, as common words are found within the first. */
const stride = 10_000;
const lengthOf = (step: number): number => Math.min(firstLook * 4 ** step, stride);
/** So many steps are walked until anything is found; whoever wants more asks again. */
const mostSteps = 20;
/** So many are walked to fill a page; with the first look that makes so many messages. */
const fewSteps = 3;
const mostLooked = firstLook + lengthOf(1) + lengthOf(2) + lengthOf(3);

/**
 * The newest first. The index of words knows every match, but not which are the newest; a word that half of all messages hold would have half the archive
 * read and sorted. So common words are looked for in time, rare ones in the index: either way a search reads some thousand rows, however large the
 * archive is. A page may hold fewer than wanted, though there are more.
 */
export async function findNewest(ctx: Ctx, wanted: Wanted): Promise<Found> {
  const near = await lookThrough(ctx, wanted, firstLook);
  if (near.page.length === wanted.take || !near.next) return near;
  const all = wanted.match && !wanted.isCommon && (await sorted(ctx, wanted, wanted.match));
  if (all) return all;
  let found = near;
  for (let step = 1; found.next && found.page.length < wanted.take && step <= (found.page.length === 0 ? mostSteps : fewSteps); step++)
    found = await walkOn(ctx, wanted, found, lengthOf(step));
  return found;
}

/** A page of the newest, if there is one among so few that to look through them costs less than to find out how many there are in all. */
export async function findAmongNewest(ctx: Ctx, wanted: ToLookThrough): Promise<Found | null> {
  let found = await lookThrough(ctx, wanted, firstLook);
  let looked = firstLook;
  for (let step = 1; step <= fewSteps && found.next && found.page.length < wanted.take; step++) {
    // As rare as they are so far, the rest would not fill the page.
    if (((found.page.length + 1) * mostLooked) / looked < wanted.take) break;
    found = await walkOn(ctx, wanted, found, lengthOf(step));
    looked += lengthOf(step);
  }
  return found.page.length === wanted.take ? found : null;
}

/** What was found, with what the next so many messages add to it. */
async function walkOn(ctx: Ctx, wanted: ToLookThrough, { page, next }: Found, rows: number): Promise<Found> {
  if (!next) return { page, next };
  const found = await lookThrough(ctx, { ...wanted, take: wanted.take - page.length, before: next }, rows);
  return { page: [...page, ...found.page], next: found.next };
}

/** The next so many messages back in time: which of them match. */
async function lookThrough(ctx: Ctx, { match, take, before, conditions }: ToLookThrough, rows: number): Promise<Found> {
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

/** Everything that matches, sorted; null when that is too much. The query is hidden from the planner for the reason told in `best.ts`. */
async function sorted(ctx: Ctx, { take, before, conditions }: Wanted, match: Sql): Promise<Found | null> {
  const found = await ctx.db.query<MessageRow & { matches: number }>(
    sql.unprepared(sql`with matching as materialized (select m.id, m.conversation_id, m.kind, m.author_id, m.at from messages m where m.words @@ (select ${match})),
    few as materialized (select * from matching limit ${mostSorted + 1}),
    page as materialized (select m.id from few m join conversations c on c.id = m.conversation_id
      where (select count(*) from few) <= ${mostSorted} and m.kind <> 'system' and ${earlierThan(before)} and ${conditions}
      order by m.at desc, m.id desc limit ${take + 1})
    select matches, ${messageColumns} from (select count(*)::int as matches from few) n
      left join (page p join messages m on m.id = p.id) on true order by m.at desc, m.id desc`),
  );
  if ((found[0]?.matches ?? 0) > mostSorted) return null;
  return pageOf(
    found.filter(({ id }) => id !== null),
    take,
  );
}

const placeOf = ({ at, id }: { at: Date; id: string }): Place => ({ at: at.toISOString(), id });

function pageOf(found: MessageRow[], take: number): Found {
  const page = found.slice(0, take);
  const last = page.at(-1);
  return { page, next: found.length > take && last ? placeOf(last) : null };
}

const earlierThan = (before: Place | undefined): Sql =>
  before ? sql`(m.at, m.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`;
