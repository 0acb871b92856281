import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type BackupSummary, backUp } from '../platform/database/backup/backup.ts';
import { BackupBroken } from '../platform/database/backup/file.ts';
import { restore, TargetNotEmpty } from '../platform/database/backup/restore.ts';
import { openDatabase } from '../platform/database/database.ts';
import { holdersOf } from '../platform/database/embedded/embedded.ts';
import { type CommandContext, CommandError, UsageError } from './command.ts';

/** `nahbar backup FILE`. Migrates nothing: what is written is what is there. */
export async function backupCommand(args: string[], { config, log, say }: CommandContext): Promise<void> {
  const file = oneFile(parseArgs({ args, allowPositionals: true }).positionals);
  if (fs.existsSync(file)) throw new CommandError(`${file} exists already; a backup replaces nothing.`);
  const database = await openDatabase(config, { role: 'command', log });
  try {
    const summary = await backUp(database.connection, file);
    say(`${file}: ${shown(summary)}, ${Math.ceil(fs.statSync(file).size / 1024)} kB.`);
    if (!config.secret) say(`Keep ${path.join(config.data, 'secret')} with it: without it the stored passwords can't be opened.`);
  } finally {
    await database.close();
  }
}

/** `nahbar restore FILE [--force]`. */
export async function restoreCommand(args: string[], { config, log, say }: CommandContext): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { force: { type: 'boolean' } } });
  const file = oneFile(positionals);
  if (!fs.existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  const server = config.databaseUrl ? undefined : (await holdersOf(config.data)).find(({ role }) => role === 'server');
  if (server) throw new CommandError(`Nahbar runs on this data folder (process ${server.pid}). Stop it before restoring.`);
  const database = await openDatabase(config, { role: 'command', log });
  try {
    say(`Restored ${shown(await restore(database.connection, file, { force: values.force ?? false }))}.`);
  } catch (error) {
    if (error instanceof TargetNotEmpty || error instanceof BackupBroken)
      throw new CommandError(`${error.message} Nothing was changed.`, { cause: error });
    throw error;
  } finally {
    await database.close();
  }
}

function oneFile(args: string[]): string {
  const [file, ...more] = args;
  if (!file || more.length > 0) throw new UsageError('Name exactly one file.');
  return path.resolve(file);
}

function shown({ tables, rows, migration }: BackupSummary): string {
  return `${rows} rows in ${tables} tables, schema ${migration}`;
}
