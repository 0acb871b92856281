import { connect, type Socket } from 'node:net';

export interface Answer {
  status: number;
  bytes: number;
  body: string;
}

/** One kept-alive HTTP connection that does as little as it can, so that the driver takes less of the two cores than the server. One request at a time. */
export interface HttpConnection {
  send(request: Buffer | string): Promise<Answer>;
  end(): void;
}

export function httpConnection(port: number): HttpConnection {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  let chunks: Buffer[] = [];
  let size = 0;
  let wanted = -1;
  let bodyAt = 0;
  let status = 0;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (wanted < 0) {
      const all = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      chunks = [all];
      const end = all.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = all.toString('latin1', 0, end);
      status = Number(head.slice(9, 12));
      bodyAt = end + 4;
      wanted = bodyAt + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    }
    if (size < wanted || !waiting) return;
    const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const answer = { status, bytes: size, body: size > 4_000 && status < 300 ? '' : all.toString('utf8', bodyAt) };
    const asked = waiting;
    waiting = undefined;
    chunks = [];
    size = 0;
    wanted = -1;
    asked.resolve(answer);
  });
  const fail = (error?: Error) => {
    waiting?.reject(error ?? new Error('The server closed the connection.'));
    waiting = undefined;
  };
  socket.on('error', fail);
  socket.on('close', () => fail());
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        // Closed while nothing was asked: nothing more is said of it.
        if (socket.destroyed) return reject(new Error('The server closed the connection.'));
        waiting = { resolve, reject };
        socket.write(request);
      }),
    end: () => socket.destroy(),
  };
}

/** A request as bytes, made once and sent often. The session's cookie as a browser sends it. */
export function request(method: string, path: string, session: string, body?: unknown, key?: string): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const length = body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
  const once = key === undefined ? '' : `idempotency-key: ${key}\r\n`;
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncookie: nahbar_session=${session}\r\nx-nahbar: 1\r\n${once}${length}\r\n${text}`,
  );
}
