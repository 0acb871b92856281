import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '../actor.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Config, listeningAt } from '../config/config.ts';
import { createSecrets } from '../config/secrets.ts';
import type { Ctx, Platform } from '../context.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import type { Event } from '../events/event.ts';
import { forgetWho } from '../events/forget-who.ts';
import { pruneEvents } from '../events/pruning.ts';
import { refusalsWritten } from '../events/refusals.ts';
import { type Delivery, redeliver, startDelivery } from '../events/subscribers.ts';
import { startTail, type Tail } from '../events/tail.ts';
import { type Authenticate, createHttp } from '../http/app.ts';
import { sweepIdempotencyKeys } from '../http/idempotency.ts';
import { createJobs, sweepDoneJobs } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import type { HealthLine, Module } from '../module.ts';
import { type Bus, startBus } from '../realtime/bus.ts';
import { createHub } from '../realtime/hub.ts';
import { createLineServer } from '../realtime/lines.ts';
import { createStreamServer, personsWithChangedRights, takenAway } from '../realtime/stream.ts';

export interface HouseOptions {
  config: Config;
  log: Log;
  secret: string;
  modules: readonly Module[];
  authenticate: (platform: Platform) => Authenticate;
  authenticateAgain: (platform: Platform) => (actor: Actor) => Promise<Actor | undefined>;
  webFolder?: string;
  embedFolder?: string;
  clock?: Clock;
  /** A database already open (tests); otherwise the settings name it. */
  database?: Database;
  /** `step`: subscribers and jobs run only when a test drains them, and nothing listens on a port. */
  mode?: 'run' | 'step';
}

export interface House {
  platform: Platform;
  http: FastifyInstance;
  address: string;
  /** Handles every waiting event and due job until nothing is left; step mode only. `sideBySide`: several subscribers at once, as in a running house. */
  drain(how?: { sideBySide: boolean }): Promise<void>;
  tail: Tail;
  /**
   * Stops subscribers, jobs and ticks of this process, so that somebody else can do their work on the same database; requests go on. Returns how to go on.
   */
  pause(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** How long the end of the server waits for requests under way. */
const patienceMilliseconds = 5_000;

/** Puts the parts together in the order they need each other; closes them in reverse. Knows rooms only as modules. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { log, modules } = options;
  let { config } = options;
  const mode = options.mode ?? 'run';
  const isWeb = config.process !== 'worker';
  const isWorker = config.process !== 'web';
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const database = options.database ?? (await openDatabase(config, { log }));
    closers.push(() => database.close());
    if (!options.database) await migrate(database.connection);

    let tail: Tail | undefined;
    let bus: Bus | undefined;
    let delivery: Delivery | undefined;
    const hub = createHub(database, modules, options.clock ?? systemClock);
    const jobs = createJobs(() => platform, log);
    const platform: Platform = {
      // Looked up anew by whoever makes an address of it: which port was free is known only when the server listens.
      get config() {
        return config;
      },
      clock: options.clock ?? systemClock,
      log,
      database,
      secrets: createSecrets(options.secret),
      jobs,
      // Every event says who hears it, so those are all there are.
      eventTypes: modules.flatMap((m) => Object.keys(m.audiences ?? {})),
      health: (ctx) => healthOf(modules, ctx),
      poke() {
        tail?.poke();
        bus?.publish({ kind: 'poke' });
      },
      signal(stream, topic, data) {
        hub.signal(stream, topic, data);
        bus?.publish({ kind: 'signal', stream, topic, data });
      },
      signalHere: (stream, topic, data) => hub.signal(stream, topic, data),
      tellProcesses: (topic, data) => bus?.publish({ kind: 'word', topic, data }),
    };

    closers.push(() => refusalsWritten(platform));

    const subscribers = isWorker ? modules.flatMap((m) => m.subscribers ?? []) : [];
    await jobs.start(
      [redeliver(subscribers), forgetWho(modules), pruneEvents(modules), ...modules.flatMap((m) => m.jobs ?? [])],
      [
        { name: 'platform.sweep_keys', everySeconds: 3_600, run: sweepIdempotencyKeys },
        { name: 'platform.sweep_jobs', everySeconds: 3_600, run: sweepDoneJobs },
        ...modules.flatMap((m) => m.ticks ?? []),
      ],
      isWorker ? mode : 'step',
    );
    closers.push(() => jobs.stop());
    const hear = (events: Event[]) => {
      for (const module of modules) module.heard?.(platform, events);
    };
    delivery = await startDelivery(platform, subscribers, mode, hear);
    closers.push(() => delivery?.stop() ?? Promise.resolve());

    const stream = createStreamServer(platform, hub, () => tail as Tail, modules, options.authenticateAgain(platform));
    const lines = createLineServer(
      platform,
      modules.flatMap((m) => m.lines ?? []),
    );
    const onBatch = async (events: Event[]) => {
      delivery?.notice(new Set(events.map((e) => e.type)));
      hear(events);
      const changed = personsWithChangedRights(modules, events);
      if (changed.length > 0) await stream.refresh(changed);
      const gone = takenAway(modules, events);
      if (gone.size > 0) await stream.recheck(gone);
      await hub.deliver(events);
    };
    tail = await startTail(database, log, onBatch, stream.blind);
    // What was written between the runners' first look and the tail's beginning is behind the tail.
    delivery.notice(new Set(modules.flatMap((m) => m.subscribers ?? []).flatMap(({ on }) => (on === '*' ? [] : on))));
    closers.push(() => tail?.stop() ?? Promise.resolve());
    bus = await startBus(database, log, (message, from) => {
      if (message.kind === 'poke') tail?.poke();
      else if (message.kind === 'sockets') stream.toldOf(from, message.count);
      else if (message.kind === 'signal') hub.signal(message.stream, message.topic, message.data);
      else for (const module of modules) module.told?.[message.topic]?.(platform, from, message.data);
    });
    closers.push(() => bus?.stop() ?? Promise.resolve());

    if (isWorker && mode === 'run') {
      for (const module of modules) {
        const stop = await module.start?.(platform);
        if (stop) closers.push(stop);
      }
    }

    const webFolder = options.webFolder && existsSync(options.webFolder) ? options.webFolder : undefined;
    const embedFolder = options.embedFolder && existsSync(options.embedFolder) ? options.embedFolder : undefined;
    const http = await createHttp({
      platform,
      modules,
      authenticate: options.authenticate(platform),
      stream,
      lines,
      ...(webFolder ? { webFolder } : {}),
      ...(embedFolder ? { embedFolder } : {}),
    });
    // The server waits for its connections, so the sockets are closed before it.
    closers.push(async () => {
      // What is being answered may be finished; a connection that says nothing would be waited for over a minute.
      const end = setTimeout(() => http.server.closeAllConnections(), patienceMilliseconds);
      await http.close().finally(() => clearTimeout(end));
    });
    closers.push(() => Promise.all([stream.stop(), lines.stop()]));
    const address = isWeb && mode === 'run' ? await http.listen({ port: config.port, host: config.host }) : '';
    if (address) {
      config = listeningAt(config, (http.server.address() as AddressInfo).port);
      stream.shareWith((count) => bus?.publish({ kind: 'sockets', count }));
    } else await http.ready();

    let closing: Promise<void> | undefined;
    return {
      platform,
      http,
      address,
      tail,
      async drain(how) {
        await refusalsWritten(platform);
        for (;;) {
          await delivery?.drain(how);
          if ((await jobs.drain()) === 0) return;
        }
      },
      async pause() {
        const hear = await delivery?.pause();
        const work = await jobs.pause();
        return async () => {
          hear?.();
          await work();
        };
      },
      close() {
        closing ??= closeAll(closers, log);
        return closing;
      },
    };
  } catch (error) {
    await closeAll(closers, log);
    throw error;
  }
}

async function healthOf(modules: readonly Module[], ctx: Ctx): Promise<HealthLine[]> {
  const lines = await Promise.all(
    modules.map(async (module) => {
      try {
        return (await module.health?.(ctx)) ?? [];
      } catch (error) {
        ctx.log.error({ err: error, room: module.name }, 'a room cannot say how it is');
        return [{ name: module.name, ok: false }];
      }
    }),
  );
  return lines.flat();
}

async function closeAll(closers: (() => Promise<unknown>)[], log: Log): Promise<void> {
  for (const close of closers.reverse()) {
    await close().catch((error: unknown) => log.warn({ err: error }, 'a part did not close cleanly'));
  }
}
