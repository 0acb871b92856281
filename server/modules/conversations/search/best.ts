import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { type MessageRow, messageColumns } from '../rows.ts';
import { mostSorted } from './newest.ts';
import { type Part, type SearchQuery, someOf, wholeOf } from './query.ts';

/** So many messages are weighed against each other: weighing reads a message's words. */
const mostWeighed = 300;
/** With fewer messages that hold all words, talks that hold them in different messages are looked for as well. */
const fewMatches = 100;
/** So many messages with a rare word are looked at for that. */
const mostRare = 500;
/** So many of the newest messages are looked through for words that are too common to be looked up. */
const mostNearby = 250;

export interface Talk {
  /** The message of it that answers best. */
  best: MessageRow;
  /** How many more of its messages answer. */
  more: number;
  /** It holds every word, be it in different messages. */
  isWhole: boolean;
}

export interface Best {
  talks: Talk[];
  /** Too many messages hold all words: whoever weighed some of them would leave out others for no reason. */
  isTooMany: boolean;
}

/**
 * The talks that answer best, each once: those that hold all words, in whatever of their messages; when none does, those that hold the most of them.
 * Among equals the newest.
 *
 * The index is asked in rings, and for the next one only where the last holds too little: messages that hold the words themselves; that hold words made
 * with them or resembling them instead; that hold a rare one of them, and their neighbours in the talk that hold another. Nothing is read of a message but
 * where it belongs, until at most `mostWeighed` are chosen: the innermost ring first, in it the newest. Those are weighed, and of them only what the page
 * shows is read as a whole.
 */
export async function findBest(
  ctx: Ctx,
  query: SearchQuery,
  { conditions, until, offset, take }: { conditions: Sql; until: Date; offset: number; take: number },
): Promise<Best> {
  const { parts, bonus } = query;
  const { rings, chosen } = ringsOf(query, until);
  const worth = (n: number): Sql => sql.quoted(`s${n}`);
  const each = (of: (n: number) => Sql, by: Sql): Sql =>
    sql.join(
      parts.map((_, n) => of(n)),
      by,
    );
  const rows = await ctx.db.query<Counts & Partial<MessageRow & { more: number; isWhole: boolean }>>(
    sql.unprepared(sql`with ${rings}, weighed as materialized (
      select m.*, c.spam from (${chosen} order by ring, at desc, id desc) m
      cross join lateral (select c.state = 'spam' as spam from conversations c where c.id = m.conversation_id and ${conditions} offset 0) c limit ${mostWeighed}),
    scored as materialized (
      select m.id, m.conversation_id, m.at, ${bonus} as bonus, ${each((n) => sql`${parts[n]?.score ?? sql.empty} as ${worth(n)}`, sql`, `)}
      from weighed m cross join lateral (${wordsOfIt}) d),
    talks as materialized (select conversation_id, max(bonus) + ${each((n) => sql`max(${worth(n)})`, sql` + `)} as worth,
        ${each((n) => sql`(max(${worth(n)}) > 0)::int`, sql` + `)} as held, count(*) - 1 as more, max(at) as at,
        (array_agg(id order by ${each(worth, sql` + `)} + bonus desc, at desc))[1] as best from scored group by conversation_id),
    page as materialized (select *, held = ${parts.length}::int as whole from talks t
      where held = ${parts.length}::int or not exists (select from talks where held = ${parts.length}::int)
      order by held desc, worth desc, at desc, conversation_id offset ${offset} limit ${take})
    select n.itself, n.whole, ${messageColumns}, p.more::int as more, p.whole as "isWhole"
    from (select ${count('itself')} as itself, ${count('whole')} as whole) n
      left join (page p join messages m on m.id = p.best) on true order by p.held desc, p.worth desc, p.at desc, p.conversation_id`),
  );
  const [counts] = rows;
  if (!counts) throw new Error('A search counted nothing');
  const { itself, whole } = counts;
  return {
    talks: rows.flatMap((row) => {
      const { itself: _, whole: __, more, isWhole, ...best } = row;
      return best.id ? [{ best: best as MessageRow, more: more ?? 0, isWhole: isWhole ?? false }] : [];
    }),
    isTooMany: itself > mostSorted || (itself === 0 && whole > mostSorted),
  };
}

/** How many messages the rings hold, one more than `mostSorted` at most. */
interface Counts {
  itself: number;
  whole: number;
}

const count = (ring: keyof Counts): Sql => sql`(select count(*)::int from ${sql.quoted(ring)})`;

/** What is read of a message before it is chosen. */
const columns = sql`m.id, m.conversation_id, m.kind, m.author_id, m.automatic, m.at`;

/**
 * The rings, each empty where it is not needed. Queries are hidden from the planner: it knows the most frequent words only, and what it guesses of others
 * makes it read the whole table now and then. The index is asked for each word by itself and for the one of fewest forms first, since it compares every message
 * that holds any form of it with all forms.
 */
function ringsOf(query: SearchQuery, until: Date): { rings: Sql; chosen: Sql } {
  const { parts, without } = query;
  const readable = sql`m.kind <> 'system' and m.at <= ${until}`;
  const holding = (of: (part: Part) => Sql): Sql =>
    sql.join(
      [...parts.toSorted((a, b) => a.forms - b.forms).map(of), ...without].map((one) => sql`m.words @@ (select ${one})`),
      sql` and `,
    );
  const isMore = parts.some((part) => part.isMore);
  const rare = parts.length > 1 ? parts.flatMap((part) => part.rare ?? []) : [];
  const itself = sql`select ${columns} from messages m where ${holding((part) => part.itself)} and ${readable} limit ${mostSorted + 1}`;
  const whole = sql`select ${columns} from messages m
    where ${count('itself')} < ${mostWeighed} and ${holding((part) => part.all)} and ${readable} limit ${mostSorted + 1}`;
  const nearby = sql`select ${columns} from (select * from messages m where m.at <= ${until} order by m.at desc, m.id desc limit ${mostNearby}) m
    where ${count('whole')} > ${mostSorted} and ${count('itself')} > 0 and m.words @@ (${wholeOf(query)}) and m.kind <> 'system'`;
  const talks = sql`select m.conversation_id from unnest((select ${sql.join(rare, sql` || `)})) word
    cross join lateral (select m.conversation_id from messages m where m.words @@ word and ${readable} offset 0) m
    where ${count('itself')} < ${fewMatches} and ${count('whole')} < ${fewMatches} limit ${mostRare}`;
  const partly = sql`select distinct ${columns} from (${talks}) talk join messages m on m.conversation_id = talk.conversation_id
    where m.words @@ (${someOf(query)}) and ${readable}`;
  const others = sql`id not in (select id from itself) and id not in (select id from whole)`;
  return {
    rings: sql`itself as materialized (${itself}), whole as materialized (${isMore ? whole : sql`select ${columns} from messages m where false`})
      ${isMore ? sql`, nearby as materialized (${nearby})` : sql.empty} ${rare.length > 0 ? sql`, partly as materialized (${partly})` : sql.empty}`,
    // Every message once, of the rings that are small enough.
    chosen: sql`select *, 1 as ring from itself where ${count('itself')} <= ${mostSorted}
      ${isMore ? sql`union all select *, 2 from whole where ${count('whole')} <= ${mostSorted} and id not in (select id from itself)` : sql.empty}
      ${isMore ? sql`union all select *, 2 from nearby where id not in (select id from itself)` : sql.empty}
      ${rare.length > 0 ? sql`union all select *, 3 from partly where ${others}` : sql.empty}`,
  };
}

/**
 * The words of a message and those of its subject, each read once, however often they are compared: they lie packed, and mostly beside the row. Of the
 * innermost ring they need not be read at all.
 */
const wordsOfIt = sql`select case when m.ring > 1 then setweight(t.words, 'D') end as words, to_tsvector('german', coalesce(t.subject, '')) as subject
  from messages t where t.id = m.id offset 0`;
