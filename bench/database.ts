import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../server/platform/database/database.ts';
import { migrate } from '../server/platform/database/migrate.ts';
import { layOut, urlOf } from '../server/platform/database/embedded/postgres-files.ts';
import { startSystemPostgres } from '../server/testing/system-postgres.ts';
import { fillCorpus } from './corpus.ts';

/** The two kinds of database the product runs on. */
export type Kind = 'embedded' | 'postgres15';

export const output = path.join(import.meta.dirname, 'output');

/** A database with a corpus, for one bench: a copy, so that every bench finds the same. */
export interface Prepared {
  kind: Kind;
  /** What the server is started with. */
  env: Record<string, string>;
  /** PostgreSQL's own folder, by which its processes are found. */
  cluster: string;
  /** Address for connections of the bench's own, once it runs. */
  url: string;
  version: string;
  /** Starts what the server does not start itself. */
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** Builds the corpus once for a size and a schema, and copies it. `cases: 0` is an empty, migrated database. */
export async function prepare(kind: Kind, cases: number): Promise<Prepared> {
  const filled = path.join(output, `${kind}-${cases}`);
  if (!isCurrent(filled)) {
    fs.rmSync(filled, { recursive: true, force: true });
    fs.mkdirSync(output, { recursive: true });
    const folder = `${filled}.unfinished`;
    fs.rmSync(folder, { recursive: true, force: true });
    const begun = performance.now();
    const database = at(kind, folder);
    await database.begin();
    const opened = await openDatabase(
      { databaseUrl: database.env['DATABASE_URL'] ?? '', data: folder, databaseConnections: 4 },
      { role: 'command' },
    );
    await migrate(opened.connection);
    const client = new Client(opened.connection);
    await client.connect();
    if (cases > 0) await fillCorpus(client, { cases });
    await client.end();
    await opened.close();
    await database.end();
    fs.writeFileSync(path.join(folder, 'made-from.json'), JSON.stringify(sources()));
    fs.renameSync(folder, filled);
    process.stderr.write(`Corpus of ${cases} cases on ${kind} built in ${Math.round((performance.now() - begun) / 1000)} s.\n`);
  }
  const copy = path.join(output, `run-${kind}`);
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(filled, copy, {
    recursive: true,
    mode: fs.constants.COPYFILE_FICLONE,
    verbatimSymlinks: true,
    filter: (file) => !/\.s\.PGSQL|\.pid$/.test(file),
  });
  return at(kind, copy);
}

function at(kind: Kind, folder: string): Prepared {
  if (kind === 'embedded') {
    const layout = layOut(folder);
    return {
      kind,
      env: { NAHBAR_DATA: folder },
      cluster: layout.cluster,
      url: urlOf(layout, 'nahbar'),
      version: '18, embedded',
      begin: async () => {},
      end: async () => {},
    };
  }
  const url = `postgresql://test@localhost/postgres?host=${encodeURIComponent(folder)}`;
  let stop = async () => {};
  return {
    kind,
    env: { NAHBAR_DATA: folder, DATABASE_URL: url },
    cluster: path.join(folder, 'cluster'),
    url,
    version: '15, Debian',
    async begin() {
      const started = await startSystemPostgres({ folder, durable: true });
      if (!started) throw new Error('This machine has no PostgreSQL 15 or newer of its own.');
      stop = () => started.stop();
    },
    end: () => stop(),
  };
}

/** Whether the corpus there was made as it would be made now. Later migrations do not matter: the server brings its copy up to date. */
function isCurrent(folder: string): boolean {
  const note = path.join(folder, 'made-from.json');
  if (!fs.existsSync(note)) return false;
  const now = sources();
  return Object.entries(JSON.parse(fs.readFileSync(note, 'utf8')) as Record<string, string>).every(([file, hash]) => now[file] === hash);
}

function sources(): Record<string, string> {
  const migrations = path.join(import.meta.dirname, '..', 'server', 'migrations');
  const files = [
    ...fs
      .readdirSync(migrations)
      .filter((name) => /^\d.*\.sql$/.test(name))
      .map((name) => path.join(migrations, name)),
    ...['corpus.ts', 'words.ts'].map((name) => path.join(import.meta.dirname, name)),
  ];
  return Object.fromEntries(files.map((file) => [path.basename(file), createHash('sha256').update(fs.readFileSync(file)).digest('hex')]));
}
