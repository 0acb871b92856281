import { Writable } from 'node:stream';
import pino, { type Logger } from 'pino';
import type { Config } from './config/config.ts';

/** Logs carry ids, codes and counts, never what a customer is called, writes or owns. */
export type Log = Logger;

// A last net, not a licence: these keys hold personal data wherever they appear.
const personal = [
  'name',
  'email',
  'address',
  'phone',
  'subject',
  'text',
  'html',
  'body',
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
];
const redact = personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** The process's log: one JSON object a line, or readable lines on a terminal. */
export function createLog(config: Pick<Config, 'logLevel' | 'logFormat'>, stream?: NodeJS.WritableStream): Log {
  const target = stream ?? process.stdout;
  const readable = config.logFormat === 'text' || (config.logFormat === 'auto' && !stream && process.stdout.isTTY);
  return pino(
    {
      level: config.logLevel,
      base: null,
      redact,
      serializers: { err: errorWithoutData },
      timestamp: pino.stdTimeFunctions.isoTime,
      // Of an error logged without words of ours, pino would take the error's own.
      hooks: {
        logMethod(args, method) {
          if (args.length === 1 && typeof args[0] === 'object') method.apply(this, [args[0], 'failed']);
          else method.apply(this, args);
        },
      },
    },
    readable ? readableLines(target) : stream ? target : pino.destination({ fd: 1, sync: true }),
  );
}

/** For tests and for code that is handed no log. */
export const silentLog: Log = pino({ level: 'silent' });

/**
 * PostgreSQL repeats the refused values in `detail`, `where` and, for malformed input (class 22), in the message itself; mail servers name in their
 * refusals whom they refuse, and libraries quote them. Those are people's data, so only the code, the place and the stack go to the log.
 */
function errorWithoutData(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const known = error as Error & { code?: unknown; table?: unknown; constraint?: unknown };
  const message = messageWithoutData(error);
  return {
    type: error.name,
    code: codeOf(error),
    message,
    table: known.table,
    constraint: known.constraint,
    stack: error.message === '' ? error.stack : error.stack?.replaceAll(error.message, message),
    cause: error.cause && errorWithoutData(error.cause),
  };
}

/** What an error says, without what others said to it. */
export function messageWithoutData(error: Error): string {
  const code = codeOf(error);
  if (code !== undefined && /^22[0-9A-Z]{3}$/.test(code)) return `malformed value (${code})`;
  const isQuoted = ['response', 'responseText', 'responseStatus'].some((name) => name in error);
  if (isQuoted) return `refused by a server${code === undefined ? '' : ` (${code})`}`;
  return error.message.replace(/[^\s<>"'(),:;]+@[\w-]+\.[\w.-]+/g, '…@…');
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function readableLines(target: NodeJS.WritableStream): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const { level, time, msg, err, ...rest } = JSON.parse(chunk.toString()) as Record<string, unknown> & {
        level: number;
        time: string;
        msg?: string;
      };
      const label = pino.levels.labels[level] ?? 'info';
      const fields = Object.entries(rest).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
      const lines = [[time.slice(11, 19), label.padEnd(5), ...(msg ? [msg] : []), ...fields].join(' ')];
      if (err && typeof err === 'object' && 'stack' in err) lines.push(String(err.stack));
      target.write(`${lines.join('\n')}\n`);
      done();
    },
  });
}
