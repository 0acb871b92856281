import { createHash } from 'node:crypto';
import type { Ctx } from '../context.ts';
import { sql } from '../database/sql.ts';
import { fail } from '../errors.ts';
import type { JobWork } from '../jobs/jobs.ts';

/** A day: long enough for every client's retries. Older keys are swept by the platform's own tick. */
export const keptSeconds = 86_400;

/**
 * Runs `create` once per caller and key: the reply is stored in the same transaction as what it created, so a repeated
 * request gets the first reply whatever crashed in between. The same key with another request is refused.
 */
export async function once(
  ctx: Ctx,
  caller: string,
  key: string,
  request: { method: string; path: string; input: object },
  create: () => Promise<{ status: number; reply: unknown }>,
) {
  const hash = hashOf(JSON.stringify([request.method, request.path, withoutBytes(request.input)]));
  // Two requests with one key at the same time: the second waits here for the first.
  await ctx.db.exec(sql`select pg_advisory_xact_lock(hashtextextended(${`${caller} ${key}`}, 0))`);
  const known = await ctx.db.maybe<{ request_hash: string; status: number; reply: string }>(
    sql`select request_hash, status, reply from idempotency_keys where caller = ${caller} and key = ${key}`,
  );
  if (known) {
    if (known.request_hash !== hash) throw fail('core.idempotency_mismatch');
    return { status: known.status, reply: JSON.parse(ctx.platform.secrets.open(known.reply)) };
  }
  const made = await create();
  // Sealed: a reply may show a token once, and it names customers.
  const sealed = ctx.platform.secrets.seal(JSON.stringify(made.reply));
  await ctx.db.exec(sql`insert into idempotency_keys (caller, key, request_hash, status, reply, created_at)
    values (${caller}, ${key}, ${hash}, ${made.status}, ${sql.json(sealed)}, ${ctx.now})`);
  return made;
}

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
