import { Client, type ClientBase } from 'pg';
import { listTables, quoted } from '../platform/database/backup/catalogue.ts';
import { setConstraintsAside } from '../platform/database/backup/set-aside.ts';
import type { Database } from '../platform/database/database.ts';
import { domain } from './company/places.ts';

/**
 * Filling in takes half a minute and a thousand commits, and may break off anywhere. So what was there before is put aside first, in a schema
 * of its own, whose being there says: what lies in the tables is a sample that was not finished.
 */
const aside = 'unfinished_sample';

// Where readers of events are; what is put back is older than they are, so they stay.
const kept = 'event_cursors';

/** Whether a sample was begun and not finished, and nobody but its own people works in it: then it may be taken back. */
export async function isSampleUnfinished(database: Pick<Database, 'pool'>): Promise<boolean> {
  return isOwnHalf(database.pool);
}

async function isOwnHalf(db: Pick<ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await db.query<{ own: boolean }>(
    `select to_regnamespace($1) is not null and not exists (select from people where email not like '%@' || $2::text)
      and not exists (select from settings where key = 'company' and value->>'demo' = 'true') as own`,
    [aside, domain],
  );
  return rows[0]?.own ?? false;
}

/** Puts aside what is there: of an installation nobody works in, a few rows. */
export async function beginTrial(database: Database): Promise<void> {
  await inOneTransaction(database, async (client) => {
    await client.query(`create schema ${aside}`);
    for (const { name } of await listTables(client)) {
      const { rows } = await client.query<{ found: boolean }>(`select exists (select from public.${quoted(name)}) as found`);
      if (rows[0]?.found && name !== kept) await client.query(`create table ${aside}.${quoted(name)} as table public.${quoted(name)}`);
    }
  });
}

/** The sample is whole. */
export async function endTrial(database: Database): Promise<void> {
  await database.pool.query(`drop schema ${aside} cascade`);
}

/** Throws away what is in the tables and puts back what was there before; all of it or nothing. */
export async function takeBack(database: Database): Promise<void> {
  await inOneTransaction(database, async (client) => {
    if (!(await isOwnHalf(client))) throw new Error('What is here is not the half of a sample; it was not touched.');
    const tables = await listTables(client);
    const { rows } = await client.query<{ name: string }>('select tablename as name from pg_tables where schemaname = $1', [aside]);
    const before = new Set(rows.map(({ name }) => name));
    const putBack = await setConstraintsAside(client);
    const emptied = tables.filter(({ name }) => name !== kept).map(({ name }) => `public.${quoted(name)}`);
    await client.query(`truncate ${emptied.join(', ')}`);
    for (const { name, columns } of tables.filter((table) => before.has(table.name))) {
      const list = columns.map(quoted).join(', ');
      await client.query(
        `insert into public.${quoted(name)} (${list}) overriding system value select ${list} from ${aside}.${quoted(name)}`,
      );
    }
    await putBack();
    // Work that waited for rows which are gone.
    const { rows: jobs } = await client.query<{ found: boolean }>(`select to_regclass('pgboss.job') is not null as found`);
    if (jobs[0]?.found) await client.query(`delete from pgboss.job where state in ('created', 'retry')`);
    await client.query(`drop schema ${aside} cascade`);
  });
}

async function inOneTransaction(database: Database, act: (client: ClientBase) => Promise<void>): Promise<void> {
  const client = new Client(database.connection);
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin');
    await act(client);
    await client.query('commit');
  } finally {
    // Without a commit, ending the session undoes everything.
    await client.end();
  }
}
