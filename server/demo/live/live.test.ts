import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as conversations } from '../../../contract/conversations.ts';
import { startServer } from '../../main.ts';
import { loadModules } from '../../modules/order.ts';
import { type Config, readConfig } from '../../platform/config/config.ts';
import type { Database } from '../../platform/database/database.ts';
import { type Db, dbOf, sql } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import { cleanDatabase } from '../../testing/database.ts';
import { setUpCompany } from '../company/set-up.ts';
import { createOffice, type Office } from '../office.ts';
import { samplePassphrase } from '../passphrase.ts';
import { openStage, type Stage } from '../stage.ts';
import { playLive } from './live.ts';

const secret = 'a secret for tests only, thirty-two characters';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

describe('the simulated day', () => {
  let database: Database;
  let db: Db;
  let config: Config;
  let stage: Stage;
  let office: Office;
  let server: { close(): Promise<void> };
  const said: string[] = [];
  const arrived = async () => (await db.one<{ n: number }>(sql`select count(*)::int as n from messages where direction = 'in'`)).n;
  const until = async (isSo: () => Promise<boolean>) => {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  beforeAll(async () => {
    database = await cleanDatabase();
    db = dbOf(database.pool);
    config = readConfig({
      DATABASE_URL: database.url,
      NAHBAR_SECRET: secret,
      NAHBAR_DATA: '/nonexistent',
      LOG_LEVEL: 'silent',
      PORT: String(await freePort()),
      SMTP_PORT: String(await freePort()),
    });
    stage = await openStage({ config, log: silentLog, secret, database, modules: await loadModules(), start: new Date() });
    office = createOffice(stage);
    await setUpCompany(office, samplePassphrase(secret), 'email');
    server = await startServer(config);
  }, 90_000);
  afterAll(async () => {
    await server.close();
    await stage.close();
    await database.close();
  });

  it('brings mails through the real receiver, and ends after those asked for', async () => {
    const counts = await playLive({ config, secret, say: (line) => void said.push(line), speed: 2_000, mails: 6, seed: 5 });
    expect(counts.written).toBe(6);
    await until(async () => (await arrived()) === 6);
    expect(said.filter((line) => line.includes(' writes: '))).toHaveLength(6);
    const rows = await db.query(sql`select envelope->>'by' as by, count(*)::int as n from intake group by 1`);
    expect(rows).toEqual([{ by: 'door', n: 6 }]);
  }, 60_000);

  it('lets customers answer in the same thread, and stops when asked', async () => {
    const stop = new AbortController();
    const day = playLive({
      config,
      secret,
      say: (line) => void said.push(line),
      speed: 200,
      mails: Number.POSITIVE_INFINITY,
      seed: 6,
      signal: stop.signal,
    });
    const answered = new Set<string>();
    await until(async () => {
      await answerAll(answered);
      return said.some((line) => line.includes(' answers: '));
    });
    stop.abort();
    expect((await day).answered).toBeGreaterThan(0);
    const threaded = sql`select count(*)::int as n from conversations c where exists (select from messages m where m.conversation_id = c.id and m.direction = 'in' and m.seq > 2)`;
    await until(async () => (await db.one<{ n: number }>(threaded)).n > 0);
  }, 90_000);

  /** As a lead would who answers everything at once. */
  async function answerAll(answered: Set<string>): Promise<void> {
    stage.clock.set(new Date());
    const lead = office.personId('luise');
    const { items } = await stage.call(lead, conversations.list, { view: 'unassigned', limit: 5 });
    for (const { id, lastSeq } of items) {
      if (answered.has(id)) continue;
      answered.add(id);
      const { lease } = await stage.call(lead, conversations.claim, { id, mode: 'take' });
      const { proposals } = await stage.call(lead, conversations.open, { id });
      const reply = {
        id,
        draftId: newId(),
        fence: lease.fence,
        baseSeq: lastSeq,
        text: 'Gern, ist erledigt.',
        to: proposals.reply.to,
        undoSeconds: 0,
      };
      await stage.call(lead, conversations.reply, reply);
    }
  }
});
