import { Client } from 'pg';
import { columnTypes } from '../../server/platform/database/types.ts';
import { httpConnection, request } from '../http-client.ts';
import { quantile } from '../measure.ts';

export interface Rate {
  operations: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Bytes of one answer, of the last one. */
  bytes: number;
  failures: number;
}

export function rateOf(latencies: number[], seconds: number, bytes: number, failures: number): Rate {
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    operations: sorted.length,
    seconds,
    perSecond: sorted.length / seconds,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    bytes,
    failures,
  };
}

/** Each client asks, waits for the answer, and asks again; paths in turn. */
export async function httpTask(input: {
  port: number;
  sessions: string[];
  paths: string[];
  clients: number;
  seconds: number;
}): Promise<Rate> {
  const clients = Array.from({ length: input.clients }, (_, n) => ({
    http: httpConnection(input.port),
    requests: input.paths.map((path) => request('GET', path, input.sessions[n % input.sessions.length] ?? '')),
    next: n * 997,
  }));
  let bytes = 0;
  let failures = 0;
  const rate = await closedLoop(clients, input.seconds, async (client) => {
    client.next += 1;
    const answer = await client.http.send(client.requests[client.next % client.requests.length] as Buffer);
    bytes = answer.bytes;
    if (answer.status !== 200) {
      failures += 1;
      if (failures === 1) process.stderr.write(`HTTP ${answer.status}: ${answer.body.slice(0, 300)}\n`);
    }
  });
  for (const { http } of clients) http.end();
  return rateOf(rate.latencies, rate.seconds, bytes, failures);
}

/** The same with bare statements through the same driver, prepared as the product prepares them: the physical limit. */
export async function sqlTask(input: {
  url: string;
  statements: { text: string; values: unknown[][] }[];
  clients: number;
  seconds: number;
  transaction?: boolean;
}): Promise<Rate> {
  const clients = await Promise.all(
    Array.from({ length: input.clients }, async (_, n) => {
      const sql = new Client({ connectionString: input.url, types: columnTypes });
      await sql.connect();
      return { sql, next: n * 997 };
    }),
  );
  const rate = await closedLoop(clients, input.seconds, async (client) => {
    client.next += 1;
    if (input.transaction) await client.sql.query('begin');
    for (const [i, { text, values }] of input.statements.entries())
      await client.sql.query({ name: `s${i}`, text, values: values[client.next % values.length] ?? [] });
    if (input.transaction) await client.sql.query('commit');
  });
  for (const { sql } of clients) await sql.end();
  return rateOf(rate.latencies, rate.seconds, 0, 0);
}

export async function closedLoop<C>(
  clients: readonly C[],
  seconds: number,
  once: (client: C) => Promise<void>,
): Promise<{ latencies: number[]; seconds: number }> {
  const latencies: number[] = [];
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  await Promise.all(
    clients.map(async (client) => {
      for (let at = performance.now(); at < end; ) {
        await once(client);
        const now = performance.now();
        latencies.push(now - at);
        at = now;
      }
    }),
  );
  return { latencies, seconds: (performance.now() - begun) / 1_000 };
}
