import type { Endpoint, InputOf, OutputOf, Problem } from '../../../contract/core.ts';
import { requestOf } from '../../demo/stage.ts';
import { openDoors, sendDue } from '../../modules/channels/index.ts';
import { authenticate, authenticateAgain } from '../../modules/workspace/index.ts';
import type { Config } from '../../platform/config/config.ts';
import { createPool, type Database } from '../../platform/database/database.ts';
import type { Event } from '../../platform/events/event.ts';
import { startHouse } from '../../platform/house/house.ts';
import { jobWork } from '../../platform/jobs/jobs.ts';
import { dueOf, type Tick } from '../../platform/jobs/ticks.ts';
import type { Log } from '../../platform/log.ts';
import type { Module } from '../../platform/module.ts';
import { type DayClock, dayClock } from './clock.ts';
import { type Caught, openMailSink } from './mail-sink.ts';
import { openWall, type Posted } from './wall.ts';

/** What came back: what was asked for, or why it was refused. */
export type Reply<T> = { ok: true; body: T; cookie: string } | { ok: false; code: string };

/** The whole house with a clock that is moved, its mail receiver open, and the customers' mail server and the wall they post on beside it. */
export interface Stage {
  clock: DayClock;
  /** Where the mail receiver listens, and where our mails go. */
  door: { host: string; port: number };
  sinkPort: number;
  wallUrl: string;
  /** Through the whole HTTP application, with a session's cookie as a browser sends it. */
  ask<E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(cookie: string, endpoint: E, input: InputOf<E>): Promise<Reply<OutputOf<E>>>;
  /** As a page of the shop calls the entrance of an account. */
  knock(accountId: string, name: string, body: object): Promise<{ status: number; body: unknown }>;
  /** As the wall calls the hook of an account, when somebody has posted; `delivery` is the call's own id. Gives the status. */
  hook(accountId: string, delivery: string, body: string): Promise<number>;
  /** Everything that follows from what happened, until nothing does. */
  settle(): Promise<void>;
  /** Looks for what falls due; how long giving work out took, in milliseconds. */
  look(): Promise<number>;
  close(): Promise<void>;
}

export interface StageOptions {
  config: Config;
  log: Log;
  secret: string;
  /** Empty, with all migrations applied; closed with the stage. */
  database: Database;
  modules: readonly Module[];
  start: Date;
  /** What a desk hears over its socket, and what rings; in the order of happening. */
  hears: { on: readonly Event['type'][]; tell(event: Event): void };
  onMail(mail: Caught): void;
  onPosted(posted: Posted): void;
}

export const shopOrigin = 'https://www.hansekontor.example';
/** As many as act at once, and a few for what the house does beside. */
const connections = 24;
const giveOut = 'routing.give_out';
/** Looked for at every step: what rings and who is offered what. Whatever else a running house looks for every second or two, less often. */
const everyStep = new Set(['routing.ring', 'routing.ring_solutions', giveOut]);
const everyFewSeconds = 2;
const othersEveryMilliseconds = 30_000;

export async function openStage({ config, log, secret, database, modules, start, hears, onMail, onPosted }: StageOptions): Promise<Stage> {
  const clock = dayClock(start.getTime());
  // The day must outlive no power cut: nothing waits for the disk.
  const pool = createPool({ ...database.connection, options: '-c synchronous_commit=off' }, { max: connections, log });
  const sink = await openMailSink(onMail);
  const wall = await openWall(onPosted);
  const ear: Module = {
    name: 'simulation',
    subscribers: [
      {
        name: 'simulation.hear',
        on: hears.on,
        async handle(ctx, events) {
          ctx.afterCommit(() => {
            for (const event of events) hears.tell(event);
          });
        },
      },
    ],
  };
  const house = await startHouse({
    config: { ...config, host: '127.0.0.1', port: 0, smtpHost: '127.0.0.1', smtpPort: 0, smtpUrl: '', rateLimit: 0 },
    log,
    secret,
    modules: [...modules, ear],
    authenticate,
    authenticateAgain,
    clock,
    database: {
      ...database,
      pool,
      close: async () => {
        await pool.end();
        await database.close();
      },
    },
    mode: 'step',
  }).catch(async (error: unknown) => {
    await Promise.all([sink.close(), wall.close()]);
    throw error;
  });
  const doors = await openDoors(house.platform);
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(doors.addresses.get('email') ?? '') ?? [];
  const ticks = modules.flatMap((module) => module.ticks ?? []).filter(({ everySeconds }) => everySeconds <= everyFewSeconds);
  const run = (tick: Tick) => tick.run(jobWork(house.platform));
  let othersAt = 0;
  return {
    clock,
    door: { host, port: Number(port) },
    sinkPort: sink.port,
    wallUrl: wall.url,
    async ask(cookie, endpoint, input) {
      const facts = endpoint as unknown as Endpoint;
      const response = await house.http.inject({
        ...requestOf(facts, input as Record<string, unknown>),
        headers: { ...(cookie ? { cookie } : {}), 'x-nahbar': '1' },
      });
      const body: unknown = response.payload ? response.json() : {};
      if (response.statusCode >= 400) return { ok: false, code: (body as Problem).code };
      return { ok: true, body: body as never, cookie: response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
    },
    async knock(accountId, name, body) {
      const response = await house.http.inject({
        method: 'POST',
        url: `/api/v1/channels/accounts/${accountId}/entrance/${name}`,
        headers: { 'content-type': 'text/plain;charset=UTF-8', origin: shopOrigin },
        payload: JSON.stringify(body),
      });
      return { status: response.statusCode, body: response.payload ? response.json() : {} };
    },
    async hook(accountId, delivery, body) {
      const response = await house.http.inject({
        method: 'POST',
        url: `/api/v1/channels/accounts/${accountId}/hook`,
        headers: { 'content-type': 'application/json', 'x-echo-delivery': delivery, ...wall.signed(body) },
        payload: body,
      });
      return response.statusCode;
    },
    async settle() {
      for (;;) {
        const [, sent] = await Promise.all([house.drain({ sideBySide: true }), sendDue(house.platform)]);
        // What was not there to be sent may have come of what was drained.
        if (sent === 0 && (await sendDue(house.platform)) === 0) return;
      }
    },
    async look() {
      let milliseconds = 0;
      const now = clock.now().getTime();
      const others = now >= othersAt;
      if (others) othersAt = now + othersEveryMilliseconds;
      const looked = ticks.filter(({ name }) => others || everyStep.has(name));
      for (const tick of await dueOf(looked, jobWork(house.platform))) {
        const begun = performance.now();
        await run(tick);
        if (tick.name === giveOut) milliseconds = performance.now() - begun;
      }
      return milliseconds;
    },
    async close() {
      await doors.close();
      await house.close();
      await Promise.all([sink.close(), wall.close()]);
    },
  };
}
