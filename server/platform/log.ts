import { Writable } from 'node:stream';
import pino, { type Logger } from 'pino';
import type { Config } from './config.ts';

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
    { level: config.logLevel, base: null, redact, serializers: { err: errorWithoutData }, timestamp: pino.stdTimeFunctions.isoTime },
    readable ? readableLines(target) : stream ? target : pino.destination({ fd: 1, sync: true }),
  );
}

/** For tests and for code that is handed no log. */
export const silentLog: Log = pino({ level: 'silent' });

/**
 * PostgreSQL repeats the refused values in `detail`, `where` and, for malformed input (class 22), in the message itself.
 * Those are customers' data, so only the code, the place and the stack go to the log.
 */
function errorWithoutData(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const known = error as Error & { code?: unknown; table?: unknown; constraint?: unknown };
  const code = typeof known.code === 'string' ? known.code : undefined;
  const tellsData = code !== undefined && /^22[0-9A-Z]{3}$/.test(code);
  const message = tellsData ? `malformed value (${code})` : error.message;
  const stack = tellsData ? error.stack?.replace(error.message, message) : error.stack;
  return {
    type: error.name,
    code,
    message,
    table: known.table,
    constraint: known.constraint,
    stack,
    cause: error.cause && errorWithoutData(error.cause),
  };
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
