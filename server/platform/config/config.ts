import path from 'node:path';
import { z } from 'zod';
import { certificateFault, commandFault, folderFault, keyFault, pairFault } from './config-files.ts';

/** One setting: an environment variable, the value it has when unset, and what it is for. */
export type Setting = {
  /** The environment variable. */
  name: string;
  /** What is taken when it is unset or empty; '' means "none". */
  fallback: string;
  kind: 'port' | 'host' | 'folder' | 'url' | 'secret' | 'choice' | 'switch' | 'number' | 'command' | 'text';
  /** One sentence for doctor and for docs/operations.md. */
  about: string;
  schema: z.ZodType;
};

const port = z.string().transform((text, ctx) => {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  return refuse(ctx, 'a port is a whole number from 0 to 65535 (0 takes any free one)');
});
const host = z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'a host is a name or an IP address, without scheme or port');
const folder = z
  .string()
  .transform((text) => path.resolve(text))
  .superRefine(sound(folderFault));
const flag = z.enum(['0', '1'], 'the switch is 1 (on) or 0 (off)').transform((text) => text === '1');
const url = (what: string, ...schemes: string[]) =>
  z.string().refine((text) => text === '' || schemes.includes(partsOf(text)?.protocol ?? ''), {
    error: `${what} begins with ${schemes.map((s) => `${s}//`).join(' or ')}`,
    abort: true,
  });
const choice = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values, `it is one of ${values.join(', ')}`);

const table = {
  port: { name: 'PORT', fallback: '4000', kind: 'port', about: 'Port of the web application and the API.', schema: port },
  host: { name: 'HOST', fallback: '127.0.0.1', kind: 'host', about: 'Address the web application listens on.', schema: host },
  smtpPort: { name: 'SMTP_PORT', fallback: '2525', kind: 'port', about: 'Port of the built-in mail receiver.', schema: port },
  smtpHost: {
    name: 'SMTP_HOST',
    fallback: '127.0.0.1',
    kind: 'host',
    about: 'Address the built-in mail receiver listens on.',
    schema: host,
  },
  smtpCertificate: {
    name: 'SMTP_CERTIFICATE',
    fallback: '',
    kind: 'text',
    about: 'File with the certificate (PEM) with which the built-in mail receiver offers encryption; none is offered when unset.',
    schema: z.string().superRefine(sound(certificateFault)),
  },
  smtpKey: {
    name: 'SMTP_KEY',
    fallback: '',
    kind: 'text',
    about: "File with that certificate's key (PEM).",
    schema: z.string().superRefine(sound(keyFault)),
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    fallback: '',
    kind: 'url',
    about: 'Address under which people and other systems reach Nahbar; http://HOST:PORT when unset.',
    schema: url('the address', 'http:', 'https:').transform((text) => text.replace(/\/+$/, '')),
  },
  data: {
    name: 'NAHBAR_DATA',
    fallback: './data',
    kind: 'folder',
    about: 'Folder for the embedded database, files and the secret.',
    schema: folder,
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    fallback: '',
    kind: 'url',
    about: 'A PostgreSQL 15 or newer to use instead of the embedded one; needed for several processes or machines.',
    schema: url('the address of a database', 'postgres:', 'postgresql:'),
  },
  databaseReplicaUrl: {
    name: 'DATABASE_REPLICA_URL',
    fallback: '',
    kind: 'url',
    about:
      'A streaming replica of that PostgreSQL, from which reports are read; the primary answers them when unset, gone or too far behind.',
    schema: url('the address of a replica', 'postgres:', 'postgresql:'),
  },
  databaseConnections: {
    name: 'DATABASE_CONNECTIONS',
    fallback: '6',
    kind: 'number',
    about: 'Most database connections one process holds in its pool.',
    schema: whole(2, 500),
  },
  smtpUrl: {
    name: 'SMTP_URL',
    fallback: '',
    kind: 'url',
    about:
      'Mail server for invitations and new passwords, and for answers of mail accounts without one of their own; those stay in the local outbox when unset.',
    schema: url('the address of a mail server', 'smtp:', 'smtps:').refine(
      (text) => text === '' || partsOf(text)?.hostname !== '',
      'the address of a mail server names the server: smtp://USER:PASSWORD@SERVER:PORT',
    ),
  },
  secret: {
    name: 'NAHBAR_SECRET',
    fallback: '',
    kind: 'secret',
    about:
      'Key that seals stored passwords and signs sessions; a file in the data folder when unset, to be set when several machines share a database.',
    schema: z.string().refine((text) => text === '' || text.length >= 32, 'the secret has at least 32 characters'),
  },
  process: {
    name: 'NAHBAR_PROCESS',
    fallback: 'all',
    kind: 'choice',
    about: 'What this process does: all, only web (requests and sockets) or only worker (jobs and channels).',
    schema: choice('all', 'web', 'worker'),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    fallback: 'info',
    kind: 'choice',
    about: 'Least important line that is logged.',
    schema: choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
  logFormat: {
    name: 'LOG_FORMAT',
    fallback: 'auto',
    kind: 'choice',
    about: 'Log as text or json; auto is text on a terminal and json elsewhere.',
    schema: choice('auto', 'text', 'json'),
  },
  virusScan: {
    name: 'NAHBAR_VIRUS_SCAN',
    fallback: '',
    kind: 'command',
    about:
      'Command that reads an attachment on its standard input and exits with 0 when it is clean, with 1 when it is infected; no scan when unset.',
    schema: z.string().superRefine(sound(commandFault)),
  },
  rateLimit: {
    name: 'NAHBAR_RATE_LIMIT',
    fallback: '1200',
    kind: 'number',
    about: 'Requests a minute one person may make, a fifth of it for one address without sign-in; 0 turns the limit off.',
    schema: whole(0, 10_000_000),
  },
  trustProxy: {
    name: 'NAHBAR_TRUST_PROXY',
    fallback: '0',
    kind: 'switch',
    about: 'Believe the forwarding headers of a reverse proxy in front of Nahbar.',
    schema: flag,
  },
  sourceUrl: {
    name: 'NAHBAR_SOURCE_URL',
    fallback: '',
    kind: 'url',
    about: 'Where people get the source of this installation; needed once you have changed it (AGPL, section 13).',
    schema: url('the address', 'http:', 'https:'),
  },
} as const satisfies Record<string, Setting>;

/** Every setting there is, in the order of the documentation. */
export const settings: readonly Setting[] = Object.values(table);

/** The checked settings. `data` is an absolute path, `publicUrl` has no slash at its end, '' means "not set". */
export type Config = { [Key in keyof typeof table]: z.output<(typeof table)[Key]['schema']> };

/** Wrong settings, all at once; the message is meant for the person who starts the program. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  /** The variables that are wrong. */
  readonly names: readonly string[];
  constructor(problems: readonly string[], names: readonly string[]) {
    super(
      `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} wrong:\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
    this.names = names;
  }
}

/** Reads the settings from the environment. Throws ConfigError, which names every wrong one. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const wrong: { name: string; problem: string }[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(table)) {
    const found = env[setting.name]?.trim() || setting.fallback;
    const result = setting.schema.safeParse(found);
    if (result.success) values[key] = result.data;
    else {
      const why = result.error.issues[0]?.message ?? 'that is not valid';
      wrong.push({ name: setting.name, problem: `${setting.name} is ${shown(setting, found)}, but ${why}.` });
    }
  }
  const { smtpCertificate, smtpKey, databaseUrl, databaseReplicaUrl } = values as Partial<Config>;
  if (databaseReplicaUrl && databaseUrl === '') {
    const problem = 'DATABASE_REPLICA_URL is set, but DATABASE_URL is not: the embedded database has no replica. Set both or none.';
    wrong.push({ name: 'DATABASE_REPLICA_URL', problem });
  }
  if (smtpCertificate !== undefined && smtpKey !== undefined) wrong.push(...pairFault(smtpCertificate, smtpKey));
  if (wrong.length > 0)
    throw new ConfigError(
      wrong.map(({ problem }) => problem),
      wrong.map(({ name }) => name),
    );
  const config = values as Config;
  return { ...config, publicUrl: config.publicUrl || localUrl(config.host, config.port) };
}

/** The settings with the defaults in place of wrong ones, and what is wrong: for whoever looks at an installation that does not start. */
export function readSoundSettings(env: NodeJS.ProcessEnv = process.env): { config: Config; wrong: ConfigError | undefined } {
  try {
    return { config: readConfig(env), wrong: undefined };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // One of a pair is no setting without the other.
    const pair = ['SMTP_CERTIFICATE', 'SMTP_KEY'];
    const names = error.names.some((name) => pair.includes(name)) ? [...error.names, ...pair] : error.names;
    const sound = Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
    return { config: readConfig(sound), wrong: error };
  }
}

/** The settings of a server that listens: with PORT=0 nobody knew before at which port people find it. */
export function listeningAt(config: Config, port: number): Config {
  const isDerived = config.publicUrl === localUrl(config.host, config.port);
  return { ...config, port, publicUrl: isDerived ? localUrl(config.host, port) : config.publicUrl };
}

/** The address a person on this machine types: a wildcard address is shown as localhost. */
export function localUrl(listenHost: string, listenPort: number): string {
  const name = listenHost === '0.0.0.0' || listenHost === '::' ? 'localhost' : listenHost;
  return `http://${name.includes(':') ? `[${name}]` : name}:${listenPort}`;
}

/** How a setting may be shown to a person: never a secret, never a password inside an address. */
export function shown(setting: Setting, value: string): string {
  if (value === '') return '(not set)';
  if (setting.kind === 'secret') return `"…" (${value.length} characters)`;
  return JSON.stringify(setting.kind === 'url' ? withoutPassword(value) : value);
}

function whole(least: number, most: number) {
  return z.string().transform((text, ctx) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    return refuse(ctx, `it is a whole number from ${least} to ${most}`);
  });
}

/** In an address a password stands before the last `@`, or as a parameter. */
function withoutPassword(address: string): string {
  return address.replace(/(\/\/[^:@/]*):.*@/, '$1:…@').replace(/([?&]\w*password=)[^&]*/gi, '$1…');
}

/** A check that answers with what is wrong, as a rule of a schema. */
function sound(fault: (text: string) => string | undefined) {
  return (text: string, ctx: z.RefinementCtx): void => {
    const found = text === '' ? undefined : fault(text);
    if (found !== undefined) ctx.addIssue({ code: 'custom', message: found });
  };
}

function refuse(ctx: z.RefinementCtx, message: string): never {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function partsOf(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}
