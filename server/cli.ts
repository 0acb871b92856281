import { argumentMistake, refuseArguments } from './cli/arguments.ts';
import { type Command, type CommandContext, CommandError, UsageError } from './cli/command.ts';
import { commands } from './cli/commands.ts';
import { type Config, ConfigError, readConfig, readSoundSettings } from './platform/config/config.ts';
import { type Database, DatabaseUnfit, openDatabase } from './platform/database/database.ts';
import { DataFolderInUse } from './platform/database/embedded/embedded.ts';
import { migrate, SchemaUnfit } from './platform/database/migrate.ts';
import { createLog } from './platform/log.ts';

followLauncher();
outliveReaders();
process.exitCode = await main(process.argv.slice(2));
// A command is over when it answers; a socket that lingers must not keep the shell waiting.
if (process.exitCode !== undefined) process.exit();

async function main([name = 'help', ...args]: string[]): Promise<number> {
  if (name === 'help' || name === '--help' || name === '-h') return help(args[0]);
  const command = commands.find((known) => known.name === name);
  if (!command) return complain(`There is no command "${name}". "npm run nahbar help" lists them.`, 2);
  if (args.includes('--help')) return help(name);
  const opened: Database[] = [];
  try {
    if (command.usage === '') refuseArguments(command.name, args);
    return (await command.run(args, createContext(settingsFor(command), opened))) ?? 0;
  } catch (error) {
    return explain(error, command);
  } finally {
    for (const database of opened) await database.close();
  }
}

function createContext(config: Config, opened: Database[]): CommandContext {
  const log = createLog(config);
  return {
    config,
    log,
    say: (line) => process.stdout.write(`${line}\n`),
    openDatabase: async () => {
      const database = await openDatabase(config, { role: 'command', log });
      opened.push(database);
      await migrate(database.connection);
      return database;
    },
  };
}

function settingsFor(command: Command): Config {
  return command.toleratesWrongSettings ? readSoundSettings().config : readConfig();
}

function help(name?: string): number {
  const one = commands.find((command) => command.name === name);
  if (one) {
    process.stdout.write(`nahbar ${one.name} ${one.usage}\n\n${one.summary}\n`);
    return 0;
  }
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  process.stdout.write(
    `Nahbar, the open relation centre.\n\nnpm run nahbar COMMAND\n\n${lines.join('\n')}\n\nSettings are environment variables: docs/operations.md.\n`,
  );
  return 0;
}

function explain(thrown: unknown, command: Command): number {
  const error = argumentMistake(thrown, command.usage) ?? thrown;
  if (error instanceof UsageError) return complain(`${error.message}\n${`Usage: nahbar ${command.name} ${command.usage}`.trimEnd()}`, 2);
  const expected = [ConfigError, DatabaseUnfit, DataFolderInUse, SchemaUnfit, CommandError];
  if (expected.some((kind) => error instanceof kind)) return complain((error as Error).message, 1);
  return complain(error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
}

function complain(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}

/** `user list | head` reads as much as it wants: the rest goes nowhere, and the command still ends in order, its database closed. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}

/** Ends with the process that launched this one (bootstrap.mjs on an older Node), however that one ended. */
function followLauncher(): void {
  if (!process.env['NAHBAR_LAUNCHED'] || !process.channel) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
