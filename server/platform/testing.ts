import { type AddressInfo } from 'node:net';
import WebSocket from 'ws';
import type { EventType } from '../../contract/events.ts';
import type { ServerFrame } from '../../contract/stream.ts';
import { testsBegin } from '../testing/begin.ts';
import { cleanDatabase } from '../testing/database.ts';
import { type Actor, nobody } from './actor.ts';
import { fakeClock } from './clock.ts';
import { readConfig } from './config/config.ts';
import type { Database } from './database/database.ts';
import type { NewEvent } from './events/event.ts';
import { type House, startHouse } from './house/house.ts';
import { silentLog } from './log.ts';
import type { Module } from './module.ts';

/** A house of made-up rooms, for tests of the platform itself. Whoever sends `Authorization: Test <id>` is an actor of that id. */
export async function emptyHouse(
  modules: Module[],
  options: { mode?: 'run' | 'step'; database?: Database; actor?: (id: string) => Actor | undefined; env?: Record<string, string> } = {},
): Promise<House & { origin: string }> {
  const database = options.database ?? (await cleanDatabase({ max: 12 }));
  const find = options.actor ?? ((id: string) => actorCalled(id));
  const house = await startHouse({
    config: readConfig({
      PORT: '0',
      SMTP_PORT: '0',
      NAHBAR_RATE_LIMIT: '0',
      LOG_LEVEL: 'silent',
      NAHBAR_DATA: '/nonexistent',
      ...options.env,
    }),
    log: silentLog,
    secret: 'a secret for tests only, thirty-two characters',
    modules,
    authenticate:
      () =>
      async ({ authorization }) => {
        const id = /^Test (.+)$/.exec(authorization ?? '')?.[1];
        return id ? find(id) : undefined;
      },
    authenticateAgain: () => async (actor) => (actor.id ? find(actor.id) : undefined),
    clock: fakeClock(testsBegin),
    database,
    mode: options.mode ?? 'step',
  });
  if (!house.address) await house.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = house.http.server.address() as AddressInfo;
  return { ...house, origin: `http://127.0.0.1:${port}` };
}

export const actorCalled = (id: string, roles: Actor['roles'] = ['agent']): Actor => ({ ...nobody, kind: 'person', id, name: id, roles });

/** Event types of made-up rooms. */
export const madeUp = (type: string): EventType => type as unknown as EventType;

/** An event as it is before it is written, for tests that write it themselves. */
export const newEvent = (type: string, data: Record<string, unknown> = {}): NewEvent => ({
  id: crypto.randomUUID(),
  type,
  at: new Date('2026-11-23T09:00:00Z'),
  actorKind: 'system',
  actorId: null,
  causationId: null,
  correlationId: null,
  data,
});

/** A browser's socket: keeps every frame, and lets a test wait for one. */
export interface TestSocket {
  frames: ServerFrame[];
  send(frame: unknown): void;
  until(test: (frame: ServerFrame) => boolean, what?: string): Promise<ServerFrame>;
  closed: Promise<number>;
  close(): void;
}

export async function openStream(origin: string, authorization: string, cursor?: string): Promise<TestSocket> {
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/api/v1/stream${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, {
    headers: { authorization },
  });
  const frames: ServerFrame[] = [];
  const waiting = new Set<() => void>();
  ws.on('message', (data) => {
    frames.push(JSON.parse((data as Buffer).toString()) as ServerFrame);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => ws.on('close', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    ws.on('open', resolve);
    ws.on('error', reject);
  });
  return {
    frames,
    closed,
    send: (frame) => ws.send(JSON.stringify(frame)),
    close: () => ws.terminate(),
    until: (test, what = 'a frame') =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`Waited in vain for ${what}; got ${JSON.stringify(frames).slice(0, 2_000)}`));
        }, 25_000);
        const look = () => {
          const found = frames.find(test);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
