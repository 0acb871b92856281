import { expect, it } from 'vitest';
import { loadModules } from '../server/modules/order.ts';
import { compile, dbOf, sql } from '../server/platform/database/sql.ts';
import { jobWork } from '../server/platform/jobs/jobs.ts';
import { dueOf } from '../server/platform/jobs/ticks.ts';
import { testHouse } from '../server/testing/house.ts';

it('of the ticks that say what they look for, none finds anything in a company in which nothing is owed, and each looks by an index', async () => {
  const h = await testHouse();
  const ticks = (await loadModules()).flatMap((module) => module.ticks ?? []);
  const asking = ticks.filter(({ due }) => due);
  expect(asking.length).toBeGreaterThan(8);
  expect(await dueOf(asking, jobWork(h.house.platform))).toEqual([]);
  expect(await dueOf(ticks, jobWork(h.house.platform))).toEqual(ticks.filter(({ due }) => !due));

  // Of tables that grow with the archive. With sequential scans forbidden, one that is left says that there is no index, and a sort that it has another order.
  const small = /routing\.give_out|workspace\.end_pauses/;
  const client = await h.house.platform.database.pool.connect();
  const scanned: string[] = [];
  await client.query('set enable_seqscan = off');
  await client.query('set enable_bitmapscan = off');
  for (const { name, due } of asking) {
    if (!due || small.test(name)) continue;
    // Without one the planner takes any row, and reads a large table to its end to find none.
    expect(compile(due(h.clock.now())).text).toContain('order by');
    const plan = await dbOf(client).query<Record<string, string>>(
      sql.unprepared(sql`explain select true from ${due(h.clock.now())} limit 1`),
    );
    if (
      plan.some((line) => /Seq Scan|^\s*(->\s+)?Sort\s+\(/.test(line['QUERY PLAN'] ?? '')) ||
      !plan.some((line) => line['QUERY PLAN']?.includes('Index'))
    )
      scanned.push(name);
  }
  client.release(true);
  expect(scanned).toEqual([]);
  await h.close();
});
