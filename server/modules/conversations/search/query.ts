import type { ConversationState } from '../../../../contract/conversations.ts';
import type { Search, SearchStatus } from '../../../../contract/search.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { customerIdsFor } from '../../customers/index.ts';
import { personIdsFor } from '../../workspace/index.ts';
import { expand, isPlain, type Sought } from './expand.ts';

/** A word or a phrase, and what it is found by; each a query of the full text, but for `each`. */
export interface Part {
  /** Itself, in whatever form. */
  itself: Sql;
  /** That and all else: words made with it, words that resemble it. */
  all: Sql;
  /** The same one by one, when few messages hold any of it; null when they are many. */
  rare: Sql | null;
  /** Whether there is anything else. */
  isMore: boolean;
  /** Of how many words `all` is made. */
  forms: number;
  /** How well a message `m` answers it, 0 when it does not hold it; `d` holds its words and those of its subject. */
  score: Sql;
}

/** A search as the database understands it; `m` is the message, `c` its conversation. */
export interface SearchQuery {
  /** Empty when only filters were typed. */
  parts: Part[];
  /** What a message must not hold: queries that match when it does not. */
  without: Sql[];
  /** Any of the typed words and phrases, for marking them in the text; null without any. */
  marks: Sql | null;
  /** What else makes a message worth showing: new, written by somebody, no spam. */
  bonus: Sql;
  conditions: Sql[];
  /** Words hardly anybody wrote, and what else they may have been meant for. */
  resembling: { typed: string; alike: Sql }[];
}

/** From the typed search to SQL; null when nothing is left to look for ("und"). */
export async function queryOf(db: Db, search: Search, now: Date): Promise<SearchQuery | null> {
  const [sought, conditions] = await Promise.all([expand(db, search.words), conditionsOf(db, search)]);
  const parts = [
    ...search.words.flatMap((typed, n) => partOf(typed, sought[n] ?? null)),
    ...search.phrases.map((phrase) => partAsTyped(sql`phraseto_tsquery('german', ${phrase})`, false)),
  ];
  if (parts.length === 0 && conditions.length === 0) return null;
  const without = search.without.map((typed) => sql`!!phraseto_tsquery('german', ${typed})`);
  if (parts.length === 0) conditions.push(...without.map((none) => sql`m.words @@ (${none})`));
  return {
    parts,
    without,
    marks: parts.length > 0 ? anyOf(parts) : null,
    bonus: sql`0.3 * exp(extract(epoch from m.at - ${now}::timestamptz) / 7776000) - case when m.automatic is null then 0 else 0.5 end - case when m.spam then 2 else 0 end`,
    conditions,
    resembling: sought.flatMap((one) =>
      one && one.alike.length > 0 ? [{ typed: one.typed, alike: lexemesOf(one.alike.map(lexeme)) }] : [],
    ),
  };
}

/**
 * How many messages hold all words, as the planner's statistics have it: near enough for words that many messages hold, and made without looking for any.
 * Nothing but their own forms is counted, of which there are never more than of all that they are found by. 0 where a word is known to be rare.
 */
export async function expectedMatches(db: Db, { parts }: SearchQuery): Promise<number> {
  if (parts.length === 0 || parts.some(({ rare }) => rare)) return 0;
  const holding = sql.join(
    parts.map(({ itself }) => sql`m.words @@ (${itself})`),
    sql` and `,
  );
  const plan = await db.one<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql.unprepared(sql`explain (format json) select from messages m where ${holding}`),
  );
  return plan['QUERY PLAN'][0].Plan['Plan Rows'];
}

/** What holds every part, or any; one query, for where no index is asked. */
export const wholeOf = ({ parts, without }: SearchQuery): Sql => sql.join([...parts.map(({ all }) => all), ...without], sql` && `);
export const someOf = ({ parts, without }: SearchQuery): Sql => sql.join([sql`(${anyOf(parts)})`, ...without], sql` && `);
const anyOf = (parts: readonly Part[]): Sql =>
  sql.join(
    parts.map(({ all }) => all),
    sql` || `,
  );

function partOf(typed: string, found: Sought | null): Part[] {
  // A word that is in every text is no reason to find one.
  if (!found) return isPlain(typed) ? [] : [partAsTyped(sql`plainto_tsquery('german', ${typed})`, typed.length >= rareFrom)];
  // The parts of a word that nobody wrote as one may stand apart in a talk.
  const apart = found.alike.length === 0 && found.isRare ? found.pairs.flat() : [];
  const same = found.same.map(lexeme);
  const made = [...found.made.map(lexeme), ...found.pairs.map((pair) => `(${pair.map(lexeme).join(' & ')})`)];
  const alike = [...found.alike, ...apart].map(lexeme);
  const all = [...same, ...made, ...alike];
  const itself = lexemesOf(same);
  return [
    {
      itself,
      all: lexemesOf(all),
      rare: found.isCommon ? null : sql`${all}::tsquery[]`,
      isMore: all.length > same.length,
      forms: all.length,
      score: scoreOf(itself, { made: made.length > 0 ? lexemesOf(made) : null, alike: alike.length > 0 ? lexemesOf(alike) : null }),
    },
  ];
}

/** Numbers and addresses of so many letters are hardly in many messages. */
const rareFrom = 5;

const partAsTyped = (query: Sql, isRare: boolean): Part => ({
  itself: query,
  all: query,
  rare: isRare ? sql`array[${query}]` : null,
  isMore: false,
  forms: 1,
  score: scoreOf(query, { made: null, alike: null }),
});

/** Words of the vocabulary are lexemes already: as text of a query, nothing takes them apart again. */
const lexeme = (word: string): string => `'${word.replace(/['\\]/g, '$&$&')}'`;
const lexemesOf = (lexemes: readonly string[]): Sql => sql`${lexemes.join(' | ')}::tsquery`;

/** The word itself is worth most, then one made with it, then one that resembles it; each more in the subject. The innermost ring is known to hold all words. */
function scoreOf(itself: Sql, { made, alike }: { made: Sql | null; alike: Sql | null }): Sql {
  const others = [...(made ? [{ query: made, worth: sql`0.8` }] : []), ...(alike ? [{ query: alike, worth: sql`0.5` }] : [])];
  const worth = others.map(({ query, worth: one }) => sql`when d.words @@ ${query} then ${one}`);
  const inSubject = sql.join([itself, ...others.map(({ query }) => query)], sql` || `);
  return sql`case when m.ring = 1 or d.words @@ ${itself} then 1 ${sql.join(worth, sql` `)} else 0 end + case when d.subject @@ (${inSubject}) then 0.5 else 0 end`;
}

const states: Record<SearchStatus, readonly ConversationState[]> = {
  open: ['new', 'queued', 'in_progress', 'handover'],
  waiting: ['waiting_customer', 'waiting_internal', 'waiting_third_party'],
  done: ['resolved', 'closed'],
  spam: ['spam'],
};
/** So many who bear a name are looked for. */
const mostNamed = 200;

async function conditionsOf(db: Db, { filters }: Search): Promise<Sql[]> {
  const { from, channel, status, before, after, has } = filters;
  const conditions: Sql[] = [];
  if (from) {
    const writers = [...(await customerIdsFor(db, from, mostNamed)), ...(await personIdsFor(db, from, mostNamed))];
    conditions.push(sql`m.author_id = any(${writers}::uuid[])`);
  }
  if (channel) conditions.push(sql`c.channel = ${channel}`);
  if (status) conditions.push(sql`c.state = any(${states[status]}::text[])`);
  if (before) conditions.push(sql`m.at < ${before}::timestamp at time zone 'Europe/Berlin'`);
  if (after) conditions.push(sql`m.at >= ${after}::timestamp at time zone 'Europe/Berlin'`);
  if (has === 'note') conditions.push(sql`m.kind = 'note'`);
  if (has === 'file') conditions.push(sql`exists (select from attachments a where a.message_id = m.id and not a.inline)`);
  return conditions;
}
