import pg from 'pg';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';

/** Carries pokes and signals between the processes of one installation, by LISTEN/NOTIFY. Lossy on purpose: the tail looks by itself too. */
export interface Bus {
  publish(message: BusMessage): void;
  stop(): Promise<void>;
}

export type BusMessage =
  | { kind: 'poke' }
  | { kind: 'signal'; stream: string; topic: string; data: Record<string, unknown> }
  | { kind: 'sockets'; count: number }
  | { kind: 'word'; topic: string; data: Record<string, unknown> };

const channel = 'nahbar';
/** NOTIFY takes a global lock at commit, so messages are gathered: one in this many milliseconds at most. The first one after a rest waits for nothing. */
const gatherMilliseconds = 20;
/** NOTIFY carries less than 8,000 bytes, and the packet's own words are some. */
const mostBytes = 7_800;

/** With an embedded database there is one server process only, so nothing is sent. `from` names the process a message is of, anew at each of its starts. */
export async function startBus(database: Database, log: Log, onMessage: (message: BusMessage, from: string) => void): Promise<Bus> {
  if (database.kind === 'embedded') return { publish: () => {}, stop: async () => {} };
  const self = `${process.pid}.${Math.random().toString(36).slice(2)}`;
  let stopped = false;
  let client: pg.Client | undefined;
  let gathered: BusMessage[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sentAt = -gatherMilliseconds;

  const listen = async (): Promise<void> => {
    const mine = new pg.Client(database.connection);
    mine.on('error', () => {});
    mine.on('end', () => {
      if (!stopped && client === mine) setTimeout(() => void listen().catch(again), 1_000);
    });
    mine.on('notification', ({ payload }) => {
      const { from, messages } = JSON.parse(payload ?? '{}') as { from?: string; messages?: BusMessage[] };
      if (from !== self) for (const message of messages ?? []) onMessage(message, from ?? '');
    });
    await mine.connect();
    await mine.query(`listen ${channel}`);
    client = mine;
    // Whatever was missed while away.
    onMessage({ kind: 'poke' }, self);
  };
  const again = (error: unknown) => {
    log.warn({ err: error }, 'bus cannot listen');
    if (!stopped) setTimeout(() => void listen().catch(again), 2_000);
  };
  await listen().catch(again);

  const send = (messages: readonly string[]) =>
    database.pool.query('select pg_notify($1, $2)', [channel, `{"from":"${self}","messages":[${messages.join(',')}]}`]).catch(() => {});
  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    sentAt = performance.now();
    const messages = gathered;
    gathered = [];
    const pokes = messages.some((m) => m.kind === 'poke') ? [{ kind: 'poke' } as BusMessage] : [];
    const sent: Promise<unknown>[] = [];
    let packet: string[] = [];
    let room = mostBytes;
    for (const text of [...messages.filter((m) => m.kind !== 'poke'), ...pokes].map((m) => JSON.stringify(m))) {
      const size = Buffer.byteLength(text) + 1;
      if (size > mostBytes) {
        log.warn({ size }, 'a message to the other processes is too long and was left out');
        continue;
      }
      if (size > room) {
        sent.push(send(packet));
        packet = [];
        room = mostBytes;
      }
      packet.push(text);
      room -= size;
    }
    if (packet.length > 0) sent.push(send(packet));
    await Promise.all(sent);
  };

  return {
    publish(message) {
      if (stopped) return;
      gathered.push(message);
      timer ??= setTimeout(() => void flush(), Math.max(0, sentAt + gatherMilliseconds - performance.now()));
    },
    async stop() {
      stopped = true;
      // Farewells of those who were here.
      await flush();
      await client?.end().catch(() => {});
    },
  };
}
