import type { ClientBase } from 'pg';
import type { SequenceState, TableStart } from './file.ts';

/** Tables with rows of their own in the schema `public`, and their columns but those PostgreSQL computes. The history of migrations is left out: restoring writes its own. */
export async function listTables(client: ClientBase): Promise<TableStart[]> {
  const { rows } = await client.query<TableStart>(`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migrations'
    order by c.relname`);
  return rows;
}

export async function listSequences(client: ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string }>(
    `select sequencename as name from pg_sequences where schemaname = 'public' order by 1`,
  );
  const states: SequenceState[] = [];
  for (const { name } of rows) {
    // pg_sequences would show null for one never used, and forget where it starts.
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from public.${quoted(name)}`,
    );
    states.push({ name, value: state.rows[0]?.value ?? '1', called: state.rows[0]?.called ?? false });
  }
  return states;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"table" ("a", "b")`, as COPY wants it. */
export function copyTarget({ name, columns }: TableStart): string {
  return `public.${quoted(name)} (${columns.map(quoted).join(', ')})`;
}
