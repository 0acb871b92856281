import type { ConversationState } from '../../../../contract/conversations.ts';
import type { Search, SearchStatus } from '../../../../contract/search.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { customerIdsFor } from '../../customers/index.ts';
import { personIdsFor } from '../../workspace/index.ts';
import { expand, isPlain, type Sought } from './expand.ts';

/** A search as the database understands it; `m` is the message, `c` its conversation. */
export interface SearchQuery {
  /** What the words of a message must match; null when only filters were typed. */
  match: Sql | null;
  /** Any of the typed words and phrases, for marking them in the text; null without any. */
  marks: Sql | null;
  /** Any of the words and phrases; null when there is but one. */
  any: Sql | null;
  /** How well a message answers each word and phrase; 0 when it does not hold it. */
  scores: Sql[];
  /** What else makes a message worth showing: new, written by somebody, no spam. */
  bonus: Sql;
  conditions: Sql[];
  /** Words hardly anybody wrote, and what else they may have been meant for. */
  resembling: { typed: string; alike: Sql }[];
}

/** From the typed search to SQL; null when nothing is left to look for ("und"). */
export async function queryOf(db: Db, search: Search, now: Date): Promise<SearchQuery | null> {
  const groups = groupsOf(search.words, await expand(db, search.words));
  const phrases = search.phrases.map((phrase) => sql`phraseto_tsquery('german', ${phrase})`);
  const parts = [...groups.map(({ any }) => any), ...phrases];
  const conditions = await conditionsOf(db, search);
  if (parts.length === 0 && conditions.length === 0) return null;
  const without = search.without.map((words) => sql`!!phraseto_tsquery('german', ${words})`);
  const joined = (by: Sql): Sql => sql.join([sql`(${sql.join(parts, by)})`, ...without], sql` && `);
  if (parts.length === 0) conditions.push(...search.without.map((words) => sql`not m.words @@ phraseto_tsquery('german', ${words})`));
  return {
    match: parts.length > 0 ? joined(sql` && `) : null,
    marks: parts.length > 0 ? sql.join(parts, sql` || `) : null,
    any: parts.length > 1 ? joined(sql` || `) : null,
    scores: [...groups.map(scoreOf), ...phrases.map((phrase) => sql`case when m.words @@ ${phrase} then 1 else 0 end`)],
    bonus: sql`0.3 * exp(extract(epoch from m.at - ${now}::timestamptz) / 7776000) - case when m.automatic is null then 0 else 0.5 end - case when m.spam then 2 else 0 end`,
    conditions,
    resembling: groups.flatMap(({ sought }) =>
      sought && sought.alike.length > 0 ? [{ typed: sought.typed, alike: anyOf(sought.alike.map(lexeme)) }] : [],
    ),
  };
}

interface Group {
  sought: Sought | null;
  same: Sql;
  made: Sql | null;
  alike: Sql | null;
  any: Sql;
}

function groupsOf(words: readonly string[], sought: readonly (Sought | null)[]): Group[] {
  return words.flatMap((word, n): Group[] => {
    const found = sought[n] ?? null;
    if (!found) {
      // A word that is in every text is no reason to find one.
      if (isPlain(word)) return [];
      const same = sql`plainto_tsquery('german', ${word})`;
      return [{ sought: null, same, made: null, alike: null, any: same }];
    }
    const made = [...found.made.map(lexeme), ...found.pairs.map((pair) => `(${pair.map(lexeme).join(' & ')})`)];
    // The parts of a word that nobody wrote as one may stand apart in a talk.
    const apart = found.alike.length === 0 && found.isRare ? found.pairs.flat() : [];
    const [same, others, alike] = [found.same.map(lexeme), made, [...found.alike, ...apart].map(lexeme)];
    return [
      {
        sought: found,
        same: anyOf(same),
        made: others.length > 0 ? anyOf(others) : null,
        alike: alike.length > 0 ? anyOf(alike) : null,
        any: anyOf([...same, ...others, ...alike]),
      },
    ];
  });
}

/** Words of the vocabulary are lexemes already: as text of a query, nothing takes them apart again. */
const lexeme = (word: string): string => `'${word.replace(/['\\]/g, '$&$&')}'`;
const anyOf = (lexemes: readonly string[]): Sql => sql`${lexemes.join(' | ')}::tsquery`;

/** The word itself is worth most, then one made with it, then one that resembles it; more the denser it stands, and in the subject. */
function scoreOf({ same, made, alike, any }: Group): Sql {
  return sql`case when not m.words @@ ${any} then 0 else case when m.words @@ ${same} then 1 ${made ? sql`when m.words @@ ${made} then 0.8` : sql.empty} ${alike ? sql`when m.words @@ ${alike} then 0.5` : sql.empty} else 0 end
    + 2 * ts_rank(m.words, ${any}, 1) + case when to_tsvector('german', coalesce(m.subject, '')) @@ ${any} then 0.5 else 0 end end`;
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
