import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { Config } from '../../platform/config/config.ts';
import { askServer, openDatabase } from '../../platform/database/database.ts';
import { holdersOf } from '../../platform/database/embedded/embedded.ts';
import { oldestMilliseconds, type WhyUnused } from '../../platform/database/replica.ts';
import { pending, readApplied, readMigrations } from '../../platform/database/migrate.ts';
import { type Checks, type Finding, note, ok, reason, wrong } from './finding.ts';

/** Whether the database is there, which version it is, whether its clock and schema fit. Changes nothing. */
export const databaseChecks: Checks = async (config) => {
  const findings: Finding[] = [];
  if (!config.databaseUrl) {
    if (!fs.existsSync(path.join(config.data, 'pg18'))) return [ok('embedded database: none yet, it is made at the first start')];
    const server = (await holdersOf(config.data)).find(({ role }) => role === 'server');
    findings.push(
      ok(server ? `Nahbar runs on this data folder (process ${server.pid}, since ${server.since})` : 'no Nahbar runs on this data folder'),
    );
  }
  return [...findings, ...(await lookInside(config)), ...(await lookAtReplica(config))];
};

const unused: Record<WhyUnused, string> = {
  away: 'does not answer',
  behind: `is more than ${oldestMilliseconds / 1_000} s behind`,
  promoted: 'takes writes of its own now',
  foreign: 'is a copy of another database',
};

async function lookAtReplica(config: Config): Promise<Finding[]> {
  if (!config.databaseUrl || !config.databaseReplicaUrl) return [];
  try {
    const database = await openDatabase(config);
    try {
      const state = await database.reports.look();
      if (!state) return [];
      if (!state.unused) return [ok(`replica: ${((state.behind ?? 0) / 1_000).toFixed(1)} s behind`)];
      const todo = 'The primary answers reports meanwhile. See docs/operations.md for what a replica needs, or unset DATABASE_REPLICA_URL.';
      return [wrong(`replica: DATABASE_REPLICA_URL ${unused[state.unused]}`, todo)];
    } finally {
      await database.close();
    }
  } catch (error) {
    return [wrong(`replica: ${reason(error)}`, 'Nahbar will not start with it. Correct DATABASE_REPLICA_URL, or unset it.')];
  }
}

async function lookInside(config: Config): Promise<Finding[]> {
  try {
    const database = await openDatabase(config, { role: 'command' });
    try {
      const { shown, now } = await askServer(database.connection);
      const apart = Math.abs(Date.now() - now.getTime()) / 1000;
      const clock = `the clocks of this machine and of the database are ${apart.toFixed(1)} s apart`;
      return [
        ok(`database: ${database.kind} PostgreSQL ${shown}`),
        apart > 5 ? wrong(clock, 'Set both by NTP: times of messages and deadlines come out wrong.') : ok(clock),
        await schema(database.connection),
      ];
    } finally {
      await database.close();
    }
  } catch (error) {
    const todo = config.databaseUrl ? 'Check address, account and network.' : `See ${path.join(config.data, 'postgres.log')}.`;
    return [wrong(`database: ${reason(error)}`, todo)];
  }
}

async function schema(connection: ConstructorParameters<typeof Client>[0]): Promise<Finding> {
  const client = new Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    const waiting = pending(readMigrations(), await readApplied(client));
    if (waiting.length === 0) return ok('schema is up to date');
    return note(
      `schema: ${waiting.length} migrations wait, first ${waiting[0]?.name}`,
      'They are applied at the next start. Make a backup before.',
    );
  } catch (error) {
    return wrong(`schema: ${reason(error)}`, 'Nahbar will not start on this database.');
  } finally {
    await client.end();
  }
}
