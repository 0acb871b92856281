import { nearNames } from '../platform/near.ts';
import { UsageError } from './command.ts';

/** For a command that takes nothing: whatever follows it is a slip that must not be passed over. */
export function refuseArguments(name: string, args: readonly string[]): void {
  if (args[0] !== undefined) throw new UsageError(`"${name}" takes nothing more, but "${args[0]}" was given.`);
}

/** What Node's parser of arguments complains about, as a mistake in how the command was called; undefined for any other error. */
export function argumentMistake(error: unknown, usage: string): UsageError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '' } = error as NodeJS.ErrnoException;
  const [, named = ''] = /'([^' ]*)/.exec(error.message) ?? [];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = nearNames(named, usage.match(/--[\w-]+/g) ?? [], 1);
    return new UsageError(`There is no option "${named}" here.${near.length > 0 ? ` Did you mean ${near[0]}?` : ''}`);
  }
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return new UsageError(`"${named}" is one word too many.`);
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return undefined;
  const lacks = error.message.includes('argument missing') || error.message.includes('ambiguous');
  const option = /--[\w-]+/.exec(error.message)?.[0] ?? named;
  return new UsageError(lacks ? `After ${option} its value is missing.` : `${option} takes no value.`);
}
