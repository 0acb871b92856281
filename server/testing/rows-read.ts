import type { Database } from '../platform/database/database.ts';
import { compile, type Db, type Sql } from '../platform/database/sql.ts';

interface Plan {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Relation Name'?: string;
  Plans?: Plan[];
}

/**
 * A Db that counts, by EXPLAIN ANALYZE of every statement, how many rows of tables are read: what a statement costs, whatever the machine does besides.
 * Plans are made without knowing the values, as the server's prepared statements come to have them.
 */
export async function countingRows(database: Database): Promise<{ db: Db; rows(): number; close(): void }> {
  const client = await database.pool.connect();
  await client.query('set plan_cache_mode = force_generic_plan');
  let rows = 0;
  const run = async <Row>(q: Sql): Promise<Row[]> => {
    const { text, values } = compile(q);
    const explained = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>({
      text: `explain (analyze, format json) ${text}`,
      values,
    });
    for (const { Plan: plan } of explained.rows[0]?.['QUERY PLAN'] ?? []) rows += readIn(plan);
    return (await client.query({ text, values })).rows as Row[];
  };
  return {
    db: {
      query: run,
      async one<Row>(q: Sql) {
        const [row] = await run<Row>(q);
        if (!row) throw new Error('expected one row');
        return row;
      },
      maybe: async <Row>(q: Sql) => (await run<Row>(q))[0],
      exec: async (q) => (await run(q)).length,
    },
    rows: () => rows,
    close: () => client.release(true),
  };
}

/** What is read of tables, found or thrown away; steps above only pass it on. */
function readIn(plan: Plan): number {
  const own = plan['Relation Name']
    ? plan['Actual Loops'] * (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0))
    : 0;
  return (plan.Plans ?? []).reduce((sum, below) => sum + readIn(below), own);
}
