import { Client } from 'pg';
import type { Database } from '../database/database.ts';
import { type Sql, sql } from '../database/sql.ts';
import type { Log } from '../log.ts';

/**
 * Which jobs a process works on, for all others to see: a lock on each, held by a connection of its own. PostgreSQL takes them away in the moment in which the process dies, and
 * not while it stands still, is slow or thinks; so a job on which there is none is nobody's.
 */
export interface Holds {
  /** Resolves when it is held; or after a while, when somebody who stands still has it: then it is held as soon as they let go. */
  take(jobId: string): Promise<void>;
  /** A little later than it is called: that a job has ended is written after it has run. */
  release(jobId: string): void;
  stop(): Promise<void>;
}

/** The lock of a job, as a number. */
export const holdOf = (jobId: Sql | string): Sql => sql`hashtextextended('job ' || ${jobId}, 0)`;
const asked = (how: 'pg_try_advisory_lock' | 'pg_advisory_unlock') => `select ${how}(hashtextextended('job ' || $1, 0)) as done`;

const againMilliseconds = 100;
/** Longer than the writing of an end takes. */
const lingerMilliseconds = 2_000;
const patienceMilliseconds = 3_000;

interface Hold {
  /** How often it was taken and not released. */
  takers: number;
  /** The connection that has the lock. */
  by?: Client;
  keeping?: Promise<void> | undefined;
}

export function createHolds(database: Pick<Database, 'connection'>, log: Log): Holds {
  const held = new Map<string, Hold>();
  const lingering = new Set<NodeJS.Timeout>();
  let client: Promise<Client> | undefined;
  let stopped = false;

  const connect = async (): Promise<Client> => {
    const mine = new Client({ ...database.connection, application_name: 'nahbar', keepAlive: true, connectionTimeoutMillis: 5_000 });
    mine.on('error', () => {});
    await mine.connect();
    // What the broken one had, the next one takes at once.
    mine.once('end', () => {
      client = undefined;
      for (const [jobId, hold] of held) void keep(jobId, hold);
    });
    return mine;
  };
  const connected = (): Promise<Client> => {
    client ??= connect().catch((error: unknown) => {
      client = undefined;
      log.warn({ err: error }, 'jobs cannot be held');
      throw error;
    });
    return client;
  };
  const keep = (jobId: string, hold: Hold): Promise<void> => {
    const until = async () => {
      while (held.get(jobId) === hold && !stopped) {
        const mine = await connected().catch(() => undefined);
        const reply = await mine?.query<{ done: boolean }>(asked('pg_try_advisory_lock'), [jobId]).catch(() => undefined);
        if (mine && reply?.rows[0]?.done) {
          hold.by = mine;
          if (held.get(jobId) !== hold) letGo(jobId, hold);
          return;
        }
        await rest(againMilliseconds);
      }
    };
    hold.keeping ??= until().finally(() => (hold.keeping = undefined));
    return hold.keeping;
  };
  const letGo = (jobId: string, { by }: Hold): void => void by?.query(asked('pg_advisory_unlock'), [jobId]).catch(() => {});

  return {
    async take(jobId) {
      const hold = held.get(jobId) ?? { takers: 0 };
      held.set(jobId, hold);
      hold.takers += 1;
      if (hold.takers === 1) await Promise.race([keep(jobId, hold), rest(patienceMilliseconds)]);
    },
    release(jobId) {
      const timer = setTimeout(() => {
        lingering.delete(timer);
        const hold = held.get(jobId);
        if (!hold || (hold.takers -= 1) > 0) return;
        held.delete(jobId);
        letGo(jobId, hold);
      }, lingerMilliseconds);
      lingering.add(timer);
    },
    async stop() {
      stopped = true;
      for (const timer of lingering) clearTimeout(timer);
      held.clear();
      await client?.then((mine) => mine.end()).catch(() => {});
    },
  };
}

const rest = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
