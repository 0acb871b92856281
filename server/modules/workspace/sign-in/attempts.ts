import type { Secrets } from '../../../platform/config/secrets.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { networkOf } from '../../../platform/http/network.ts';
import { fail } from '../errors.ts';
import type { KnownPlace } from './places.ts';

/** From this failure on every further one blocks, each twice as long as the one before, up to `longest`. */
interface Patience {
  free: number;
  longest: number;
}

/**
 * An account from one address soon waits long; an account from everywhere and an address with all its accounts only much later and not for
 * long. A browser or a network from which the owner came in before does not wait for what others try: else a stranger could lock somebody
 * out, and one colleague a whole office.
 */
const patience = {
  device: { free: 5, longest: 900 },
  pair: { free: 5, longest: 900 },
  account: { free: 30, longest: 60 },
  // Attempts count before they are looked at, and a whole shift signs in within a minute.
  address: { free: 100, longest: 300 },
} satisfies Record<string, Patience>;
type Kind = keyof typeof patience;

/** Forgotten after a day without a failure. */
const memorySeconds = 86_400;

/** Who tries: `account` is what was typed, whether it exists or not. */
export interface Attempt {
  account: string;
  address: string;
  /** Left out where no stranger can try. */
  known?: KnownPlace;
}

/**
 * Counts an attempt as failed before it is looked at, so that a thousand at once count a thousand; throws when one must wait. What is
 * refused counts nowhere further: the narrowest limit comes first, and whoever has reached it cannot use up the wider ones.
 * A success takes it back by `forgive`. Runs in statements of its own: a refused request's transaction would undo it.
 */
export async function countAttempt(db: Db, secrets: Secrets, attempt: Attempt, now: Date): Promise<void> {
  const keys = keysOf(secrets, attempt);
  const names = keys.map(([, key]) => key);
  const waiting = await db.maybe<{ until: Date | null }>(
    sql`select max(blocked_until) as until from sign_in_attempts where key = any(${names}::text[]) and blocked_until > ${now}`,
  );
  if (waiting?.until) throw blocked(waiting.until, now);
  for (const [kind, key] of keys) {
    const { free, longest } = patience[kind];
    const since = new Date(now.getTime() - memorySeconds * 1_000);
    // One statement decides and counts; while blocked it touches nothing.
    const counted = await db.maybe<{ failures: number }>(sql`
      insert into sign_in_attempts as a (key, failures, last_at) values (${key}, 1, ${now})
      on conflict (key) do update set last_at = ${now},
        failures = case when a.last_at < ${since} then 1 else a.failures + 1 end,
        blocked_until = case when a.last_at < ${since} or a.failures + 1 < ${free}::int then null
          else ${now}::timestamptz + least(${longest}::int, power(2, least(a.failures + 1 - ${free}::int, 20))) * interval '1 second' end
        where a.blocked_until is null or a.blocked_until <= ${now}
      returning failures`);
    if (counted) continue;
    const row = await db.maybe<{ until: Date | null }>(sql`select blocked_until as until from sign_in_attempts where key = ${key}`);
    throw blocked(row?.until ?? null, now);
  }
}

/** After a success: the account starts anew, the address loses only this one count. */
export async function forgive(db: Db, secrets: Secrets, attempt: Attempt): Promise<void> {
  for (const [kind, key] of keysOf(secrets, attempt)) {
    if (kind === 'address') {
      await db.exec(sql`update sign_in_attempts set failures = greatest(failures - 1, 0), blocked_until = null where key = ${key}`);
    } else await db.exec(sql`delete from sign_in_attempts where key = ${key}`);
  }
}

export async function sweepAttempts(db: Db, now: Date): Promise<void> {
  await db.exec(sql`delete from sign_in_attempts where last_at < ${new Date(now.getTime() - memorySeconds * 1_000)}`);
}

/** From the narrowest to the widest. */
function keysOf(secrets: Secrets, { account, address, known }: Attempt): [Kind, string][] {
  const who = account.trim().toLowerCase();
  if (known?.device) return [['device', secrets.sign('attempt by device on account', `${known.device} ${who}`)]];
  const network = networkOf(address);
  const keys: [Kind, string][] = [
    ['pair', secrets.sign('attempt by address on account', `${network} ${who}`)],
    ['address', secrets.sign('attempt by address', network)],
  ];
  if (!known?.network) keys.push(['account', secrets.sign('attempt on account', who)]);
  return keys;
}

function blocked(until: Date | null, now: Date) {
  const seconds = Math.max(1, Math.ceil(((until?.getTime() ?? 0) - now.getTime()) / 1_000));
  return fail('workspace.too_many_attempts', { retryAfterSeconds: seconds });
}
