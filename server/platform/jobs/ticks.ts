import { type Sql, sql } from '../database/sql.ts';
import type { Log } from '../log.ts';
import type { JobWork } from './jobs.ts';

/** Work that falls due: looked for every few seconds on every worker process, so it must take its rows with `skip locked`. */
export interface Tick {
  name: string;
  /** At least half a second, and a multiple of it. */
  everySeconds: number;
  /**
   * Table, condition and order of what there is to do, as `run` itself takes it, found by an index that has this order: `run` is not called while there is none.
   * Without the order the planner takes whatever row it meets first, and would read a whole table to find that there is none. Left out: `run` looks itself.
   */
  due?(now: Date): Sql;
  run(work: JobWork): Promise<void>;
}

/** A tick that looks for itself before it works, so that no way of running it, a test's neither, passes over the condition under which it does. */
export const whenDue = (tick: Tick & Required<Pick<Tick, 'due'>>): Tick => ({
  ...tick,
  async run(work) {
    if ((await dueOf([tick], work)).length > 0) await tick.run(work);
  },
});

export interface Ticking {
  /** Ticks that failed several times in a row and go on trying. */
  failing(): string[];
  /** What runs now has ended. */
  ended(): Promise<void>;
  stop(): Promise<void>;
}

const beatMilliseconds = 500;

/** Those of these ticks for which there may be something to do. One question for all of them: mostly there is nothing, and asking that twenty times a second is work, too. */
export async function dueOf(ticks: readonly Tick[], { platform, reading }: JobWork): Promise<Tick[]> {
  const now = platform.clock.now();
  const asked = ticks.flatMap(({ due }) => (due ? [sql`(select true from ${due(now)} limit 1)`] : []));
  if (asked.length === 0) return [...ticks];
  const { found } = await reading.db.one<{ found: (boolean | null)[] }>(sql`select array[${sql.join(asked)}] as found`);
  const answers = found.values();
  return ticks.filter(({ due }) => !due || answers.next().value);
}

/** Runs each tick at its time, none beside itself. `isPaused` is asked before each. */
export function startTicking(ticks: readonly Tick[], work: () => JobWork, log: Log, isPaused: () => boolean): Ticking {
  const running = new Map<Tick, Promise<void>>();
  /** By tick, how often in a row it has failed. */
  const failures = new Map<string, number>();
  let asking: Promise<void> | undefined;
  let beats = 0;

  const begin = (tick: Tick): void => {
    const turn = tick
      .run(work())
      .then(() => void failures.delete(tick.name))
      .catch((error: unknown) => {
        const times = (failures.get(tick.name) ?? 0) + 1;
        failures.set(tick.name, times);
        if (times % 60 === 1) log.error({ err: error, tick: tick.name, failures: times }, 'tick failed');
      })
      .finally(() => running.delete(tick));
    running.set(tick, turn);
  };
  /** Whose turn it is. Who could not be asked yet keeps it. */
  const turns = new Set<Tick>();
  const ask = async (): Promise<void> => {
    const asked = [...turns];
    turns.clear();
    // When the question fails, each finds out for itself, so that nobody fails for another's fault.
    const due = new Set(await dueOf(asked, work()).catch(() => asked));
    for (const tick of asked) {
      if (due.has(tick)) begin(tick);
      else failures.delete(tick.name);
    }
  };
  const timer = setInterval(() => {
    beats += 1;
    if (isPaused()) return;
    for (const tick of ticks) if ((beats * beatMilliseconds) % (tick.everySeconds * 1_000) === 0 && !running.has(tick)) turns.add(tick);
    if (turns.size > 0) asking ??= ask().finally(() => (asking = undefined));
  }, beatMilliseconds);
  return {
    failing: () => [...failures].flatMap(([name, times]) => (times >= 3 ? [name] : [])).toSorted(),
    async ended() {
      await asking;
      await Promise.all(running.values());
    },
    async stop() {
      clearInterval(timer);
      await this.ended();
    },
  };
}
