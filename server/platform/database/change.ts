import { type Sql, sql } from './sql.ts';

/** A change of exactly one row for every row of values it is given, so that many of one kind can be written by one statement. */
export interface Change<Row> {
  /** The values, with their types in the database. */
  readonly columns: Readonly<Record<keyof Row, string>>;
  /** The statement, for values that stand in `from` under the name `given`. No `returning`. */
  readonly statement: (given: Sql) => Sql;
}

/** One change with one row of values. */
export interface Changed<Row = unknown> {
  readonly change: Change<Row>;
  readonly row: Row;
}

/** A step of a `with` that writes these changes, all of one kind, under a name; and what undoes everything unless each found its row. */
export function written(name: Sql, changes: readonly Changed[]): { step: Sql; check: Sql } {
  const [{ change } = { change: undefined }] = changes;
  if (!change) return { step: sql.empty, check: sql.empty };
  const columns = Object.entries<string>(change.columns).map(([column, type]) => sql`${sql.quoted(column)} ${sql.raw(type)}`);
  const given = sql`jsonb_to_recordset(${sql.json(changes.map(({ row }) => row))}) as given(${sql.join(columns)})`;
  return {
    step: sql`${name} as (${change.statement(given)} returning 1)`,
    check: sql`exactly_one((select count(*) from ${name}) - ${changes.length - 1}::bigint)`,
  };
}
