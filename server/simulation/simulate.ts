import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CommandError } from '../cli/command.ts';
import { loadModules } from '../modules/order.ts';
import type { Config } from '../platform/config/config.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrate.ts';
import { dbOf } from '../platform/database/sql.ts';
import type { Log } from '../platform/log.ts';
import { type Played, playDay, type PlayOptions } from './play.ts';
import { compare } from './report/check.ts';
import { type Figures, figuresOf } from './report/figures.ts';
import { pageOf } from './report/page.ts';
import { pictureOf } from './report/picture.ts';

export interface SimulateOptions
  extends Pick<PlayOptions, 'day' | 'conversations' | 'seed' | 'advisers' | 'lookSeconds' | 'fromHour' | 'untilHour' | 'speed' | 'say'> {
  config: Config;
  log: Log;
  signal?: AbortSignal;
}

/** Nothing of the simulated company is kept, so nothing of it needs a secret of its own. */
const secret = 'a simulated company has nothing to hide';

/** Plays a day on a database of its own, compares all witnesses, and says how it went. */
export async function simulate(options: SimulateOptions): Promise<{ played: Played; figures: Figures; examples: readonly string[] }> {
  const { database, remove } = await ownDatabase(options.config, options.log);
  try {
    const played = await playDay({
      ...options,
      secret,
      modules: await loadModules(),
      // Still read when the house has closed.
      database: { ...database, close: async () => {} },
    });
    const found = await compare(dbOf(database.pool), played.ledger);
    return { played, figures: figuresOf(played, found, options), examples: found.examples };
  } finally {
    await database.close();
    await remove();
  }
}

/** What DATABASE_URL names, if it is empty; else one in a folder of its own, which is thrown away. The installation's data folder is never touched. */
async function ownDatabase(config: Config, log: Log): Promise<{ database: Database; remove(): Promise<void> }> {
  if (config.databaseUrl) {
    const database = await openDatabase(config, { log });
    try {
      await refuseCompany(database);
      await migrate(database.connection);
    } catch (error) {
      await database.close();
      throw error;
    }
    return { database, remove: async () => {} };
  }
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'nahbar-simulation-'));
  const remove = () => fs.rm(folder, { recursive: true, force: true });
  try {
    const database = await openDatabase({ ...config, data: folder }, { log });
    await migrate(database.connection);
    return { database, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A day is played only where nobody works. */
export async function refuseCompany({ pool }: Pick<Database, 'pool'>): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(`select to_regclass('public.people') is not null as there`);
  if (!rows[0]?.there) return;
  const { rows: people } = await pool.query('select from people limit 1');
  if (people.length > 0)
    throw new CommandError(
      'The database of DATABASE_URL holds a company already, and nothing in it was touched. A simulated day needs an empty database of its own: name another one, or leave DATABASE_URL out, and one is made and thrown away.',
    );
}

/** Writes what was found into a folder: for people, for programs, and as a picture. */
export async function writeReport(folder: string, played: Played, figures: Figures): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'report.json'), `${JSON.stringify(figures, null, 2)}\n`);
  await fs.writeFile(path.join(folder, 'report.md'), pageOf(figures, 'day.svg'));
  await fs.writeFile(path.join(folder, 'day.svg'), pictureOf(played, figures));
}
