import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { RecordEnvelope, ServerFrame, StreamEvent } from '../../contract/stream.ts';
import { eventsHeldBack } from '../platform/events/event.ts';
import type { TestHouse } from './house.ts';

/** A browser's store, fed by the live stream alone. */
export interface Listening {
  /** Newest form of every record heard of, as `kind id`; gone ones are missing. */
  records: Map<string, { version: number; data: Record<string, unknown> }>;
  events: StreamEvent[];
  /** Every record as it was told, in order. */
  envelopes: RecordEnvelope[];
  /** Waits until everything written so far has been heard. */
  settled(): Promise<void>;
  close(): void;
}

const doors = new WeakMap<TestHouse, Promise<string>>();

/**
 * Listens as a person over a real WebSocket and applies frames as the browser does: a record counts when its version is newer. With it a test shows the
 * sync law: after an action, what the stream told equals what HTTP answers.
 */
export async function listen(h: TestHouse, who: { id: string }, watch: readonly { kind: string; id: string }[] = []): Promise<Listening> {
  const address = await doorOf(h);
  const ws = new WebSocket(`${address}/api/v1/stream`, { headers: { authorization: `Test ${who.id}` } });
  const listening: Listening = { records: new Map(), events: [], envelopes: [], settled: async () => {}, close: () => ws.terminate() };
  let ready = () => {};
  let pong = () => {};
  const refused: string[] = [];
  ws.on('message', (data) => {
    const frame = JSON.parse((data as Buffer).toString()) as ServerFrame;
    if (frame.op === 'ready') ready();
    if (frame.op === 'pong') pong();
    if (frame.op === 'refused') refused.push(frame.what);
    if (frame.op !== 'events') return;
    listening.events.push(...frame.events);
    listening.envelopes.push(...frame.records);
    for (const record of frame.records) apply(listening.records, record);
  });
  await new Promise<void>((resolve, reject) => {
    ready = resolve;
    ws.on('error', reject);
  });
  for (const { kind, id } of watch) ws.send(JSON.stringify({ op: 'watch', kind, id }));
  const answered = () =>
    new Promise<void>((resolve) => {
      pong = resolve;
      ws.send('{"op":"ping"}');
    });
  listening.settled = async () => {
    // The tail has read everything written so far and handed it out; frames keep their order, so a pong that follows says they have arrived.
    for (let quiet = 0; quiet < 2; ) {
      h.house.tail.poke();
      await new Promise((resolve) => setTimeout(resolve, 10));
      await answered();
      quiet = (await eventsHeldBack(h.db, h.house.tail.position())) || h.house.tail.isBusy() ? 0 : quiet + 1;
    }
    await answered();
    if (refused.length > 0) throw new Error(`Not allowed to watch ${refused.join(', ')}`);
  };
  await listening.settled();
  return listening;
}

function apply(records: Listening['records'], { kind, id, version, data, gone }: RecordEnvelope): void {
  const key = `${kind} ${id}`;
  if (gone || !data) records.delete(key);
  else if ((records.get(key)?.version ?? 0) < version) records.set(key, { version, data });
}

/** The house of a test listens on no port until somebody wants to hear it. */
function doorOf(h: TestHouse): Promise<string> {
  let door = doors.get(h);
  if (!door) {
    door = h.house.http
      .listen({ port: 0, host: '127.0.0.1' })
      .then(() => `ws://127.0.0.1:${(h.house.http.server.address() as AddressInfo).port}`);
    doors.set(h, door);
  }
  return door;
}
