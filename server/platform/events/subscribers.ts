import type { EventType } from '../../../contract/events.ts';
import { system } from '../actor.ts';
import { type Ctx, type Platform, transaction } from '../context.ts';
import type { Change } from '../database/change.ts';
import { dbOf, sql } from '../database/sql.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import type { Job } from '../jobs/jobs.ts';
import { anyHeldBack, type Event, findEvent, type Position, presentPosition, readEvents, takeWaiting } from './event.ts';

/**
 * What a room does when others report something. `handle` runs inside a transaction that also moves the subscriber's cursor:
 * its database effects happen exactly once. Effects elsewhere happen at least once, so they must bear a repetition.
 * An event that fails is set aside as a job with retries and back-off, visible in the health page, and the others go on.
 */
export interface Subscriber {
  /** `<room>.<what_it_does>`; names the cursor, so renaming it starts anew. */
  name: string;
  /** The types it hears; `*` is every one, also of rooms above. */
  on: readonly EventType[] | '*';
  /** At most this many events in one transaction; default 100. */
  batch?: number;
  /** While events keep coming, a batch in this time at most, in milliseconds; default 50. The first one after a rest waits for nothing. */
  gather?: number;
  handle(ctx: Ctx, events: Event[]): Promise<void>;
}

/** A subscriber for one type that looks at one event at a time. */
export function on<T extends EventType>(type: T, name: string, handle: (ctx: Ctx, event: Event<T>) => Promise<void>): Subscriber {
  return {
    name,
    on: [type],
    async handle(ctx, events) {
      for (const event of events) await handle(ctx, event as Event<T>);
    },
  };
}

/** Hears again what was set aside. */
export const redeliverJob = 'events.redeliver';

/** The job that tries again an event that was set aside. */
export function redeliver(subscribers: readonly Subscriber[]): Job {
  return {
    name: redeliverJob,
    async run({ once, reading }, data) {
      const subscriber = subscribers.find(({ name }) => name === data['subscriber']);
      const event = await findEvent(reading.db, String(data['eventId']), String(data['seq']));
      if (!subscriber || !event) throw new Error(`Cannot redeliver to ${String(data['subscriber'])}: subscriber or event is gone`);
      await once((ctx) => subscriber.handle(ctx, [event]), { causationId: event.id });
    },
  };
}

export interface Delivery {
  /**
   * Handles everything that is waiting; resolves when nothing is left. For tests and shutdown. One subscriber after another, so that it goes the same way
   * every time; or `sideBySide`, as in a running house.
   */
  drain(how?: { sideBySide: boolean }): Promise<void>;
  /** Tells the runners of these types that there is work. */
  notice(types: ReadonlySet<string>): void;
  /** No subscriber of this process hears anything until what it returns is called. */
  pause(): Promise<() => void>;
  stop(): Promise<void>;
}

/** Starts one runner per subscriber. With `step`, nothing runs by itself: tests call `drain`. `onNews` hears what `drain` goes by, before anybody handles it. */
export async function startDelivery(
  platform: Platform,
  subscribers: readonly Subscriber[],
  mode: 'run' | 'step' = 'run',
  onNews: (events: Event[]) => void = () => {},
): Promise<Delivery> {
  const names = subscribers.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw new Error('Two subscribers have the same name');
  // A new subscriber starts now; it does not live through history.
  await dbOf(platform.database.pool).exec(sql`insert into event_cursors (subscriber, xid, seq)
    select name, pg_snapshot_xmin(pg_current_snapshot()), 0 from unnest(${names}::text[]) as name on conflict do nothing`);

  const runners = subscribers.map((subscriber) => runner(platform, subscriber, mode));
  // What `drain` has to run: at first everybody, later whoever hears what was written since it last looked. Asking each costs a transaction.
  const owed = new Set(runners);
  let looked = await presentPosition(dbOf(platform.database.pool));
  const owedTo = async () => {
    for (let more = true; more; ) {
      const news = await readEvents(dbOf(platform.database.pool), platform.database.horizon.bound(), looked, newsAtOnce);
      const types = new Set(news.map(({ type }) => type));
      for (const r of runners) if (hears(r.subscriber, types)) owed.add(r);
      looked = news.at(-1)?.position ?? looked;
      onNews(news);
      more = news.length === newsAtOnce;
    }
    return runners.filter((r) => owed.has(r));
  };
  return {
    async drain({ sideBySide } = { sideBySide: false }) {
      const run = async (r: (typeof runners)[number]): Promise<boolean> => {
        const handled = await r.runOnce();
        // It began after the look at what is new, so it has read all of that; what came since is new to the next look.
        if (handled === 'none' || handled === 'some') owed.delete(r);
        return hasHandled(handled);
      };
      // One subscriber's events are another's work: go round until a whole round finds nothing, and nothing is held back.
      for (let idle = false; !idle; ) {
        // Asked before the round: what is let go while it runs would else be seen by nobody.
        const { pool, horizon } = platform.database;
        const heldBack = await anyHeldBack(dbOf(pool), horizon.bound());
        await horizon.note(heldBack);
        idle = !heldBack;
        // Only who is owed something is asked: a look costs a transaction.
        const due = await owedTo();
        if (sideBySide) idle = !(await Promise.all(due.map(run))).includes(true) && idle;
        else for (const r of due) if (await run(r)) idle = false;
        if (heldBack) await new Promise((resolve) => setTimeout(resolve, 3));
      }
    },
    notice(types) {
      for (const r of runners) if (hears(r.subscriber, types)) r.poke();
    },
    async pause() {
      await Promise.all(runners.map((r) => r.pause()));
      return () => {
        for (const r of runners) r.resume();
      };
    },
    async stop() {
      await Promise.all(runners.map((r) => r.stop()));
    },
  };
}

/** How long a runner rests that nobody pokes: each another while, or all of them would look in the same instant. */
const restMilliseconds = (): number => 20_000 + 20_000 * Math.random();
/** A look reads whatever happened since the cursor's place, so one that has nothing to do moves on after so many transactions. */
const longStretch = 1_000n;
const usualGather = 50;
const newsAtOnce = 1_000;

const hears = ({ on }: Subscriber, types: ReadonlySet<string>): boolean => on === '*' || on.some((type) => types.has(type));

function runner(platform: Platform, subscriber: Subscriber, mode: 'run' | 'step') {
  let stopped = false;
  let poked = true;
  let wake: (() => void) | undefined;
  let failures = 0;
  let isHeld = false;
  let paused = false;
  let batch: Promise<unknown> = Promise.resolve();

  const loop = async () => {
    while (!stopped) {
      poked = false;
      try {
        const turn = paused ? Promise.resolve('none' as const) : handleBatch(platform, subscriber);
        batch = turn;
        const handled = await turn;
        failures = 0;
        if (stopped) continue;
        // While events keep coming they are gathered: each batch costs a transaction. The first one after a rest waits for nothing.
        if (handled === 'some') await new Promise((resolve) => setTimeout(resolve, subscriber.gather ?? usualGather));
        isHeld = handled === 'held';
        if (hasHandled(handled) || poked) continue;
      } catch (error) {
        failures += 1;
        if (failures % 30 === 1) platform.log.error({ err: error, subscriber: subscriber.name, failures }, 'subscriber cannot run');
      }
      await new Promise<void>((resolve) => {
        // The tail looks every second and pokes. By itself a runner wakes soon only when another process held the cursor, which may have died with it.
        const timer = setTimeout(resolve, failures > 0 ? Math.min(100 * 2 ** failures, 5_000) : isHeld ? 1_000 : restMilliseconds());
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (poked || stopped) wake();
      });
    }
  };
  const running = mode === 'run' ? loop() : Promise.resolve();

  return {
    subscriber,
    runOnce: () => handleBatch(platform, subscriber),
    poke() {
      poked = true;
      wake?.();
    },
    async pause() {
      paused = true;
      await batch.catch(() => undefined);
    },
    resume() {
      paused = false;
      poked = true;
      wake?.();
    },
    async stop() {
      stopped = true;
      wake?.();
      await running;
    },
  };
}

const hasHandled = (handled: Handled): boolean => handled === 'some' || handled === 'full';

/** `held`: another process has the cursor. */
type Handled = 'none' | 'held' | 'some' | 'full';

/** Handles up to one batch. A full one has probably left others waiting. */
async function handleBatch(platform: Platform, subscriber: Subscriber): Promise<Handled> {
  const limit = subscriber.batch ?? 100;
  let seen: Event[] = [];
  try {
    return await transaction(platform, system, async (ctx) => {
      const waiting = await takeWaiting(
        ctx.db,
        platform.database.horizon.bound(),
        subscriber.name,
        subscriber.on === '*' ? undefined : subscriber.on,
        limit,
      );
      seen = waiting?.events ?? [];
      if (!waiting) return 'held';
      let to = seen.at(-1)?.position;
      if (!to && waiting.bound - waiting.cursor.xid > longStretch) to = { xid: waiting.bound, seq: 0n };
      if (seen.length > 0) await subscriber.handle(ctx, seen);
      if (to) moveCursor(ctx, subscriber, to);
      return seen.length >= limit ? 'full' : seen.length > 0 ? 'some' : 'none';
    });
  } catch (error) {
    if (seen.length === 0 || isDatabaseAway(error)) throw error;
    // Something in the batch fails: one by one, and the one that fails is set aside.
    for (const event of seen) await handleOne(platform, subscriber, event);
    return 'full';
  }
}

async function handleOne(platform: Platform, subscriber: Subscriber, event: Event): Promise<void> {
  const within = (work: (ctx: Ctx) => Promise<void>) =>
    transaction(
      platform,
      system,
      async (ctx) => {
        const cursor = await lockCursor(ctx, subscriber);
        // Somebody else has handled it meanwhile.
        if (!cursor || !isBefore(cursor, event.position)) return;
        await work(ctx);
        moveCursor(ctx, subscriber, event.position);
      },
      { causationId: event.id },
    );
  try {
    await within((ctx) => subscriber.handle(ctx, [event]));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    platform.log.error(
      { err: error, subscriber: subscriber.name, eventId: event.id, eventType: event.type },
      'event set aside for redelivery',
    );
    await within((ctx) =>
      ctx.enqueue(
        redeliverJob,
        { subscriber: subscriber.name, eventId: event.id, seq: event.position.seq.toString() },
        { startAfterSeconds: 5 },
      ),
    );
  }
}

const isBefore = (a: Position, b: Position) => a.xid < b.xid || (a.xid === b.xid && a.seq < b.seq);

/** The cursor, locked; undefined when another process holds it. */
async function lockCursor(ctx: Ctx, subscriber: Subscriber): Promise<Position | undefined> {
  const row = await ctx.db.maybe<{ xid: string; seq: string }>(
    sql`select xid::text, seq::text from event_cursors where subscriber = ${subscriber.name} for update skip locked`,
  );
  return row && { xid: BigInt(row.xid), seq: BigInt(row.seq) };
}

const cursorMoves: Change<{ subscriber: string; xid: string; seq: string }> = {
  columns: { subscriber: 'text', xid: 'xid8', seq: 'bigint' },
  statement: (given) =>
    sql`update event_cursors c set xid = given.xid, seq = given.seq from ${given} where c.subscriber = given.subscriber`,
};

const moveCursor = (ctx: Ctx, { name }: Subscriber, to: Position): void =>
  ctx.changeOne(cursorMoves, { subscriber: name, xid: to.xid.toString(), seq: to.seq.toString() });
