import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type CommandContext, CommandError, UsageError } from '../cli/command.ts';
import { loadModules } from '../modules/order.ts';
import { exportAll } from './export.ts';
import type { Screen } from './progress.ts';
import { openWorkshop } from './workshop.ts';

/** `nahbar export DIR`. */
export async function exportCommand(args: string[], context: CommandContext, screen: Screen = process.stderr): Promise<void> {
  const [name, ...more] = parseArgs({ args, allowPositionals: true }).positionals;
  if (!name || more.length > 0) throw new UsageError('Name exactly one folder.');
  const folder = path.resolve(name);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new CommandError(`${folder} is not empty; an export replaces nothing.`);
  // What is in it is personal.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = await context.openDatabase();
  const house = await openWorkshop(context.config, context.log, database);
  try {
    const shown = new Map<string, number>();
    const manifest = await exportAll({
      house,
      modules: await loadModules(),
      folder,
      onProgress(what, count) {
        shown.set(what, count);
        if (screen.isTTY) screen.write(`\r${what} ${count}\x1b[K`);
      },
    });
    if (screen.isTTY) screen.write('\r\x1b[K');
    const width = Math.max(...[...shown.keys(), 'attachments'].map((what) => what.length));
    for (const [what, count] of [...shown, ['attachments', manifest.attachments] as const]) context.say(`${what.padEnd(width)}  ${count}`);
    for (const { attachmentId, reason } of manifest.missing) context.say(`  attachment ${attachmentId} could not be read: ${reason}`);
    context.say(`${folder}: everything as of ${manifest.at}. What is what: docs/how-to/export.md.`);
  } finally {
    await house.close();
  }
}
