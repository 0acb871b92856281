import { parseArgs } from 'node:util';
import { personRole } from '../../contract/workspace.ts';
import {
  addPersonByCommand,
  createToken,
  deactivatePerson,
  listPeople,
  newPasswordByCommand,
  personByEmail,
} from '../modules/workspace/index.ts';
import { system } from '../platform/actor.ts';
import { systemClock } from '../platform/clock.ts';
import { loadSecret } from '../platform/config/secret-file.ts';
import { createSecrets } from '../platform/config/secrets.ts';
import { type Ctx, type Platform, transaction } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { createJobs } from '../platform/jobs/jobs.ts';
import { type CommandContext, CommandError, UsageError } from './command.ts';

/** `nahbar token create --name NAME --role ROLE`. */
export async function tokenCommand([verb, ...args]: string[], context: CommandContext): Promise<void> {
  if (verb !== 'create') throw new UsageError('The only thing to do with tokens here is: create.');
  const { name, role } = options(args);
  if (!name) throw new UsageError('--name is missing: what will use the token?');
  await within(context, async (ctx) => {
    const { token } = await createToken(ctx, { name, role: roleFrom(role), expiresAt: null });
    context.say(token);
  });
}

/** `nahbar user create|list|password|deactivate`. */
export async function userCommand([verb, ...args]: string[], context: CommandContext): Promise<void> {
  const { name, role, email } = options(args);
  const verbs: Record<string, (ctx: Ctx) => Promise<void>> = {
    create: async (ctx) => {
      if (!name || !email) throw new UsageError('--name and --email are needed.');
      context.say(`Password: ${await addPersonByCommand(ctx, { name, email, role: roleFrom(role) })}`);
    },
    list: async (ctx) => {
      const { items } = await listPeople(ctx, { limit: 10_000 });
      for (const one of items) context.say([one.email, one.name, one.roles.join(','), one.active ? '' : 'inactive'].join('\t').trimEnd());
    },
    password: async (ctx) => context.say(`Password: ${await newPasswordByCommand(ctx, await idOf(ctx, email))}`),
    deactivate: async (ctx) => {
      await deactivatePerson(ctx, { id: await idOf(ctx, email) });
      context.say('Deactivated; all sessions have ended.');
    },
  };
  const act = verb ? verbs[verb] : undefined;
  if (!act) throw new UsageError(`There is no "user ${verb ?? ''}".`);
  await within(context, act);
}

function options(args: string[]) {
  return parseArgs({ args, options: { name: { type: 'string' }, email: { type: 'string' }, role: { type: 'string' } } }).values;
}

function roleFrom(text: string | undefined) {
  const role = personRole.safeParse(text);
  if (!role.success) throw new UsageError(`--role is one of ${personRole.options.join(', ')}.`);
  return role.data;
}

async function idOf(ctx: Ctx, email: string | undefined): Promise<string> {
  if (!email) throw new UsageError('--email is missing.');
  const person = await personByEmail(ctx, email);
  if (!person) throw new CommandError(`Nobody here has the address ${email}.`);
  return person.id;
}

/** One transaction as the system; a running server learns of it from the events within a second. */
async function within(context: CommandContext, act: (ctx: Ctx) => Promise<void>): Promise<void> {
  const database = await context.openDatabase();
  const { config, log } = context;
  const platform: Platform = {
    config,
    clock: systemClock,
    log,
    database,
    secrets: createSecrets(await loadSecret(config)),
    jobs: createJobs(() => platform, log),
    eventTypes: [],
    health: async () => [],
    poke() {},
    signal() {},
    signalHere() {},
    tellProcesses() {},
  };
  try {
    await transaction(platform, system, act);
  } catch (error) {
    if (error instanceof DomainError) throw new CommandError(`${error.message} ${error.help}`, { cause: error });
    throw error;
  }
}
