import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type CommandContext, CommandError, UsageError } from '../cli/command.ts';
import { loadModules } from '../modules/order.ts';
import { ArchiveBroken, archiveEvents, restoreEvents } from '../platform/events/archive.ts';

/** What was given up may be tried again for thirty days, and then needs its event. */
const leastDays = 31;
const usualDays = 90;

/** `nahbar archive FOLDER [--days N]` and `nahbar archive --restore FILE`. */
export async function archiveCommand(args: string[], { openDatabase, say }: CommandContext, now = new Date()): Promise<void> {
  const options = { days: { type: 'string' }, restore: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (values.restore !== undefined) {
    if (positionals.length > 0 || values.days !== undefined) throw new UsageError('--restore takes one file and nothing else.');
    const file = path.resolve(values.restore);
    if (!fs.existsSync(file)) throw new CommandError(`There is no file ${file}.`);
    const { pool } = await openDatabase();
    say(`${await putBack(() => restoreEvents(pool, file, now))} events are back; the next archiving takes them out again.`);
    return;
  }
  const [folder, ...more] = positionals;
  if (!folder || more.length > 0) throw new UsageError('Name exactly one folder.');
  const days = Number(values.days ?? usualDays);
  if (!Number.isInteger(days) || days < leastDays) throw new UsageError(`--days is a whole number from ${leastDays} on.`);
  const { pool } = await openDatabase();
  const before = new Date(now.getTime() - days * 86_400_000);
  const { files, removed } = await archiveEvents(pool, await loadModules(), { folder: path.resolve(folder), before, now });
  for (const { name, events } of files) say(`${name}: ${events} events.`);
  for (const name of removed) say(`${name} was removed: its time was over.`);
  if (files.length === 0) say(`Nothing is older than ${days} days and needed no more.`);
}

async function putBack(restore: () => Promise<number>): Promise<number> {
  try {
    return await restore();
  } catch (error) {
    if (error instanceof ArchiveBroken) throw new CommandError(`${error.message} Nothing was changed.`, { cause: error });
    throw error;
  }
}
