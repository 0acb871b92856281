import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workspaceEndpoints } from '../../contract/workspace.ts';
import { loadModules } from '../modules/order.ts';
import { readConfig } from '../platform/config/config.ts';
import type { Database } from '../platform/database/database.ts';
import { type Db, dbOf, sql } from '../platform/database/sql.ts';
import { createLog, type Log } from '../platform/log.ts';
import { cleanDatabase } from '../testing/database.ts';
import { people } from './company/people.ts';
import { sites, teams } from './company/places.ts';
import { setUpCompany } from './company/set-up.ts';
import { loadSample } from './load.ts';
import { createOffice } from './office.ts';
import { printSignIns, signInsOf } from './sign-ins.ts';
import { openStage } from './stage.ts';
import { beginTrial, isSampleUnfinished } from './trial.ts';

const secret = 'a secret for tests only, thirty-two characters';
const now = new Date('2026-11-23T13:20:00Z');
const config = readConfig({ LOG_LEVEL: 'silent', NAHBAR_DATA: '/nonexistent' });

describe('the sample company', () => {
  let database: Database;
  let db: Db;
  const logged: string[] = [];
  /** Like a process that was killed soon after it had begun. */
  const breakOff = async (log: Log) => {
    await beginTrial(database);
    const stage = await openStage({ config, log, secret, database, modules: await loadModules(), start: now });
    await setUpCompany(createOffice(stage), 'a passphrase of nobody', 'email');
    await stage.close();
    expect(await isSampleUnfinished(database)).toBe(true);
  };
  const count = async (from: ReturnType<typeof sql>) => (await db.one<{ n: number }>(sql`select count(*)::int as n from ${from}`)).n;
  beforeAll(async () => {
    database = await cleanDatabase();
    db = dbOf(database.pool);
    const stream = new Writable({ write: (line: Buffer, _encoding, done) => (logged.push(line.toString()), done()) });
    const log = createLog({ logLevel: 'debug', logFormat: 'json' }, stream);
    await breakOff(log);
    const begun = performance.now();
    await loadSample({ config, log, secret, database, modules: await loadModules(), now });
    console.info(`the sample company took ${Math.round(performance.now() - begun)} ms`);
  }, 300_000);
  afterAll(() => database.close());

  it('has everybody, everywhere, with every role a person can hold', async () => {
    expect(await count(sql`people where active`)).toBe(people.length);
    expect(await count(sql`sites`)).toBe(sites.length);
    expect((await db.one<{ n: number }>(sql`select count(distinct land)::int as n from sites`)).n).toBe(9);
    expect(await count(sql`teams`)).toBe(teams.length);
    const { roles } = await db.one<{ roles: number }>(sql`select count(distinct r)::int as roles from people, unnest(roles) as r`);
    expect(roles).toBe(13);
    expect(await db.query(sql`select roles from people where name = 'Dorit Lang'`)).toEqual([{ roles: ['admin'] }]);
  });

  it('counts as finished, whatever broke off before it', async () => {
    expect(await isSampleUnfinished(database)).toBe(false);
    expect(await count(sql`pg_namespace where nspname = 'unfinished_sample'`)).toBe(0);
  });

  it('shows work in every state', async () => {
    const rows = await db.query<{ state: string; n: number }>(sql`select state, count(*)::int as n from conversations group by 1`);
    const states = Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    console.info(JSON.stringify(states));
    for (const state of ['queued', 'waiting_customer', 'waiting_internal', 'waiting_third_party', 'resolved', 'spam'])
      expect([state, (states[state] ?? 0) > 0]).toEqual([state, true]);
    expect(await count(sql`conversations where snoozed_until > ${now}`)).toBeGreaterThan(0);
    expect(await count(sql`messages where direction = 'in'`)).toBeGreaterThan(150);
    expect(await count(sql`messages where direction = 'out'`)).toBeGreaterThan(60);
    expect(await count(sql`messages where automatic is not null`)).toBeGreaterThan(3);
    expect(await count(sql`attachments`)).toBeGreaterThan(10);
    expect(await count(sql`outbox where state = 'failed'`)).toBe(1);
  });

  it('keeps what the rooms promise', async () => {
    expect(await count(sql`conversations where case_id is null`)).toBe(0);
    expect(await count(sql`conversations c where not exists (select from cases k where k.id = c.case_id)`)).toBe(0);
    expect(await count(sql`conversations where claimed_by is not null and (claim_until is null or claim_until <= ${now})`)).toBe(0);
    expect(await count(sql`statements where kind = 'commitment' and due_to is null`)).toBe(0);
    expect(await count(sql`conversations c where last_seq <> (select count(*) from messages m where m.conversation_id = c.id)`)).toBe(0);
    expect(await count(sql`events where at > ${now}`)).toBe(0);
    expect(await count(sql`event_cursors where subscriber like 'sample%'`)).toBe(0);
    expect(await count(sql`intake where state <> 'parsed'`)).toBe(0);
    expect(await count(sql`outbox where state in ('queued', 'sending', 'held', 'scheduled')`)).toBe(0);
  });

  it('tells the stories', async () => {
    const cases = await db.query<{
      subject: string;
      handovers: number;
      broken: number;
      today: number;
    }>(sql`select subject, handovers_count as handovers,
        (select count(*) from statements s where s.case_id = k.id and s.state = 'broken')::int as broken,
        (select count(*) from statements s where s.case_id = k.id and s.state = 'open' and s.due_to < ${now}::timestamptz + interval '1 day')::int as today
      from cases k where subject in ('Leeres Laptop-Paket nach Reparatur', 'Kühlschrank passt nicht durch die Haustür', 'Rechnung 4471-2026 bestritten') order by 1`);
    expect(cases).toEqual([
      { subject: 'Kühlschrank passt nicht durch die Haustür', handovers: 0, broken: 0, today: 0 },
      { subject: 'Leeres Laptop-Paket nach Reparatur', handovers: 2, broken: 1, today: 1 },
      { subject: 'Rechnung 4471-2026 bestritten', handovers: 0, broken: 0, today: 0 },
    ]);
    const waiting = await db.query<{ name: string }>(
      sql`select p.name from handovers h join people p on p.id = h.to_person_id where h.state = 'briefed' and h.expires_at is null`,
    );
    expect(waiting).toEqual([{ name: 'Kim Sommer' }]);
    // Answers found their threads: nobody's follow-up opened a conversation of its own.
    expect(await count(sql`conversations c where subject ~* '^(re|aw): ' and subject !~ '^(Re: Ihre Bestellung|Re: your website)'`)).toBe(
      0,
    );
  });

  it('has orders beside what is written about, in every state a parcel can be in, told once and the same every time', async () => {
    const rows = await db.query<{ status: string; n: number }>(sql`select status, count(*)::int as n from shipments group by 1 order by 1`);
    expect(rows.map(({ status }) => status)).toEqual(['delivered', 'failure', 'pre_transit', 'returned', 'transit']);
    expect(await count(sql`orders`)).toBeGreaterThan(80);
    expect(await count(sql`orders where version > 1`)).toBe(0);
    expect(await count(sql`orders o where not exists (select from conversations c where c.customer_id = o.customer_id)`)).toBe(0);
    expect(await count(sql`orders o join shipments s on s.order_id = o.id where s.scan_at > ${now} or s.scan_at < o.placed_at`)).toBe(0);
    const fridge =
      await db.query(sql`select s.status, s.carrier, o.lines->0->>'name' as name from orders o join shipments s on s.order_id = o.id
      where o.reference = 'HK-26118204'`);
    expect(fridge).toEqual([{ status: 'failure', carrier: 'Nordwind Spedition', name: 'Kühlschrank „Polar 91“' }]);
  });

  it('writes to addresses only that cannot exist', async () => {
    const rows = await db.query<{ value: string }>(
      sql`select value from customer_identities where kind = 'mail' and value not like '%.example'`,
    );
    expect(rows).toEqual([]);
    expect(await count(sql`local_outbox, unnest(recipients) as r where r not like '%.example%'`)).toBe(0);
  });

  it('tells how to sign in, in the terminal and nowhere else', async () => {
    const said: string[] = [];
    printSignIns(secret, 'http://localhost:4000', (line) => void said.push(line));
    const { passphrase, people: known } = signInsOf(secret);
    expect(said.join('\n')).toContain(passphrase);
    expect(said.join('\n')).toContain('kim@hansekontor.example');
    expect(known.filter((one) => one.look.de !== '').every((one) => one.look.en !== '')).toBe(true);
    expect(logged.filter((line) => line.includes(passphrase) || /@\w+\.example/.test(line))).toEqual([]);
    const stage = await openStage({ config, log: createLog(config), secret, database, modules: await loadModules(), start: now });
    try {
      for (const one of known.slice(0, 3))
        expect(await stage.call(null, workspaceEndpoints.signIn, { email: one.email, password: passphrase })).toEqual({
          status: 'signed_in',
        });
    } finally {
      await stage.close();
    }
  });
});
