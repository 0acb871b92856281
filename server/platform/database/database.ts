import { Client, type ClientConfig, Pool } from 'pg';
import type { Config } from '../config/config.ts';
import { type Log, silentLog } from '../log.ts';
import { openEmbedded } from './embedded/embedded.ts';
import type { Role } from './embedded/holders.ts';
import { createHorizon, type Horizon } from './horizon.ts';
import { sideBySide } from './packets.ts';
import { checkReplica, type Reports, reportsOfPrimary, reportsOfReplica } from './replica.ts';
import { type Db, dbOf } from './sql.ts';
import { columnTypes } from './types.ts';
import { DatabaseUnfit } from './unfit.ts';

/** An open database. The pool survives a database that goes away and comes back; statements meanwhile fail and are the caller's to repeat. */
export type Database = {
  kind: 'embedded' | 'external';
  pool: Pool;
  /** For looks at a row or two that anybody may take at any time: what is asked while another is under way goes to the same connection. */
  looks: Db;
  horizon: Horizon;
  /** For whatever only reads and may be a little old. */
  reports: Reports;
  /** For a connection of one's own (LISTEN, COPY): `new Client(database.connection)`. */
  connection: ClientConfig;
  /** The same as an address; holds the password, so it is not for logs. */
  url: string;
  /** Ends the pool; the last process stops an embedded database. */
  close(): Promise<void>;
};

export type OpenOptions = {
  /** `server` (default) is refused while another one runs on the same embedded database; `command` joins it. */
  role?: Role;
  log?: Log;
};

export { DatabaseUnfit };

/** Opens the database the settings name: DATABASE_URL, or the embedded one in the data folder. Checks version and encoding. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'data' | 'databaseConnections'> & Partial<Pick<Config, 'databaseReplicaUrl'>>,
  { role = 'server', log = silentLog }: OpenOptions = {},
): Promise<Database> {
  const { databaseUrl, databaseReplicaUrl, databaseConnections } = config;
  // Commands ask little, and must work whatever a replica does.
  if (databaseUrl) return external(databaseUrl, role === 'server' ? databaseReplicaUrl : undefined, databaseConnections, log);
  const embedded = await openEmbedded(config.data, { role, log });
  const pool = createPool(embedded.connection, { max: Math.min(config.databaseConnections, role === 'server' ? 40 : 4), log });
  const close = async () => {
    await pool.end();
    await embedded.close();
  };
  return { kind: 'embedded', ...readersOf(pool), connection: embedded.connection, url: embedded.url, close };
}

/** A pool with what reads through it. */
export const readersOf = (pool: Pool): Pick<Database, 'pool' | 'looks' | 'horizon' | 'reports'> => ({
  pool,
  looks: dbOf(sideBySide(pool, setImmediate)),
  horizon: createHorizon(dbOf(pool)),
  reports: reportsOfPrimary(pool),
});

/**
 * How long a transaction of ours may say nothing. A process that stands still or was cut off in the middle of one holds its locks, the cursor of a subscriber
 * among them, and whatever others write after it waits to be seen: so the others go on after this, and what it was about is undone.
 * None of ours waits for anything but the database; what reads a large delivery asks for longer (channels/intake).
 */
export const idleMilliseconds = 3_000;

/** A pool with our column types, that logs instead of crashing when connections break. */
export function createPool(connection: ClientConfig, { max = 10, log = silentLog }: { max?: number; log?: Log } = {}): Pool {
  const pool = new Pool({
    ...connection,
    max,
    application_name: 'nahbar',
    types: columnTypes,
    // Several statements may be under way on one connection (packets.ts); each still is a step of its own for errors.
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    idle_in_transaction_session_timeout: idleMilliseconds,
  });
  const report = (error: Error) =>
    log.warn({ code: (error as { code?: string }).code ?? 'connection_lost' }, 'A database connection broke.');
  pool.on('error', report);
  // The pool listens only while a connection rests; one that breaks between two statements of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

async function external(url: string, replicaUrl: string | undefined, max: number, log: Log): Promise<Database> {
  const connection: ClientConfig = { connectionString: url };
  await checkServer(connection);
  const pool = createPool(connection, { max, log });
  const database: Database = { kind: 'external', ...readersOf(pool), connection, url, close: () => pool.end() };
  return replicaUrl ? await besideReplica(database, replicaUrl, log) : database;
}

/** Reports are rare and long: a few at a time, so that they leave the replica some room. */
const replicaConnections = 3;

async function besideReplica(database: Database, url: string, log: Log): Promise<Database> {
  const { pool } = database;
  const connection: ClientConfig = { connectionString: url };
  await checkReplica(database.connection, connection).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const replica = createPool(connection, { max: replicaConnections, log });
  const close = async () => {
    await Promise.all([pool.end(), replica.end()]);
  };
  return { ...database, reports: reportsOfReplica(pool, replica, log), close };
}

async function checkServer(connection: ClientConfig): Promise<void> {
  const server = await askServer(connection).catch((error: Error & { code?: string }) => {
    throw new DatabaseUnfit(`DATABASE_URL can't be reached: ${error.message || (error.code ?? 'no reason given')}.`, { cause: error });
  });
  const why = unfit(server);
  if (why) throw new DatabaseUnfit(why);
}

/** Why we do not run on such a database. */
export function unfit({ version, shown, encoding }: { version: number; shown: string; encoding: string }): string | undefined {
  if (version < 150_000) return `DATABASE_URL is PostgreSQL ${shown}; Nahbar needs 15 or newer.`;
  if (encoding === 'UTF8') return undefined;
  return `The database of DATABASE_URL is encoded in ${encoding}; Nahbar needs UTF8 (create database … encoding 'UTF8' template template0).`;
}

/** What a server says of itself. */
export async function askServer(connection: ClientConfig): Promise<{ version: number; shown: string; encoding: string; now: Date }> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number; shown: string; encoding: string; now: Date }>(`select
      current_setting('server_version_num')::int as version, current_setting('server_version') as shown,
      current_setting('server_encoding') as encoding, clock_timestamp() as now`);
    if (!rows[0]) throw new Error('it gives no answer');
    return rows[0];
  } finally {
    await client.end();
  }
}
