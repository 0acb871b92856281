import { Client } from 'pg';
import { inject } from 'vitest';
import { createPool, type Database, readersOf } from '../platform/database/database.ts';

/** Where the run's PostgreSQL is, handed over by global-setup.ts. */
export type TestServer = {
  /** Address of a database for administration; test databases are made through it. */
  url: string;
  /** The migrated database each clean one is a copy of. */
  template: string;
  /** What the names of this run's databases begin with. */
  prefix: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    database: TestServer;
  }
}

let count = 0;

/**
 * A database of one's own with all migrations applied and no rows; about 0.1 s. Close it when done: its rows stay
 * until the end of the run, when the whole server is thrown away (dropping them one by one is slower).
 */
export async function cleanDatabase({ max = 6 } = {}): Promise<Database> {
  return open(inject('database').template, max);
}

/** The same without any migration applied. */
export async function emptyDatabase({ max = 6 } = {}): Promise<Database> {
  return open('template0', max);
}

async function open(template: string, max: number): Promise<Database> {
  const server = inject('database');
  count += 1;
  const name = `${server.prefix}${process.pid}_${count}`;
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  try {
    await admin.query(`create database ${name} template ${template} strategy file_copy`);
  } finally {
    await admin.end();
  }
  const url = withDatabase(server.url, name);
  const connection = { connectionString: url };
  const pool = createPool(connection, { max });
  return { kind: 'external', ...readersOf(pool), connection, url, close: () => pool.end() };
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
