import { createHash } from 'node:crypto';
import type { QueryResult, QueryResultRow } from 'pg';

/** A piece of SQL with its values kept apart, made by the `sql` tag only, so no value can become SQL text. */
export type Sql = { readonly parts: readonly string[]; readonly values: readonly unknown[]; readonly prepared: boolean };

/** How rooms talk to the database; the same inside and outside a transaction. `Row` names the columns as selected. */
export type Db = {
  query<Row>(q: Sql): Promise<Row[]>;
  /** Exactly one row; throws when there is none or more than one. */
  one<Row>(q: Sql): Promise<Row>;
  /** One row or undefined; throws when there is more than one. */
  maybe<Row>(q: Sql): Promise<Row | undefined>;
  /** Runs a statement and says how many rows it touched. */
  exec(q: Sql): Promise<number>;
};

/** What both a pool and a client of `pg` offer. */
export type Queryable = { query(config: { text: string; values: unknown[]; name?: string }): Promise<QueryResult<QueryResultRow>> };

const made = new WeakSet<object>();

/**
 * sql`select * from cases where id = ${id} and ${condition}`: a value becomes a parameter, a fragment is woven in.
 * An `undefined` value throws: PostgreSQL would take it for null and quietly find nothing.
 */
export function sql(strings: TemplateStringsArray, ...inputs: unknown[]): Sql {
  const parts = [strings[0] ?? ''];
  const values: unknown[] = [];
  let prepared = true;
  inputs.forEach((input, index) => {
    const after = strings[index + 1] ?? '';
    if (isSql(input)) {
      prepared &&= input.prepared;
      parts[parts.length - 1] += input.parts[0] ?? '';
      for (let i = 0; i < input.values.length; i += 1) {
        values.push(input.values[i]);
        parts.push(input.parts[i + 1] ?? '');
      }
      parts[parts.length - 1] += after;
    } else {
      if (input === undefined)
        throw new TypeError(`undefined in SQL after "${(strings[index] ?? '').slice(-60)}"; say null when null is meant.`);
      values.push(input);
      parts.push(after);
    }
  });
  return fragment(parts, values, prepared);
}

/** Nothing: for a condition that does not apply. */
sql.empty = fragment([''], []);

/** Text that becomes SQL as it stands: only for what the program itself wrote, never for input. */
sql.raw = (trustedText: string): Sql => fragment([trustedText], []);

/** A quoted name of a table or column. */
sql.quoted = (name: string): Sql => fragment([`"${name.replaceAll('"', '""')}"`], []);

/** A value for a json column; without it an array would become a PostgreSQL array. */
sql.json = (value: unknown): Sql => fragment(['', '::jsonb'], [JSON.stringify(value)]);

/**
 * A value of which the planner knows the type alone. Else PostgreSQL plans a statement anew each time when its values make a plan look cheaper than
 * the one for any value, and planning can cost more than running: for statements whose plan is the same whatever the values.
 */
sql.unseen = (value: unknown, type: string): Sql => fragment(['(select ', `::${type})`], [value]);

/** Fragments in a row, parted by `separator`. */
sql.join = (fragments: readonly Sql[], separator: Sql = fragment([', '], [])): Sql =>
  fragments.reduce((whole, next, index) => (index === 0 ? next : sql`${whole}${separator}${next}`), sql.empty);

/** The same statement without a name on the server: for text that differs each time or that cannot be prepared. */
sql.unprepared = (q: Sql): Sql => fragment(q.parts, q.values, false);

/** The text with $1, $2 … and its values, as PostgreSQL wants them. */
export function compile(q: Sql): { text: string; values: unknown[]; name?: string } {
  const text = q.parts.reduce((whole, part, index) => (index === 0 ? part : `${whole}$${index}${part}`), '');
  return q.prepared ? { text, values: [...q.values], name: nameOf(text) } : { text, values: [...q.values] };
}

/** A Db over a pool (each statement on any connection) or over one client. */
export function dbOf(connection: Queryable): Db {
  const run = async <Row>(q: Sql): Promise<Row[]> => (await connection.query(compile(q))).rows as Row[];
  return {
    query: run,
    async one<Row>(q: Sql) {
      const rows = await run<Row>(q);
      if (rows.length !== 1) throw new Error(`Expected one row, found ${rows.length}: ${excerpt(q)}`);
      return rows[0] as Row;
    },
    async maybe<Row>(q: Sql) {
      const rows = await run<Row>(q);
      if (rows.length > 1) throw new Error(`Expected at most one row, found ${rows.length}: ${excerpt(q)}`);
      return rows[0];
    },
    exec: async (q) => (await connection.query(compile(q))).rowCount ?? 0,
  };
}

function fragment(parts: readonly string[], values: readonly unknown[], prepared = true): Sql {
  const q = Object.freeze({ parts, values, prepared });
  made.add(q);
  return q;
}

// A value that merely looks like a fragment (say, from a request's JSON) is no fragment.
function isSql(input: unknown): input is Sql {
  return typeof input === 'object' && input !== null && made.has(input);
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    // Statements are written in code, so there are some hundred; a program that builds texts must not fill the memory.
    if (names.size >= 5_000) names.clear();
    name = `n${createHash('sha1').update(text).digest('base64url').slice(0, 20)}`;
    names.set(text, name);
  }
  return name;
}

function excerpt(q: Sql): string {
  return q.parts.join('?').replace(/\s+/g, ' ').trim().slice(0, 120);
}
