import fs from 'node:fs';
import { Client, type ClientConfig } from 'pg';
import { makeDataFolder } from '../../config/data-folder.ts';
import { type Log, silentLog } from '../../log.ts';
import { enter, type Holder, holders, leave, type Role } from './holders.ts';
import { connectionTo, type Layout, layOut, readPidFile, urlOf } from './postgres-files.ts';
import { answers, createCluster, ensureRunning, isPostgres, type ServerSettings, stopServer } from './postgres-process.ts';
import { withStartLock } from './start-lock.ts';

/** A running PostgreSQL in the data folder. */
export type Embedded = {
  connection: ClientConfig & { database: string };
  url: string;
  /** It ran already: another process uses it, or one was killed and left it behind. */
  adopted: boolean;
  /** Gives it back; the last process that uses it stops it. */
  close(): Promise<void>;
};

export type EmbeddedOptions = { role: Role; log?: Log; settings?: ServerSettings };

/** A second server on one data folder; the message says who holds it and what to do. */
export class DataFolderInUse extends Error {
  constructor(folder: string, holder: Holder) {
    const where = `process ${holder.pid} on ${holder.host}, running since ${holder.since}`;
    super(
      `The data folder ${folder} is already used by another Nahbar (${where}). Stop that one, choose another folder with NAHBAR_DATA, or set DATABASE_URL: only an external PostgreSQL serves several processes.`,
    );
    this.name = 'DataFolderInUse';
  }
}

/**
 * Starts or adopts the embedded database in `folder`. One `server` at a time (else DataFolderInUse); `command`s may join it.
 * A server process also brings the database back when it dies.
 */
export async function openEmbedded(folder: string, options: EmbeddedOptions): Promise<Embedded> {
  const log = options.log ?? silentLog;
  makeDataFolder(folder);
  const { layout, entry, adopted } = await withStartLock(folder, async () => {
    const place = layOut(folder);
    if (options.role === 'server') refuseSecondServer(folder, holders(folder, await answers(place)));
    createCluster(place);
    const started = await ensureRunning(place, options.settings);
    await createDatabase(place);
    return { layout: place, entry: enter(folder, options.role), ...started };
  });
  const stopWatching = options.role === 'server' ? watch(layout, log, options.settings) : async () => {};
  let closing: Promise<void> | undefined;
  return {
    connection: connectionTo(layout, 'nahbar'),
    url: urlOf(layout, 'nahbar'),
    adopted,
    close: () => (closing ??= stopWatching().then(() => giveBack(layout, entry))),
  };
}

/** Who uses this data folder now; for doctor and for refusals. */
export async function holdersOf(folder: string): Promise<Holder[]> {
  if (!fs.existsSync(folder)) return [];
  return withStartLock(folder, async () => holders(folder, await answers(layOut(folder))));
}

function refuseSecondServer(folder: string, present: Holder[]): void {
  const server = present.find((holder) => holder.role === 'server');
  if (server) throw new DataFolderInUse(folder, server);
}

async function giveBack(layout: Layout, entry: string): Promise<void> {
  await withStartLock(layout.folder, async () => {
    leave(entry);
    if (holders(layout.folder, true).length === 0) await stopServer(layout);
  });
}

async function createDatabase(layout: Layout): Promise<void> {
  const client = new Client(connectionTo(layout, 'postgres'));
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'nahbar'");
    if (rowCount === 0) await client.query('create database nahbar');
  } finally {
    await client.end();
  }
}

/** Looks every second whether PostgreSQL lives, and starts it again when it does not. Returns a function that ends the watch. */
function watch(layout: Layout, log: Log, settings?: ServerSettings): () => Promise<void> {
  let ended = false;
  let busy: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const found = readPidFile(layout);
    if (found && isPostgres(found.pid)) return;
    await withStartLock(layout.folder, async () => {
      if (ended) return;
      const { adopted } = await ensureRunning(layout, settings);
      if (!adopted) log.error({ code: 'database.restarted' }, 'The embedded database had ended and was started again.');
    });
  };
  const timer = setInterval(() => {
    busy = busy.then(look).catch((error: unknown) => log.error({ err: error }, 'The embedded database does not start.'));
  }, 1_000);
  timer.unref();
  return async () => {
    ended = true;
    clearInterval(timer);
    await busy;
  };
}
