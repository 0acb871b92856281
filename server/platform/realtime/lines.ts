import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Platform } from '../context.ts';
import { networkOf } from '../http/network.ts';
import { closeSockets } from './close-sockets.ts';

/** A socket to somebody who is not signed in, as a room sees it. */
export interface OpenLine {
  readonly origin: string;
  send(text: string): void;
  close(): void;
  ears(ears: { said(text: string): void; ended(): void }): void;
}

/** A door for such sockets; the room says who may come in. */
export interface LineDoor {
  /** Below /api/v1; its groups are handed over. */
  path: RegExp;
  /** Before the handshake: undefined refuses, else it is called with the line once that is open. */
  admit(platform: Platform, groups: readonly string[], origin: string): Promise<((line: OpenLine) => void) | undefined>;
}

export interface LineServer {
  /** Whether this path is one of its doors. */
  opens(path: string): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, path: string): void;
  stop(): Promise<void>;
}

const largestFrame = 16 * 1024;
const pingEveryMilliseconds = 25_000;
const framesPerSecond = 20;
/** A whole school or company may sit behind one address; more than this is somebody who wants to keep others out. */
const mostOfOneNetwork = 1_000;
/** Whoever takes nothing any more is not there. */
const tooMuchBuffered = 1024 * 1024;

interface Connection {
  ws: WebSocket;
  alive: boolean;
  frames: { since: number; count: number };
}

/** Sockets of strangers, whom the rooms' doors let in; nothing of theirs is read before the door has looked at where they come from. */
export function createLineServer(platform: Platform, doors: readonly LineDoor[]): LineServer {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: largestFrame });
  const connections = new Set<Connection>();
  const networks = new Map<string, number>();

  const heartbeat = setInterval(() => {
    for (const connection of connections) {
      if (!connection.alive) connection.ws.terminate();
      connection.alive = false;
      connection.ws.ping();
    }
  }, pingEveryMilliseconds);

  const maySay = ({ frames }: Connection): boolean => {
    const at = performance.now();
    if (at - frames.since >= 1_000) Object.assign(frames, { since: at, count: 0 });
    frames.count += 1;
    return frames.count <= framesPerSecond;
  };

  const begin = (ws: WebSocket, origin: string, network: string, opened: (line: OpenLine) => void) => {
    const connection: Connection = { ws, alive: true, frames: { since: 0, count: 0 } };
    let ears: Parameters<OpenLine['ears']>[0] | undefined;
    connections.add(connection);
    ws.on('pong', () => {
      connection.alive = true;
    });
    ws.on('error', () => {});
    ws.on('message', (data, isBinary) => {
      if (ws.readyState !== ws.OPEN) return;
      if (isBinary || !maySay(connection)) return ws.close(1008, 'too many frames');
      ears?.said((data as Buffer).toString());
    });
    ws.on('close', () => {
      connections.delete(connection);
      count(networks, network, -1);
      ears?.ended();
    });
    opened({
      origin,
      send(text) {
        if (ws.bufferedAmount > tooMuchBuffered) ws.terminate();
        else ws.send(text);
      },
      close: () => ws.close(1008, 'refused'),
      ears: (given) => {
        ears = given;
      },
    });
  };

  return {
    opens: (path) => doors.some((door) => door.path.test(path)),
    upgrade(request, socket, head, path) {
      const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
      const origin = request.headers.origin ?? '';
      const network = networkOf(callerOf(request, platform.config.trustProxy));
      if (platform.config.rateLimit > 0 && (networks.get(network) ?? 0) >= mostOfOneNetwork) return refuse('429 Too Many Requests');
      // Counted from here: those that wait for the door are there too.
      count(networks, network, 1);
      const [door, groups] = doors.flatMap((one) => {
        const found = one.path.exec(path);
        return found ? [one, found.slice(1)] : [];
      }) as [LineDoor, string[]];
      door
        .admit(platform, groups, origin)
        .then((opened) => {
          if (opened) return server.handleUpgrade(request, socket, head, (ws) => begin(ws, origin, network, opened));
          count(networks, network, -1);
          return refuse('403 Forbidden');
        })
        .catch((error: unknown) => {
          count(networks, network, -1);
          platform.log.warn({ err: error }, 'a line was refused');
          refuse('503 Service Unavailable');
        });
    },
    async stop() {
      clearInterval(heartbeat);
      await closeSockets(server, connections);
    },
  };
}

/** As `trustProxy` of the HTTP server: the last entry is the one proxy's own. */
function callerOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy
    ? String(request.headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined;
  return forwarded || (request.socket.remoteAddress ?? '');
}

function count(networks: Map<string, number>, network: string, by: 1 | -1): void {
  const now = (networks.get(network) ?? 0) + by;
  if (now > 0) networks.set(network, now);
  else networks.delete(network);
}
