import type { Ctx } from '../../../platform/context.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { coresOf } from './compounds.ts';

/** More is not counted: such a word is common. Counting on would write a row for every word of every message. */
export const mostCounted = 50;
/** What of a message's words is kept: no number, no address, nothing that nobody would take apart or mistype. */
const kept = (word: Sql): Sql => sql`${word} ~ '^[a-z\\u0080-\\uffff]{3,40}$'`;
const lock = sql`hashtext('conversations.search_words')`;

/** Learns the words of messages, each once: what a search takes apart and forgives is found among them. */
export async function learnWords(ctx: Ctx, messageIds: readonly string[]): Promise<void> {
  // Beside each other, but not beside an erasure: it must not remove a word that is just being learnt from what it erases.
  await ctx.db.exec(sql`select pg_advisory_xact_lock_shared(${lock})`);
  // Those that are common already are left out first: a conflict would lock the row of each, which is a write, only to leave it as it is. In this order the
  // few that are left are looked at letter by letter.
  await ctx.db.exec(sql`with found as materialized (
      select word, count(*) as times from messages m, unnest(tsvector_to_array(m.words)) word where m.id = any(${messageIds}::uuid[]) group by word),
    rare as materialized (
      select f.* from found f where not exists (select from search_words k where k.word = f.word and k.seen >= ${mostCounted}::int))
    insert into search_words (word, english, seen)
    select word, (ts_lexize('english_stem', word))[1], least(times, ${mostCounted}::int) from rare where ${kept(sql`word`)} order by word
    on conflict (word) do update set seen = least(search_words.seen + excluded.seen, ${mostCounted}::int) where search_words.seen < ${mostCounted}::int`);
}

/** How many of the newest messages tell that a word is in use, without asking for each. */
const newest = 2_000;

/** Forgets the words that only these messages hold, before they are erased: a name may be among them. */
export async function forgetWords(ctx: Ctx, messageIds: readonly string[]): Promise<void> {
  await ctx.db.exec(sql`select pg_advisory_xact_lock(${lock})`);
  const ids = sql`${messageIds}::uuid[]`;
  await ctx.db.exec(sql`delete from search_words w using (
      select distinct l.lexeme as word from messages m, unnest(m.words) l where m.id = any(${ids}) and ${kept(sql`l.lexeme`)}
      except select l.lexeme from (select id, words from messages order by at desc, id desc limit ${newest}) m, unnest(m.words) l where m.id <> all(${ids})) gone
    where w.word = gone.word
      and not exists (select from messages m where m.words @@ quote_literal(gone.word)::tsquery and m.id <> all(${ids}))`);
}

export interface Known {
  word: string;
  seen: number;
}

/** A word as typed, the stems it has (none in a language that leaves such a word out), and how often it was written. */
export interface Stemmed {
  typed: string;
  german: string | null;
  english: string | null;
  /** In any form of its German stem. */
  seen: number;
  /** Just so, where that is no form of the stem. */
  seenAsTyped: number;
}

export const lookUp = (db: Db, words: readonly string[]): Promise<Stemmed[]> =>
  db.query<Stemmed>(sql`select s.*, coalesce(w.seen, 0) as seen, coalesce(t.seen, 0) as "seenAsTyped"
    from (select w as typed, (ts_lexize('german_stem', lower(w)))[1] as german, (ts_lexize('english_stem', lower(w)))[1] as english
      from unnest(${words}::text[]) w) s
    left join search_words w on w.word = s.german left join search_words t on t.word = s.typed`);

export interface Relatives {
  /** Of the same stem in English. */
  english: Known[];
  /** That hold it, the most frequent first. */
  holding: Known[];
  /** That look like it, the most alike first: of the same beginning, or with many of the same letters in a row. */
  alike: Known[];
}

const mostHolding = 150;
const mostAlike = 40;

/** The words that have to do with a stem; those that look like it only when asked for, since they are by far the dearest to find. */
export async function relativesOf(
  db: Db,
  { typed, german, english, isAlikeWanted }: { typed: string; german: string; english: string | null; isAlikeWanted: boolean },
): Promise<Relatives> {
  const holding =
    german.length < 4
      ? sql`false`
      : sql.join(
          coresOf(german).map((core) => sql`word like ${`%${core}%`}`),
          sql` or `,
        );
  const alike = sql`union all (select 'alike', word, seen from (
        select word, seen from search_words where word % ${german} or word % ${typed}
        union select word, seen from search_words where word like ${`${german.slice(0, 2)}%`} and length(word) between ${german.length - 2} and ${typed.length + 2}
          and least(levenshtein_less_equal(word, ${german}, 3), levenshtein_less_equal(word, ${typed}, 3)) <= 3) near
      where word <> ${german}
      order by least(levenshtein(word, ${german}), levenshtein(word, ${typed})), seen desc, word limit ${mostAlike})`;
  const rows = await db.query<Known & { how: keyof Relatives }>(sql`
    select 'english' as how, word, seen from search_words where english = ${english} and word <> ${german}
    union all (select 'holding', word, seen from search_words
      where (${holding}) and word <> ${german} order by seen desc, word limit ${mostHolding})
    ${isAlikeWanted && german.length >= 4 ? alike : sql.empty}`);
  const of = (how: keyof Relatives): Known[] => rows.filter((row) => row.how === how).map(({ word, seen }) => ({ word, seen }));
  return { english: of('english'), holding: of('holding'), alike: of('alike') };
}
