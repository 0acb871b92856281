import type { Endpoint, InputOf, OutputOf, Problem } from '../../contract/core.ts';
import { actorOf } from '../modules/workspace/index.ts';
import { fakeClock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import type { Platform } from '../platform/context.ts';
import { createPool, type Database } from '../platform/database/database.ts';
import type { Event } from '../platform/events/event.ts';
import { type House, startHouse } from '../platform/house/house.ts';
import { pathParameters, readsQuery } from '../platform/http/schema.ts';
import { dueOf, type Tick } from '../platform/jobs/ticks.ts';
import { jobWork } from '../platform/jobs/jobs.ts';
import type { Log } from '../platform/log.ts';
import type { Module } from '../platform/module.ts';

/** Everything the sample company is made with: a whole house that listens nowhere, whose clock goes where it is told. */
export interface Stage {
  platform: Platform;
  clock: ReturnType<typeof fakeClock>;
  /** A call through the real HTTP application, as a person, or as nobody. Throws when it is refused. */
  call<E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(personId: string | null, endpoint: E, input: InputOf<E>): Promise<OutputOf<E>>;
  /** Lets every room react to what happened. */
  drain(): Promise<void>;
  /** What falls due by the clock: commitments break, leases end. */
  tick(): Promise<void>;
  /** Events since the last asking, of the types the stage listens to. */
  heard(): Event[];
  close(): Promise<void>;
}

export interface StageOptions {
  config: Config;
  log: Log;
  secret: string;
  database: Database;
  modules: readonly Module[];
  start: Date;
}

const listener = 'sample.listen';

export async function openStage({ config, log, secret, database, modules, start }: StageOptions): Promise<Stage> {
  const clock = fakeClock(start);
  // A thousand small commits need not each wait for the disk: one that does, at the end, makes all of them safe.
  const pool = createPool({ ...database.connection, options: '-c synchronous_commit=off' }, { max: 6, log });
  let heard: Event[] = [];
  const ear: Module = {
    name: 'sample',
    subscribers: [
      {
        name: listener,
        on: ['conversations.message_received'],
        async handle(ctx, events) {
          ctx.afterCommit(() => void heard.push(...events));
        },
      },
    ],
  };
  const house: House = await startHouse({
    // Nothing of it may reach the outside: no mail server for invitations, no door for mail.
    config: { ...config, port: 0, smtpPort: 0, smtpUrl: '', rateLimit: 0 },
    log,
    secret,
    modules: [...modules, ear],
    // This house listens on no port: only the code in this folder can say who it is.
    authenticate:
      (platform) =>
      async ({ authorization }) => {
        const person = /^Sample (.+)$/.exec(authorization ?? '')?.[1];
        return person ? actorOf(platform, person) : undefined;
      },
    authenticateAgain: () => async (actor) => actor,
    clock,
    database: { ...database, pool, close: () => pool.end() },
    mode: 'step',
  });
  const ticks = modules.flatMap((module) => module.ticks ?? []);
  return {
    platform: house.platform,
    clock,
    call: (personId, endpoint, input) => callThrough(house, personId, endpoint, input),
    drain: () => house.drain(),
    tick: () => runAll(house.platform, ticks),
    heard() {
      const news = heard;
      heard = [];
      return news;
    },
    async close() {
      await house.close();
      await database.pool.query('delete from event_cursors where subscriber = $1', [listener]);
    },
  };
}

async function runAll(platform: Platform, ticks: readonly Tick[]): Promise<void> {
  for (const tick of await dueOf(ticks, jobWork(platform))) await tick.run(jobWork(platform));
}

async function callThrough<E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(
  house: House,
  personId: string | null,
  endpoint: E,
  input: InputOf<E>,
): Promise<OutputOf<E>> {
  const facts = endpoint as unknown as Endpoint;
  const response = await house.http.inject({
    ...requestOf(facts, input as Record<string, unknown>),
    headers: personId ? { authorization: `Sample ${personId}` } : {},
  });
  const isJson = String(response.headers['content-type']).includes('json');
  if (response.statusCode >= 400) {
    const problem = isJson ? (response.json() as Problem) : undefined;
    const why = JSON.stringify({ fields: problem?.fields, data: problem?.data });
    throw new Error(`${facts.method} ${facts.path} was refused: ${problem?.code ?? response.statusCode} ${why}`);
  }
  return (isJson && response.payload ? response.json() : response.rawPayload) as OutputOf<E>;
}

/** What is sent to ask for it: the address, and what is said there or in the body. */
export function requestOf(
  endpoint: Endpoint,
  input: Record<string, unknown>,
): { method: Endpoint['method']; url: string; payload?: object } {
  const { method } = endpoint;
  const { url, rest } = addressOf(endpoint, input);
  if (!readsQuery(endpoint)) return { method, url, payload: rest };
  const query = new URLSearchParams(Object.entries(rest).flatMap(([k, v]) => (v == null ? [] : [[k, `${v as string | number}`]])));
  return { method, url: query.size > 0 ? `${url}?${query}` : url };
}

/** The path with its parameters filled in, and what is left for query or body. */
export function addressOf(endpoint: Endpoint, input: Record<string, unknown>): { url: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  let url = `/api/v1${endpoint.path}`;
  for (const name of pathParameters(endpoint)) {
    url = url.replace(`:${name}`, encodeURIComponent(String(rest[name])));
    delete rest[name];
  }
  return { url, rest };
}
