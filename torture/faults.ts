import { type Chance, pause } from './chance.ts';
import type { Installation, Process } from './installation.ts';

/** What a fault may do, and what it must undo itself. */
export interface Scene {
  installation: Installation;
  chance: Chance;
  say(line: string): void;
  /** The clocks of all processes, so much later than now; what one of them cannot hear yet it hears when it goes on. */
  letPass(milliseconds: number, but?: Process): void;
  setWrong(process: Process, milliseconds: number): void;
  /** How long what is taken away stays away. */
  aWhile?: number;
}

export interface Fault {
  name: string;
  about: string;
  /** Why this machine cannot have it. */
  impossible?(installation: Installation): string | undefined;
  /** Nobody on the other end of a line is told of it: browsers notice by their own patience. */
  isSilent?: true;
  /** Does it, waits, undoes it. `serves` is called when the installation is expected to serve again: at once unless all of it was taken away. */
  happen(scene: Scene, serves: () => void): Promise<void>;
}

/** Longer than the lease on a conversation (300 s), and than that of a sender on a message (180 s). */
const pastEveryLease = 310_000;
const usually = 4_000;

const killOne =
  (role: 'webs' | 'workers'): Fault['happen'] =>
  async ({ installation, chance, say, aWhile = usually }, serves) => {
    const victim = chance.oneOf(installation[role]);
    say(`kill -9 ${victim.name}`);
    serves();
    await victim.kill();
    await pause(aWhile);
    await victim.start();
  };

const haltOne =
  (role: 'webs' | 'workers'): Fault['happen'] =>
  async ({ installation, chance, say, letPass, setWrong, aWhile = usually }, serves) => {
    const victim = chance.oneOf(installation[role]);
    say(`${victim.name} stands still; meanwhile ${pastEveryLease / 1_000} s pass for all others`);
    serves();
    victim.halt(true);
    await pause(500);
    letPass(pastEveryLease, victim);
    await pause(aWhile);
    say(`${victim.name} goes on, still by the old time`);
    victim.halt(false);
    await pause(1_000);
    setWrong(victim, 0);
  };

const cutOne =
  (role: 'webs' | 'workers'): Fault['happen'] =>
  async ({ installation, chance, say, aWhile = usually }, serves) => {
    const victim = chance.oneOf(installation[role]);
    say(`nothing passes between ${victim.name} and ${installation.network.kind === 'proxy' ? 'the database' : 'anybody'}`);
    serves();
    victim.cut(true);
    await pause(2 * aWhile);
    say(`${victim.name} is connected again`);
    victim.cut(false);
  };

export const faults: readonly Fault[] = [
  { name: 'kill-web', about: 'kill -9 of a web process', happen: killOne('webs') },
  { name: 'kill-worker', about: 'kill -9 of a worker process', happen: killOne('workers') },
  {
    name: 'kill-often',
    about: 'kill -9 of one process after the other, each at another moment of its work',
    async happen({ installation, chance, say }, serves) {
      serves();
      for (let n = 0; n < 4; n += 1) {
        const victim = chance.oneOf(installation.all);
        await pause(600 * chance.next());
        say(`kill -9 ${victim.name}`);
        await victim.kill();
        await victim.start();
      }
    },
  },
  {
    name: 'kill-all',
    about: 'kill -9 of all processes at the same moment',
    async happen({ installation, say }, serves) {
      say('kill -9 of all four');
      await Promise.all(installation.all.map((one) => one.kill()));
      await Promise.all(installation.all.map((one) => one.start()));
      serves();
    },
  },
  {
    name: 'kill-database',
    about: 'kill -9 of PostgreSQL, which recovers from its log',
    async happen({ installation, say }, serves) {
      say('kill -9 of PostgreSQL');
      installation.database.kill();
      await pause(1_000);
      await installation.database.restart();
      say('PostgreSQL is back');
      serves();
    },
  },
  {
    name: 'halt-web',
    about: 'a web process stands still for longer than a lease, and comes back with requests in hand',
    isSilent: true,
    happen: haltOne('webs'),
  },
  {
    name: 'halt-worker',
    about: 'a worker stands still for longer than a lease, and comes back with mails in hand',
    happen: haltOne('workers'),
  },
  { name: 'cut-web', about: 'the network of a web process is cut', isSilent: true, happen: cutOne('webs') },
  { name: 'cut-worker', about: 'the network of a worker is cut', happen: cutOne('workers') },
  {
    name: 'full-disk',
    about: 'the disk of the database is full',
    impossible: ({ database }) => (database.disk ? undefined : 'no disk could be mounted here (Linux, as root, with the right to mount)'),
    async happen({ installation, say, aWhile = usually }, serves) {
      say('the disk is full');
      for (let n = 0; n < 8; n += 1) {
        // What the database gives free meanwhile is taken as well.
        installation.database.disk?.fill();
        await pause(aWhile / 8);
      }
      installation.database.disk?.free();
      // PostgreSQL may have ended itself over a log it could not write, as is its way.
      await installation.database.restart();
      say('there is room again');
      serves();
    },
  },
  {
    name: 'clock-jump',
    about: 'the clock of a web process is ten minutes ahead, that of a worker ten behind, and then they are right again',
    async happen({ installation, chance, say, setWrong, aWhile = usually }, serves) {
      const [ahead, behind] = [chance.oneOf(installation.webs), chance.oneOf(installation.workers)];
      say(`${ahead.name} is ten minutes ahead, ${behind.name} ten behind`);
      serves();
      setWrong(ahead, 600_000);
      setWrong(behind, -600_000);
      await pause(aWhile);
      setWrong(ahead, 0);
      setWrong(behind, 0);
    },
  },
  {
    name: 'rolling-restart',
    about: 'each web process is ended with SIGTERM and started anew, one after the other, then each worker',
    async happen({ installation, say }, serves) {
      serves();
      for (const one of installation.all) {
        say(`SIGTERM ${one.name}`);
        await one.stop();
        await one.start();
      }
    },
  },
];
