import { openDatabase } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrate.ts';
import type { CommandContext } from './command.ts';

/** `nahbar migrate`: applies what is waiting and says what it was. */
export async function migrateCommand(_args: string[], { config, log, say }: CommandContext): Promise<void> {
  const database = await openDatabase(config, { role: 'command', log });
  try {
    const applied = await migrate(database.connection);
    say(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}.`);
  } finally {
    await database.close();
  }
}
