import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { httpConnection, request } from '../http-client.ts';
import { pause, quantile } from '../measure.ts';

export interface StreamInput {
  port: number;
  /** One socket for each; a session may have many. */
  sessions: string[];
  /** Changes that make events: sent at this many a second, or as fast as answers come. */
  perSecond: number | 'flood';
  seconds: number;
  /** Who writes what; in turn. */
  writes: { session: string; path: string; body: Record<string, unknown> }[];
}

export interface Streamed {
  /** Events written, and events at sockets: one event heard by a hundred sockets counts a hundred times. */
  written: number;
  delivered: number;
  frames: number;
  bytes: number;
  seconds: number;
  /** Milliseconds from the beginning of the writing transaction to the receiving socket. */
  p50: number;
  p99: number;
  worst: number;
  /** Frames missing in the numbering of a socket. Must be 0. */
  gaps: number;
  failures: number;
}

/** Every tenth socket is read word by word, all others are counted. */
const readEvery = 10;

export async function streamTask(input: StreamInput): Promise<Streamed> {
  const latencies: number[] = [];
  let gaps = 0;
  let heard = 0;
  let measuring = false;
  let closed = 0;
  const total = { frames: 0, bytes: 0 };
  const sockets: Socket[] = [];
  let ready = 0;
  for (const [n, session] of input.sessions.entries()) {
    const isRead = n % readEvery === 0;
    let expected = 1;
    const { socket, joined } = openSocket(input.port, '/api/v1/stream', session, (payload, length) => {
      if (measuring) {
        total.frames += 1;
        total.bytes += length;
      }
      if (!isRead) return;
      const frame = JSON.parse(payload().toString()) as { op: string; n: number; events?: { at: string }[] };
      if (frame.op === 'ready') ready += 1;
      if (frame.op !== 'events') return;
      if (frame.n !== expected) gaps += 1;
      expected = frame.n + 1;
      if (!measuring) return;
      const now = Date.now();
      for (const { at } of frame.events ?? []) latencies.push(now - Date.parse(at));
      heard += frame.events?.length ?? 0;
    });
    socket.once('close', () => {
      closed += 1;
    });
    sockets.push(socket);
    // A hundred at a time, as after a restart.
    if (n % 100 === 99) await joined;
  }
  const wanted = Math.ceil(input.sessions.length / readEvery);
  for (let waited = 0; ready < wanted && waited < 20_000; waited += 50) await pause(50);
  if (ready < wanted) throw new Error(`${ready} of ${wanted} sockets were made ready.`);
  await pause(500);
  measuring = true;
  const begun = performance.now();
  const { written, failures } = await write(input);
  await pause(600);
  measuring = false;
  if (closed > 0) throw new Error(`${closed} of ${sockets.length} sockets were closed.`);
  const seconds = (performance.now() - begun) / 1_000 - 0.6;
  for (const socket of sockets) socket.destroy();
  const sorted = latencies.toSorted((a, b) => a - b);
  const share = input.sessions.length / wanted;
  return {
    written,
    delivered: Math.round(heard * share),
    ...total,
    seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    worst: sorted.at(-1) ?? Number.NaN,
    gaps,
    failures,
  };
}

async function write({ port, writes, perSecond, seconds }: StreamInput): Promise<{ written: number; failures: number }> {
  const connections = Array.from({ length: perSecond === 'flood' ? 16 : 32 }, () => httpConnection(port));
  const requests = writes.map(({ session, path, body }) => request('PATCH', path, session, body));
  let written = 0;
  let failures = 0;
  let next = 0;
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  await Promise.all(
    connections.map(async (http) => {
      for (;;) {
        next += 1;
        // Each change has its moment, whatever the answers before it took.
        const due = perSecond === 'flood' ? 0 : begun + (next / perSecond) * 1_000;
        if (Math.max(due, performance.now()) >= end) return;
        const mine = requests[next % requests.length] as Buffer;
        const wait = due - performance.now();
        if (wait > 0) await pause(wait);
        const { status } = await http.send(mine);
        if (status === 200) written += 1;
        else failures += 1;
      }
    }),
  );
  for (const http of connections) http.end();
  return { written, failures };
}

/** Sockets of a server that only sends (`bare-sockets.ts`): what the library and this machine can do without a product. */
export async function bareSocketsTask(input: {
  port: number;
  sockets: number;
  seconds: number;
}): Promise<{ framesPerSecond: number; bytesPerSecond: number }> {
  let frames = 0;
  let bytes = 0;
  const sockets: Socket[] = [];
  for (let n = 0; n < input.sockets; n += 1) {
    const { socket, joined } = openSocket(input.port, '/', '', (_payload, length) => {
      frames += 1;
      bytes += length;
    });
    sockets.push(socket);
    if (n % 100 === 99) await joined;
  }
  await pause(1_000);
  const before = { frames, bytes, at: performance.now() };
  await pause(input.seconds * 1_000);
  const seconds = (performance.now() - before.at) / 1_000;
  const result = { framesPerSecond: (frames - before.frames) / seconds, bytesPerSecond: (bytes - before.bytes) / seconds };
  for (const socket of sockets) socket.destroy();
  return result;
}

/** A WebSocket that reads unmasked frames of one piece, which is what a server sends, and nothing else; the payload is copied only when asked for. */
function openSocket(
  port: number,
  path: string,
  session: string,
  onFrame: (payload: () => Buffer, length: number) => void,
): { socket: Socket; joined: Promise<void> } {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {});
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\ncookie: nahbar_session=${session}\r\n\r\n`,
  );
  let isOpen = false;
  let rest: Buffer[] = [];
  let have = 0;
  let need = 2;
  const joined = new Promise<void>((resolve, reject) => {
    socket.on('close', () => reject(new Error('The socket was closed.')));
    socket.on('data', (chunk: Buffer) => {
      rest.push(chunk);
      have += chunk.length;
      if (have < need) return;
      let buffer = rest.length === 1 ? chunk : Buffer.concat(rest);
      if (!isOpen) {
        const end = buffer.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!buffer.subarray(0, 12).toString().includes('101')) throw new Error(buffer.subarray(0, 200).toString());
        isOpen = true;
        resolve();
        buffer = buffer.subarray(end + 4);
      }
      need = 2;
      for (;;) {
        const frame = frameOf(buffer);
        if (typeof frame === 'number') {
          need = frame;
          break;
        }
        const { from, to, isText } = frame;
        const whole = buffer;
        if (isText) onFrame(() => whole.subarray(from, to), to - from);
        buffer = buffer.subarray(to);
      }
      rest = buffer.length > 0 ? [buffer] : [];
      have = buffer.length;
    });
  });
  joined.catch(() => {});
  return { socket, joined };
}

/** Where the first frame's payload lies, or how many bytes it takes to know. */
function frameOf(buffer: Buffer): { from: number; to: number; isText: boolean } | number {
  if (buffer.length < 2) return 2;
  const short = (buffer[1] ?? 0) & 127;
  const from = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (buffer.length < from) return from;
  const length = short < 126 ? short : short === 126 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2));
  return buffer.length < from + length ? from + length : { from, to: from + length, isText: ((buffer[0] ?? 0) & 15) === 1 };
}
