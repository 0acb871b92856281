import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../contract/conversations.ts';
import { createConversation } from '../modules/conversations/testing.ts';
import { cast } from '../modules/workspace/testing.ts';
import { openDatabase } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrate.ts';
import { sql } from '../platform/database/sql.ts';
import { testHouse } from './house.ts';
import { type CopiedPostgres, copyOf, findSystemPostgres, startAt, startSystemPostgres, type SystemPostgres } from './system-postgres.ts';

const open = (databaseUrl: string) => openDatabase({ databaseUrl, databaseReplicaUrl: '', data: '/nowhere', databaseConnections: 5 });

describe.skipIf(!findSystemPostgres())('a database of one\u2019s own, as docs/operations.md has it archived', () => {
  let primary: SystemPostgres;
  let restored: CopiedPostgres | undefined;
  beforeAll(async () => {
    const started = await startSystemPostgres({ durable: true, archive: 'archive' });
    if (!started) throw new Error('There is no PostgreSQL');
    primary = started;
    await migrate({ connectionString: primary.url });
  }, 120_000);
  afterAll(async () => {
    restored?.stop();
    await primary?.stop();
  });

  it('comes back as it was at any instant: the last answer before it is there, what went wrong afterwards never was, and work goes on', async () => {
    const before = await testHouse({}, { database: await open(primary.url) });
    const we = await cast(before);
    const base = copyOf(primary);
    const { id } = await createConversation(before, { teamId: we.team.id, subject: 'Vor dem Unglück' });
    expect((await before.call(we.kim, api.claim, { id })).status).toBe(200);
    const { at } = await before.db.one<{ at: Date }>(sql`select clock_timestamp() as at from pg_sleep(0.05)`);
    // An administrator's slip in the database itself.
    await before.db.exec(sql`delete from messages`);
    const late = await createConversation(before, { teamId: we.team.id, subject: 'Danach' });
    const { wal } = await before.db.one<{ wal: string }>(sql`select pg_walfile_name(pg_current_wal_lsn()) as wal`);
    await before.db.exec(sql`select pg_switch_wal()`);
    const archived = () => before.db.one<{ last: string | null }>(sql`select last_archived_wal as last from pg_stat_archiver`);
    await expect.poll(async () => ((await archived()).last ?? '') >= wal, { timeout: 30_000 }).toBe(true);
    await before.close();

    const host = new URL(primary.url).searchParams.get('host') ?? '';
    expect(fs.readdirSync(path.join(host, 'archive')).length).toBeGreaterThan(0);
    await startAt(base, path.join(host, 'archive'), at);
    restored = base;
    const after = await testHouse({}, { database: await open(base.url) });
    try {
      const opened = await after.call(we.kim, api.open, { id });
      expect(opened.body.conversation).toMatchObject({ subject: 'Vor dem Unglück', state: 'in_progress', claim: { personId: we.kim.id } });
      expect(opened.body.messages.map(({ text }) => text)).toEqual(['Guten Tag, wo ist mein Paket?']);
      expect((await after.call(we.kim, api.open, { id: late.id })).status).toBe(404);
      // Events go on behind those that were restored, and rooms that follow them hear of what they had not heard of then.
      expect((await after.call(we.kim, api.change, { id, priority: 'high' })).status).toBe(200);
      await after.drain();
      const told = await after.db.query<{ type: string }>(
        sql`select type from events where data->>'conversationId' = ${id} order by xid, seq`,
      );
      const types = told.map(({ type }) => type);
      expect(types.slice(0, 2)).toEqual(['conversations.claimed', 'conversations.changed']);
      expect(types).toContain('cases.opened');
    } finally {
      await after.close();
    }
  }, 180_000);
});
