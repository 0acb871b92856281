import { parseArgs } from 'node:util';
import { type CommandContext, CommandError } from '../cli/command.ts';
import { loadModules } from '../modules/order.ts';
import { companySettings, listPeople } from '../modules/workspace/index.ts';
import { system } from '../platform/actor.ts';
import { localUrl } from '../platform/config/config.ts';
import { loadSecret } from '../platform/config/secret-file.ts';
import { dbOf } from '../platform/database/sql.ts';
import { playLive } from './live/live.ts';
import { loadSample } from './load.ts';
import { printSignIns } from './sign-ins.ts';
import { isSampleUnfinished } from './trial.ts';

/** `nahbar demo [--live] [--speed N]`: fills an empty installation with the sample company, or says how to sign in to the one that is there. */
export async function demoCommand(args: string[], context: CommandContext): Promise<void> {
  const { values } = parseArgs({ args, options: { live: { type: 'boolean' }, speed: { type: 'string' }, mails: { type: 'string' } } });
  const speed = number(values.speed, '--speed', 1);
  const mails = values.mails === undefined ? Number.POSITIVE_INFINITY : number(values.mails, '--mails', 1);
  const { config, say } = context;
  const secret = await loadSecret(config);
  const address = config.publicUrl || localUrl(config.host, config.port);
  const running = await askServer(config.host, config.port);
  if (running) {
    if (running.needed) say('Filling in the sample company …');
    if (!running.demo) await orderSample(config.host, config.port);
  } else await fillDatabase(context, secret);
  printSignIns(secret, address, say);
  if (!values.live) return;
  if (!(await askServer(config.host, config.port)))
    throw new CommandError('The simulated day needs a running Nahbar: npm start -- --demo --live');
  await playLive({ config, secret, say, speed, mails });
}

function number(text: string | undefined, name: string, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!(value > 0)) throw new CommandError(`${name} is a number greater than 0.`);
  return value;
}

const taken = () =>
  new CommandError(
    'This installation belongs to a company already. Nothing was changed. For the sample company choose another folder: NAHBAR_DATA=./demo',
  );

async function fillDatabase(context: CommandContext, secret: string): Promise<void> {
  const { config, log, say } = context;
  const database = await context.openDatabase();
  const db = dbOf(database.pool);
  if ((await companySettings(db)).demo) return;
  const { items } = await listPeople({ db, actor: system } as Parameters<typeof listPeople>[0], { limit: 1 });
  if (items.length > 0 && !(await isSampleUnfinished(database))) throw taken();
  say('Filling in the sample company …');
  await loadSample({ config, log, secret, database, modules: await loadModules() });
}

/** Whether Nahbar runs here, and what it says of itself. */
async function askServer(host: string, port: number): Promise<{ needed: boolean; demo: boolean } | undefined> {
  try {
    const answer = await fetch(`${localUrl(host, port)}/api/v1/setup`, { signal: AbortSignal.timeout(3_000) });
    return answer.ok ? ((await answer.json()) as { needed: boolean; demo: boolean }) : undefined;
  } catch {
    return undefined;
  }
}

async function orderSample(host: string, port: number): Promise<void> {
  const answer = await fetch(`${localUrl(host, port)}/api/v1/setup/sample`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(300_000),
  });
  if (answer.ok) return;
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; title?: string; help?: string };
  if (problem.code === 'workspace.already_set_up') throw taken();
  if (answer.status >= 500)
    throw new CommandError(
      'The sample company could not be filled in; the log says why. What was begun was taken back: you can try again.',
    );
  throw new CommandError(`${problem.title ?? 'The sample company could not be filled in.'} ${problem.help ?? ''}`.trim());
}
