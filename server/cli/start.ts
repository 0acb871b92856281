import { parseArgs } from 'node:util';
import type { Config } from '../platform/config/config.ts';
import { holdersOf } from '../platform/database/embedded/embedded.ts';
import { checkPlaces } from '../platform/house/listening.ts';
import { type CommandContext, CommandError, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { buildWeb } from './web.ts';

/** `nahbar start`: builds the web application when needed, starts the server, and ends it in order when asked to. */
export async function start(args: string[], context: CommandContext): Promise<void> {
  const { values } = parseArgs({ args, options: { demo: { type: 'boolean' }, live: { type: 'boolean' } } });
  if (values.live && !values.demo) throw new UsageError('--live needs --demo: only the sample company has customers who write.');
  const begun = performance.now();
  const stopped = signalled();
  await checkStart(context.config);
  if (context.config.process !== 'worker') await buildWeb(context.say);
  const { startServer } = await import('../main.ts');
  const server = await startServer(context.config);
  try {
    context.say(`Nahbar is ready at ${server.config.publicUrl} (${((performance.now() - begun) / 1000).toFixed(1)} s). Ctrl-C ends it.`);
    if (values.demo) await runDemo(values.live ? ['--live'] : [], { ...context, config: server.config });
    await stopped;
  } finally {
    // Also when the demo fails: the database must not be left running alone.
    await server.close();
  }
}

/** What can be known to fail is said before anything is made. A second start in one data folder is refused by the folder, with a better sentence. */
async function checkStart(config: Config): Promise<void> {
  const isTaken = !config.databaseUrl && (await holdersOf(config.data)).some(({ role }) => role === 'server');
  if (!isTaken) await checkPlaces(config);
}

async function runDemo(args: string[], context: CommandContext): Promise<void> {
  const demo = commands.find(({ name }) => name === 'demo');
  if (!demo) throw new CommandError('There is no demo in this version.');
  await demo.run(args, context);
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    // Waiting for a signal alone does not keep a process alive.
    const waiting = setInterval(() => {}, 2 ** 30);
    const onSignal = () => {
      if (asked) process.exit(130);
      asked = true;
      clearInterval(waiting);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
