import { createHash } from 'node:crypto';
import type { Ctx } from '../context.ts';
import type { Change } from '../database/change.ts';
import { sql } from '../database/sql.ts';
import { fail } from '../errors.ts';
import type { JobWork } from '../jobs/jobs.ts';

/** A day: long enough for every client's retries. Older keys are swept by the platform's own tick. */
export const keptSeconds = 86_400;

/** A request that says who asks what under which key. */
export interface Keyed {
  caller: string;
  key: string;
  hash: string;
}

export const keyed = (caller: string, key: string, { method, path, input }: { method: string; path: string; input: object }): Keyed => ({
  caller,
  key,
  hash: hashOf(JSON.stringify([method, path, withoutBytes(input)])),
});

/**
 * Runs `create` once per caller and key: the reply is stored in the same transaction as what it created, so a repeated
 * request gets the first reply whatever crashed in between. The same key with another request is refused.
 */
export async function once(ctx: Ctx, request: Keyed, create: () => Promise<Answer>): Promise<Answer> {
  // Two requests with one key at the same time: the second waits here for the first.
  const [, known] = await Promise.all([
    ctx.db.exec(sql`select pg_advisory_xact_lock(hashtextextended(${`${request.caller} ${request.key}`}, 0))`),
    answeredBefore(ctx, request),
  ]);
  if (known) return known;
  const made = await create();
  keepAnswer(ctx, request, made);
  return made;
}

interface Answer {
  status: number;
  reply: unknown;
}

/** What this request was answered, should it be a repetition; the same key with another request is refused. */
export async function answeredBefore(
  { db, platform }: Pick<Ctx, 'db' | 'platform'>,
  { caller, key, hash }: Keyed,
): Promise<Answer | undefined> {
  const known = await db.maybe<{ request_hash: string; status: number; reply: string }>(
    sql`select request_hash, status, reply from idempotency_keys where caller = ${caller} and key = ${key}`,
  );
  if (!known) return undefined;
  if (known.request_hash !== hash) throw fail('core.idempotency_mismatch');
  return { status: known.status, reply: JSON.parse(platform.secrets.open(known.reply)) as unknown };
}

/**
 * Keeps the answer, to be written in the transaction of what it tells. Should the same request have been answered in the meantime, everything is undone, so a
 * handler that opens its own transactions does once what `once` does for all others, and finds the answer by `answeredBefore`.
 */
export function keepAnswer(ctx: Ctx, { caller, key, hash }: Keyed, { status, reply }: Answer): void {
  // Sealed: a reply may show a token once, and it names customers.
  ctx.changeOne(keptAnswer, { caller, key, hash, status, reply: ctx.platform.secrets.seal(JSON.stringify(reply)), at: ctx.now });
}

const keptAnswer: Change<Keyed & { status: number; reply: string; at: Date }> = {
  columns: { caller: 'text', key: 'text', hash: 'text', status: 'int', reply: 'jsonb', at: 'timestamptz' },
  statement: (given) => sql`insert into idempotency_keys (caller, key, request_hash, status, reply, created_at)
    select given.caller, given.key, given.hash, given.status, given.reply, given.at from ${given} on conflict do nothing`,
};

const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('base64url');

/** Files by their own hash: as JSON, forty megabytes would become a list of forty million numbers. */
const withoutBytes = (input: object): object =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name, value instanceof Uint8Array ? hashOf(value) : value]));

/** Removes keys older than a day. */
export async function sweepIdempotencyKeys(work: JobWork): Promise<void> {
  await work.transaction((ctx) =>
    ctx.db.exec(sql`delete from idempotency_keys where created_at < ${new Date(ctx.now.getTime() - keptSeconds * 1_000)}`).then(() => {}),
  );
}
