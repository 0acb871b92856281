import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import type { Pool } from 'pg';
import { storeCompanySettings } from '../server/modules/workspace/index.ts';
import { cast, createPerson, createTeam } from '../server/modules/workspace/testing.ts';
import { openDatabase } from '../server/platform/database/database.ts';
import { migrate } from '../server/platform/database/migrate.ts';
import { dbOf } from '../server/platform/database/sql.ts';
import { newId } from '../server/platform/ids.ts';
import { freePort, makeDatabase, type TorturedDatabase } from './database.ts';
import { type Network, openNetwork, type Place } from './network.ts';
import type { Record } from './record.ts';
import { startSink } from './people/sink.ts';
import { bareEnv } from '../server/testing/bare-env.ts';

export interface Adviser {
  id: string;
  name: string;
  session: string;
  teamIds: string[];
}

export interface Mailbox {
  teamId: string;
  address: string;
}

/** One process that can be killed, halted, cut off and set wrong. */
export interface Process {
  name: string;
  role: 'web' | 'worker';
  /** Where it is reached: its pages, or its mail door. */
  host: string;
  port: number;
  /** While it runs. */
  pid(): number | undefined;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** As an operator ends it: SIGTERM, and waits. */
  stop(): Promise<void>;
  halt(is: boolean): void;
  cut(is: boolean): void;
  setClock(aheadMilliseconds: number): void;
}

/** Two webs and two workers on one PostgreSQL, with those they work for. */
export interface Installation {
  database: TorturedDatabase;
  network: Network;
  webs: Process[];
  workers: Process[];
  all: Process[];
  advisers: Adviser[];
  /** The team of the advisers, and where one writes to it. */
  service: Mailbox;
  /** Whose work is offered, and to whom; and a team that answers nothing. */
  offered: Mailbox & { people: Adviser[] };
  unattended: Mailbox;
  close(): Promise<void>;
}

/** What the service level of all work says. */
const answerTimes = { firstAnswerMinutes: 1, nextAnswerMinutes: 1, warnPercent: 5 };

export async function install(
  record: Record,
  given: { advisers: number; offered?: number; network?: Network['kind']; ownDisk?: boolean; onTaken(): void },
): Promise<Installation> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const one of closers.reverse()) await one();
  };
  try {
    const database = await makeDatabase({ ownDisk: given.ownDisk ?? true });
    closers.push(() => database.close());
    const network = await openNetwork(database.port, given.network);
    closers.push(() => network.close());
    await database.start(network.databaseHosts, network.trusted);
    const sink = await startSink('0.0.0.0', record.taken, given.onTaken);
    closers.push(() => sink.stop());

    const opened = await openDatabase({ data: '', databaseUrl: database.url, databaseConnections: 2 }, { role: 'command' });
    await migrate(opened.connection);
    const db = dbOf(opened.pool);
    const { team, otherTeam, site } = await cast(db);
    const unattendedTeam = await createTeam(db, { name: 'Nacht', siteId: site.id });
    // The mail server of the other side is on this machine.
    await storeCompanySettings(db, { privateAddresses: true });
    const adviser = async (name: string, teamIds: string[]): Promise<Adviser> => {
      const { id } = await createPerson(db, { name, roles: ['agent'], teamIds, siteId: site.id });
      const session = randomBytes(24).toString('base64url');
      await opened.pool.query(
        `insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
          values ($1, $2, $3, 'torture', now(), now(), now() + interval '29 days')`,
        [newId(), id, createHash('sha256').update(session).digest()],
      );
      return { id, name, session, teamIds };
    };
    const mailbox = async (name: string, teamId: string): Promise<Mailbox> => {
      const address = `${name.toLowerCase()}@haus.example`;
      await opened.pool.query(
        `insert into channel_accounts (id, kind, name, address, team_id, active, settings, created_at) values ($1, 'email', $2, $3, $4, true, $5, now())`,
        [newId(), name, address, teamId, { smtpHost: network.mailHost, smtpPort: sink.port, smtpSecurity: 'none' }],
      );
      return { teamId, address };
    };
    const advisers: Adviser[] = [];
    for (let n = 1; n <= given.advisers; n += 1) advisers.push(await adviser(`Adviser ${n}`, [team.id]));
    const people: Adviser[] = [];
    // They see what nobody answers, too.
    for (let n = 1; n <= (given.offered ?? 0); n += 1) people.push(await adviser(`Offered ${n}`, [otherTeam.id, unattendedTeam.id]));
    const service = await mailbox('Service', team.id);
    const offered = { ...(await mailbox('Beratung', otherTeam.id)), people };
    const unattended = await mailbox('Nacht', unattendedTeam.id);
    if (people.length > 0) await setRouting(opened.pool, otherTeam.id);
    await opened.close();

    const secret = randomBytes(32).toString('base64url');
    const roles = ['web', 'web', 'worker', 'worker'] as const;
    const all: Process[] = [];
    for (const [n, role] of roles.entries()) {
      const place = await network.place(n + 1);
      const name = `${role} ${roles.slice(0, n + 1).filter((other) => other === role).length}`;
      all.push(processAt(place, { name, role, port: await freePort(), secret }));
    }
    closers.push(async () => void (await Promise.all(all.map((one) => one.kill()))));
    await Promise.all(all.map((one) => one.start()));
    return {
      database,
      network,
      all,
      webs: all.filter(({ role }) => role === 'web'),
      workers: all.filter(({ role }) => role === 'worker'),
      advisers,
      service,
      offered,
      unattended,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** An answer is due within a minute of any hour, and nearly due after three seconds; a queue for the work of one team is offered. */
async function setRouting(pool: Pool, teamId: string): Promise<void> {
  const all = { channels: [], visibility: 'any', teamIds: [], priorities: [] };
  const { firstAnswerMinutes, nextAnswerMinutes, warnPercent } = answerTimes;
  const level = { name: 'Alles', ...all, hours: 'always', firstAnswerMinutes, nextAnswerMinutes, solutionMinutes: null, warnPercent };
  await pool.query(
    `insert into service_levels (id, valid_from, recomputes, levels, created_at) values ($1, now() - interval '1 day', false, $2, now())`,
    [newId(), JSON.stringify([level])],
  );
  await pool.query(
    `insert into queues (id, place, name, filter, needs, is_offered, keep_free, overflow) values ($1, 0, 'Beratung', $2, '[]', true, 0, $3)`,
    [
      newId(),
      JSON.stringify({ ...all, teamIds: [teamId], topicIds: [], languages: [] }),
      JSON.stringify({ teamIds: [], whenClosed: false, afterMinutes: null }),
    ],
  );
}

function processAt(
  place: Place,
  { name, role, port, secret }: { name: string; role: Process['role']; port: number; secret: string },
): Process {
  let child: ChildProcess | undefined;
  let ahead = 0;
  const [program, args] = place.command(process.execPath, ['--max-semi-space-size=8', path.join(import.meta.dirname, 'process.ts')]);
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const dying = child;
    child = undefined;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    const ended = once(dying, 'exit');
    dying.kill(signal);
    await ended;
  };
  return {
    name,
    role,
    host: place.host,
    port,
    pid: () => child?.pid,
    async start() {
      const started = spawn(program, args, {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
        env: {
          ...bareEnv,
          DATABASE_URL: `postgresql://nahbar@${place.database.host}:${place.database.port}/postgres`,
          NAHBAR_SECRET: secret,
          NAHBAR_PROCESS: role,
          PUBLIC_URL: 'http://haus.example',
          HOST: place.host,
          PORT: String(port),
          SMTP_HOST: place.host,
          SMTP_PORT: String(port),
          NAHBAR_RATE_LIMIT: '0',
          NAHBAR_DATA: '/nonexistent',
          LOG_LEVEL: process.env['TORTURE_LOG'] ?? 'silent',
          LOG_FORMAT: 'json',
          TORTURE_CLOCK_AHEAD: String(ahead),
        },
      });
      child = started;
      await new Promise<void>((resolve, reject) => {
        started.stdout?.on('data', (text: Buffer) => {
          if (text.toString().includes('ready')) resolve();
          if (process.env['TORTURE_LOG']) process.stderr.write(`${name}: ${text.toString()}`);
        });
        started.once('exit', (code, signal) => reject(new Error(`${name} ended with ${signal ?? code} before it was ready.`)));
      });
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    halt: (is) => void child?.kill(is ? 'SIGSTOP' : 'SIGCONT'),
    cut: (is) => (is ? place.cut() : place.mend()),
    setClock(milliseconds) {
      ahead = milliseconds;
      child?.send({ ahead });
    },
  };
}
