// A change of service levels while 100,000 customers wait, and how long after its true time an alarm is told.
import type { Client } from 'pg';
import { addAdmin } from './admin.ts';
import { httpConnection, request } from './http-client.ts';
import { median, pause } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, rounds, run, usualCases } from './running.ts';

const alarms = 300;
/** Over so many seconds they come true, evenly. */
const spread = 10;

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  try {
    const { sql } = running;
    const admin = await addAdmin(sql);
    // Everybody waits, and nothing has rung.
    await sql.query(
      `update conversations set state = 'queued', resolved_at = null, waiting_since = date_trunc('milliseconds', now()), due_at = null, warn_at = null, alarm_at = null`,
    );
    await sql.query('vacuum analyze conversations');
    const http = httpConnection(running.port);
    const changes: number[] = [];
    const costs: Awaited<ReturnType<typeof costOf>>['cost'][] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Far enough away that none of them rings meanwhile.
      const minutes = 500_000 - round;
      const { cost, result } = await costOf(running, () => change(sql, http, admin, minutes));
      changes.push(result);
      costs.push(cost);
    }
    const bare = await inBatches(sql);
    const late = await rung(sql);
    report({
      bench: 'clocks',
      database: running.database.version,
      busy: median(costs.map(({ busy }) => busy)),
      loadBefore,
      figures: [
        {
          what: '100,000 due times anew after a change of service levels',
          unit: 's',
          value: median(changes),
          goal: { atMost: 10 },
          limit: bare,
        },
        { what: 'CPU of it', unit: 's', value: median(costs.map(({ server, postgres }) => server + postgres)) },
        { what: `an alarm after its true time: median of ${alarms}`, unit: 'ms', value: median(late) },
        { what: `an alarm after its true time: the latest of ${alarms}`, unit: 'ms', value: Math.max(...late), goal: { atMost: 1_000 } },
      ],
    });
    http.end();
  } finally {
    await running.stop();
  }
}

/** Seconds from asking for the change until all due times are what it says. */
async function change(sql: Client, http: ReturnType<typeof httpConnection>, session: string, minutes: number): Promise<number> {
  const level = { name: 'Alles', channels: [], visibility: 'any', teamIds: [], priorities: [], hours: 'always', warnPercent: 80 };
  const body = { recompute: true, levels: [{ ...level, firstAnswerMinutes: minutes, nextAnswerMinutes: minutes, solutionMinutes: null }] };
  const from = await lastEvent(sql);
  const begun = performance.now();
  const { status, body: said } = await http.send(request('PUT', '/api/v1/service-levels', session, body));
  if (status !== 200) throw new Error(said);
  for (;;) {
    const { rows } = await sql.query(`select from events where seq > $1 and type = 'routing.dues_recomputed'`, [from]);
    if (rows.length > 0) break;
    await pause(50);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const { rows } = await sql.query(
    `select from conversations where due_at is distinct from waiting_since + $1 * interval '1 minute' limit 1`,
    [minutes],
  );
  if (rows.length > 0) throw new Error('A due time was left as it was');
  return seconds;
}

/** Where the log ends: who asks for what came after it does not have the whole log read each time. */
async function lastEvent(sql: Client): Promise<string> {
  const { rows } = await sql.query<{ seq: string }>('select coalesce(max(seq), 0) as seq from events');
  return rows[0]?.seq ?? '0';
}

/** What any program would have to do: write so many due times, a thousand at a time. */
async function inBatches(sql: Client): Promise<number> {
  const { rows } = await sql.query<{ id: string }>('select id from conversations order by id');
  const begun = performance.now();
  for (let from = 0; from < rows.length; from += 1_000)
    await sql.query(`update conversations set due_at = due_at + interval '1 minute', version = version + 1 where id = any($1)`, [
      rows.slice(from, from + 1_000).map(({ id }) => id),
    ]);
  return (performance.now() - begun) / 1_000;
}

/** For each alarm, milliseconds from its true time until another connection reads that it rang. */
async function rung(sql: Client): Promise<number[]> {
  await sql.query(
    `update conversations c set due_at = t.at, warn_at = t.at - interval '1 hour', alarm_at = t.at
      from (select id, now() + interval '2 seconds' + row_number() over () * ($2::float8 / $1) * interval '1 second' as at from conversations limit $1) t where c.id = t.id`,
    [alarms, spread],
  );
  const late: number[] = [];
  const seen = new Set<string>();
  const from = await lastEvent(sql);
  for (const end = Date.now() + (spread + 5) * 1_000; late.length < alarms && Date.now() < end; ) {
    const { rows } = await sql.query<{ id: string; at: string }>(
      `select data->>'conversationId' as id, data->>'trueAt' as at from events where seq > $1 and type = 'routing.answer_overdue'`,
      [from],
    );
    const now = Date.now();
    for (const { id, at } of rows) {
      if (seen.has(id)) continue;
      seen.add(id);
      late.push(now - Date.parse(at));
    }
    await pause(10);
  }
  if (late.length !== alarms) throw new Error(`${late.length} of ${alarms} rang`);
  return late;
}
