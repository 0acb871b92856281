import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandError } from '../cli/command.ts';
import { loadModules } from '../modules/order.ts';
import { readConfig } from '../platform/config/config.ts';
import type { Database } from '../platform/database/database.ts';
import { dbOf, sql } from '../platform/database/sql.ts';
import { silentLog } from '../platform/log.ts';
import { cleanDatabase, emptyDatabase } from '../testing/database.ts';
import { type Played, playDay } from './play.ts';
import { compare, type Found } from './report/check.ts';
import { type Figures, figuresOf } from './report/figures.ts';
import { refuseCompany, writeReport } from './simulate.ts';

const plan = { day: '2026-11-24', seed: 3, conversations: 90, advisers: 4, lookSeconds: 15, fromHour: 0, untilHour: 11 };

interface Day {
  database: Database;
  played: Played;
  found: Found;
  figures: Figures;
}

/** The database stays open for whoever wants to look into it, or to spoil it. */
async function play(): Promise<Day> {
  const database = await cleanDatabase();
  const played = await playDay({
    ...plan,
    speed: Number.POSITIVE_INFINITY,
    config: readConfig({ NAHBAR_DATA: '/nonexistent', LOG_LEVEL: 'silent' }),
    log: silentLog,
    secret: 'a secret for tests only, thirty-two characters',
    modules: await loadModules(),
    database: { ...database, close: async () => {} },
    say: () => {},
  });
  const found = await compare(dbOf(database.pool), played.ledger);
  return { database, played, found, figures: figuresOf(played, found, plan) };
}

describe('a simulated day', () => {
  let first: Day;
  let second: Day;
  beforeAll(async () => {
    [first, second] = [await play(), await play()];
  }, 300_000);
  afterAll(async () => {
    await first?.database.close();
    await second?.database.close();
  });

  it('loses nothing and doubles nothing, though customers’ servers and pages hand things in twice', () => {
    expect(first.found).toEqual({ lostIn: 0, doubledIn: 0, lostOut: 0, doubledOut: 0, answeredTwice: 0, examples: [] });
    expect(first.figures.handedInAgain).toBeGreaterThan(0);
  });

  it('brings customers by every way, who are answered, ask again and write again', () => {
    const { ways, messagesIn, answers, refused } = first.figures;
    expect(first.played.visits.length).toBeGreaterThan(20);
    expect(ways.mail.arrived + ways.chat.arrived + ways.post.arrived).toBe(first.played.visits.length);
    for (const way of [ways.mail, ways.chat, ways.post]) {
      expect(way.answered).toBeGreaterThan(way === ways.post ? 1 : 3);
      expect(way.inTime + way.overdue + way.notYetDue).toBeLessThanOrEqual(way.arrived);
    }
    expect(messagesIn).toBeGreaterThan(first.played.visits.length);
    expect(answers).toBeGreaterThan(ways.mail.answered + ways.chat.answered + ways.post.answered);
    expect(refused).toEqual({});
  });

  it('brings posts that everybody reads, each due within half an hour of any hour: of the night, when nobody is there, the report says that it was too late', async () => {
    const rows = await dbOf(first.database.pool).query<{ asked: Date; answered: Date | null; texts: string }>(
      sql`select min(m.at) filter (where m.direction = 'in') as asked, min(m.at) filter (where m.direction = 'out') as answered, string_agg(m.text, ' ') as texts
        from messages m join conversations c on c.id = m.conversation_id where c.visibility = 'public' and m.kind = 'message' group by c.id`,
    );
    const inTime = rows.filter(({ asked, answered }) => answered && answered.getTime() - asked.getTime() <= 30 * 60_000);
    expect(inTime.length).toBeGreaterThan(0);
    expect(inTime.length).toBeLessThan(rows.length);
    expect(first.figures.ways.post).toMatchObject({ arrived: rows.length, inTime: inTime.length });
    // Nobody is asked for an order, or told of one, where everybody reads.
    for (const { texts } of rows) expect(texts).not.toMatch(/HK-\d|Bestell(nummer|ung):/);
  });

  it('is the same for the same seed: every figure that does not measure the machine, and the day’s course', () => {
    const { measured: _, ...figures } = first.figures;
    const { measured: __, ...again } = second.figures;
    expect(again).toEqual(figures);
    expect(second.played.samples).toEqual(first.played.samples);
    expect([...second.played.ledger.firstAnswer].toSorted()).toEqual([...first.played.ledger.firstAnswer].toSorted());
    expect(second.played.ledger.offered).toEqual(first.played.ledger.offered);
  });

  it('is found out when a message is lost, and when one stands there twice', async () => {
    const db = dbOf(second.database.pool);
    const { id } = await db.one<{ id: string }>(sql`select id from messages where direction = 'in' and seq = 1 order by id limit 1`);
    await db.exec(sql`update messages set direction = 'note' where id = ${id}`);
    expect((await compare(db, second.played.ledger)).lostIn).toBe(1);
    await db.exec(sql`update messages set direction = 'in' where id = ${id}`);
    const [one, other] = await db.query<{ id: string }>(
      sql`select id from messages where direction = 'in' and seq = 1 order by id limit 2`,
    );
    await db.exec(
      sql`update messages set platform_id = (select platform_id from messages where id = ${one?.id ?? ''}) where id = ${other?.id ?? ''}`,
    );
    expect(await compare(db, second.played.ledger)).toMatchObject({ lostIn: 1, doubledIn: 1 });
  });

  it('is told as a page, as data and as a picture with a text alternative', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'nahbar-report-'));
    await writeReport(folder, first.played, first.figures);
    const read = (name: string) => fs.readFile(path.join(folder, name), 'utf8');
    expect(JSON.parse(await read('report.json'))).toEqual(JSON.parse(JSON.stringify(first.figures)));
    expect(await read('report.md')).toContain('**Nothing lost, nothing doubled.**');
    expect(await read('report.md')).toContain(
      '45 of a hundred contacts come by the ways that are played. Left out are calls (45), fax and letters (3), all other ways (7)',
    );
    const picture = await read('day.svg');
    expect(picture).toContain('<desc id="description">Arrivals and waiting customers over the day 2026-11-24');
    expect(picture.match(/<polyline /g)).toHaveLength(3);
    // Of people, one number about all of them.
    expect(`${await read('report.md')}${await read('report.json')}${picture}`).not.toMatch(/Kim Nummer|kim\d/);
    await fs.rm(folder, { recursive: true });
  });

  it('is never played where somebody works', async () => {
    const refused = refuseCompany(first.database);
    await expect(refused).rejects.toThrow(CommandError);
    await expect(refused).rejects.toThrow('holds a company already, and nothing in it was touched');
    const empty = await emptyDatabase();
    await expect(refuseCompany(empty)).resolves.toBeUndefined();
    await empty.close();
  });
});
