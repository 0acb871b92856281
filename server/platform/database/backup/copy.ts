import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import type { ClientBase } from 'pg';

/** What `pg` offers a statement of its own making; its types know only half of it. */
type Wire = {
  stream: Readable & Writable;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};

/** Runs `copy … to stdout`. The rows come as they are read; the connection waits while nobody reads. */
export function copyOut(client: ClientBase, text: string): { chunks: Readable; rows: () => number } {
  let wire: Wire | undefined;
  let rows = 0;
  const chunks = new Readable({ read: () => void wire?.stream.resume(), highWaterMark: 256 * 1024 });
  const statement = {
    submit(connection: unknown) {
      wire = connection as Wire;
      wire.query(text);
    },
    handleCopyData({ chunk }: { chunk: Buffer }) {
      // Copied, because `pg` uses the memory of its buffer again.
      if (!chunks.push(Buffer.from(chunk))) wire?.stream.pause();
    },
    handleCommandComplete: (message: { text: string }) => void (rows = countOf(message.text)),
    handleReadyForQuery: () => void chunks.push(null),
    handleError: (error: Error) => void chunks.destroy(error),
    handleRowDescription() {},
  };
  client.query(statement);
  return { chunks, rows: () => rows };
}

/** Runs `copy … from stdin` with these chunks and answers the number of rows. An error of the source undoes the statement. */
export function copyIn(client: ClientBase, text: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    let failure: unknown;
    const send = async (wire: Wire): Promise<void> => {
      try {
        for await (const chunk of source) {
          if (failure) return;
          wire.sendCopyFromChunk(chunk);
          if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain');
        }
        wire.endCopyFrom();
      } catch (error) {
        failure ??= error;
        wire.sendCopyFail('the source failed');
      }
    };
    const statement = {
      submit: (connection: unknown) => (connection as Wire).query(text),
      handleCopyInResponse: (connection: unknown) => void send(connection as Wire),
      handleCommandComplete: (message: { text: string }) => void (rows = countOf(message.text)),
      handleError: (error: Error) => reject((failure ??= error)),
      handleReadyForQuery: () => (failure ? reject(failure) : resolve(rows)),
    };
    client.query(statement);
  });
}

/** "COPY 17" */
function countOf(text: string): number {
  return Number(/\d+$/.exec(text)?.[0] ?? 0);
}
