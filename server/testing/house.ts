import type { Endpoint, InputOf, OutputOf, Problem } from '../../contract/core.ts';
import { loadModules, type Room } from '../modules/order.ts';
import { actorOf, authenticate, authenticateAgain } from '../modules/workspace/index.ts';
import { type Clock, fakeClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config/config.ts';
import type { Database } from '../platform/database/database.ts';
import { type Db, dbOf, sql } from '../platform/database/sql.ts';
import { refusalsWritten } from '../platform/events/refusals.ts';
import { type House, startHouse } from '../platform/house/house.ts';
import { pathParameters, readsQuery } from '../platform/http/schema.ts';
import { silentLog } from '../platform/log.ts';
import { testsBegin } from './begin.ts';
import { cleanDatabase } from './database.ts';

export interface Reply<T> {
  status: number;
  body: T;
  problem: Problem;
  /** Exactly the events this call wrote, in order. */
  events: { type: string; data: Record<string, unknown> }[];
}

/** A person, an API token, or nobody. */
export type Caller = { id: string } | { token: string } | null;

/** The real authentication, and a short way for tests that are not about signing in. */
export const authenticateForTests: typeof authenticate = (platform) => {
  const real = authenticate(platform);
  return async (credentials) => {
    const person = /^Test (.+)$/.exec(credentials.authorization ?? '')?.[1];
    return person ? actorOf(platform, person) : real(credentials);
  };
};

/** The whole house on a clean database, with a clock that stands; subscribers and jobs run when `drain` is called. */
export interface TestHouse {
  house: House;
  db: Db;
  clock: ReturnType<typeof fakeClock>;
  /** A call through the real HTTP application. */
  call<E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(
    who: Caller,
    endpoint: E,
    input: InputOf<E>,
    headers?: Record<string, string>,
  ): Promise<Reply<OutputOf<E>>>;
  /** Handles every waiting event and due job. Returns the events written meanwhile. */
  drain(): Promise<Reply<unknown>['events']>;
  close(): Promise<void>;
}

/** On a clean database of its own, or on one that is given, which it closes. */
export async function testHouse(
  env: Record<string, string> = {},
  { upTo, database: given }: { upTo?: Room; database?: Database } = {},
): Promise<TestHouse> {
  const database = given ?? (await cleanDatabase());
  const clock = fakeClock(testsBegin);
  const config = readConfig({
    PORT: '0',
    SMTP_PORT: '0',
    NAHBAR_RATE_LIMIT: '0',
    LOG_LEVEL: 'silent',
    NAHBAR_DATA: '/nonexistent',
    ...env,
  });
  const house = await startHouse({
    config,
    log: silentLog,
    secret: 'a secret for tests only, thirty-two characters',
    modules: await loadModules(upTo),
    authenticate: authenticateForTests,
    authenticateAgain,
    clock,
    database,
    mode: 'step',
  });
  const db = dbOf(database.pool);
  const eventsAfter = async (seq: number) => {
    await refusalsWritten(house.platform);
    return db.query<{ type: string; data: Record<string, unknown> }>(sql`select type, data from events where seq > ${seq} order by seq`);
  };
  const lastSeq = async () => (await db.one<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from events`)).seq;

  return {
    house,
    db,
    clock,
    async call(who, endpoint, input, headers = {}) {
      const before = await lastSeq();
      const facts = endpoint as unknown as Endpoint;
      const rest: Record<string, unknown> = { ...(input as Record<string, unknown>) };
      let url = `/api/v1${facts.path}`;
      for (const name of pathParameters(facts)) {
        url = url.replace(`:${name}`, encodeURIComponent(String(rest[name])));
        delete rest[name];
      }
      const content = rest['content'];
      if (facts.upload) delete rest['content'];
      const query = readsQuery(facts)
        ? new URLSearchParams(
            Object.entries(rest).flatMap(([k, v]) =>
              v === undefined || v === null ? [] : (Array.isArray(v) ? v : [v]).map((x) => [k, String(x)]),
            ),
          )
        : undefined;
      const response = await house.http.inject({
        method: facts.method,
        url: query?.size ? `${url}?${query}` : url,
        ...(facts.upload ? { payload: content as Buffer } : query ? {} : { payload: rest }),
        headers: {
          ...(facts.upload ? { 'content-type': 'application/octet-stream' } : {}),
          ...(who ? { authorization: 'token' in who ? `Bearer ${who.token}` : `Test ${who.id}` } : {}),
          ...headers,
        },
      });
      const isJson = String(response.headers['content-type']).includes('json');
      const body: unknown = isJson && response.payload ? response.json() : response.rawPayload;
      return { status: response.statusCode, body: body as never, problem: body as Problem, events: await eventsAfter(before) };
    },
    async drain() {
      const before = await lastSeq();
      await house.drain();
      return eventsAfter(before);
    },
    async close() {
      await house.close();
    },
  };
}

/**
 * One more process on the same database, as far as a test can have it within its own; `authorization: Test <id>` as ever. Its clock may go wrong; in mode `run`
 * it listens.
 */
export async function besides(
  h: TestHouse,
  { clock = h.clock, upTo, mode = 'step' }: { clock?: Clock; upTo?: Room; mode?: 'run' | 'step' } = {},
): Promise<House> {
  const { config, database } = h.house.platform;
  return startHouse({
    config,
    clock,
    // The first one closes it.
    database: { ...database, close: async () => {} },
    log: silentLog,
    secret: 'a secret for tests only, thirty-two characters',
    modules: await loadModules(upTo),
    authenticate: authenticateForTests,
    authenticateAgain,
    mode,
  });
}
