import type { Config } from '../platform/config/config.ts';
import type { Database } from '../platform/database/database.ts';
import type { Log } from '../platform/log.ts';

/** What a command is given. */
export type CommandContext = {
  config: Config;
  log: Log;
  /** Writes one line to the person: results go here, not into the log. */
  say: (line: string) => void;
  /** The database with all migrations applied; joins a running server. The dispatcher closes it. */
  openDatabase: () => Promise<Database>;
};

/** One word of the command line. `run` answers with the exit code; nothing means 0. It loads what it needs itself, to start fast. */
export type Command = {
  name: string;
  /** One line for `nahbar help`. */
  summary: string;
  /** What follows the name, e.g. `create --name NAME --role ROLE`. */
  usage: string;
  /** Must work although settings are wrong; it is then given the defaults in their place. */
  toleratesWrongSettings?: boolean;
  run(args: string[], context: CommandContext): Promise<number | void>;
};

/** A mistake in how a command was called: the message and the usage are shown, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A failure that needs no stack: the message says what is wrong and what to do; exit code 1. */
export class CommandError extends Error {
  override name = 'CommandError';
}
