import pg from 'pg';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';

/** Carries pokes and signals between the processes of one installation, by LISTEN/NOTIFY. Lossy on purpose: the tail looks by itself too. */
export interface Bus {
  publish(message: BusMessage): void;
  stop(): Promise<void>;
}

export type BusMessage = { kind: 'poke' } | { kind: 'signal'; stream: string; topic: string; data: Record<string, unknown> };

const channel = 'nahbar';
/** NOTIFY takes a global lock at commit, so pokes are gathered: one in this many milliseconds at most. */
const gatherMilliseconds = 5;

/** With an embedded database there is one server process only, so nothing is sent. */
export async function startBus(database: Database, log: Log, onMessage: (message: BusMessage) => void): Promise<Bus> {
  if (database.kind === 'embedded') return { publish: () => {}, stop: async () => {} };
  const self = `${process.pid}.${Math.random().toString(36).slice(2)}`;
  let stopped = false;
  let client: pg.Client | undefined;
  let gathered: BusMessage[] = [];
  let timer: NodeJS.Timeout | undefined;

  const listen = async (): Promise<void> => {
    const mine = new pg.Client(database.connection);
    mine.on('error', () => {});
    mine.on('end', () => {
      if (!stopped && client === mine) setTimeout(() => void listen().catch(again), 1_000);
    });
    mine.on('notification', ({ payload }) => {
      const { from, messages } = JSON.parse(payload ?? '{}') as { from?: string; messages?: BusMessage[] };
      if (from !== self) for (const message of messages ?? []) onMessage(message);
    });
    await mine.connect();
    await mine.query(`listen ${channel}`);
    client = mine;
    // Whatever was missed while away.
    onMessage({ kind: 'poke' });
  };
  const again = (error: unknown) => {
    log.warn({ err: error }, 'bus cannot listen');
    if (!stopped) setTimeout(() => void listen().catch(again), 2_000);
  };
  await listen().catch(again);

  const flush = () => {
    timer = undefined;
    const messages = gathered;
    gathered = [];
    const pokes = messages.some((m) => m.kind === 'poke') ? [{ kind: 'poke' } as BusMessage] : [];
    const all = [...messages.filter((m) => m.kind !== 'poke'), ...pokes];
    // A payload holds 8,000 bytes.
    for (let i = 0; i < all.length; i += 10) {
      const payload = JSON.stringify({ from: self, messages: all.slice(i, i + 10) });
      if (Buffer.byteLength(payload) < 8_000) void database.pool.query('select pg_notify($1, $2)', [channel, payload]).catch(() => {});
    }
  };

  return {
    publish(message) {
      gathered.push(message);
      timer ??= setTimeout(flush, gatherMilliseconds);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
