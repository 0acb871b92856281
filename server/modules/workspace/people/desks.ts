import type { Ctx, Platform } from '../../../platform/context.ts';
import { dbOf, type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';

/** Signs come every five seconds; whoever gave none for longer than two of them is missing. */
const missingMilliseconds = 12_000;
/** So long after the last sign a browser is taken for gone: longer than loading a page anew, a short sleep or the restart of a process takes. */
export const goneSeconds = 20;
/** Nobody's claim lives longer without a sign than this, so older rows say nothing. */
const keptMinutes = 60;

/** What this process has written of its own sockets. */
interface Written {
  processId: string;
  /** Whether somebody's sockets here live. */
  lives: Map<string, boolean>;
  turn: Promise<void>;
}

/** By house, because several may live in one process (tests). */
const written = new WeakMap<Platform, Written>();

/**
 * Writes who has the desk open in this process, as far as it changed, and that the process lives. One after the other: what was seen later is written
 * later. `silences`: for how many milliseconds nobody's socket gave a sign of life.
 */
export function noteDesks(platform: Platform, silences: ReadonlyMap<string, number>): Promise<void> {
  let own = written.get(platform);
  if (!own) written.set(platform, (own = { processId: newId(), lives: new Map(), turn: Promise.resolve() }));
  const known = own;
  const at = platform.clock.now();
  const turn = known.turn.then(() => write(dbOf(platform.database.pool), known, at, silences));
  known.turn = turn.catch(() => {});
  return turn;
}

async function write(db: Db, own: Written, at: Date, silences: ReadonlyMap<string, number>): Promise<void> {
  const { isNew } = await db.one<{ isNew: boolean }>(sql`insert into desk_processes (id, alive_at) values (${own.processId}, ${at})
    on conflict (id) do update set alive_at = greatest(desk_processes.alive_at, excluded.alive_at) returning xmax = 0 as "isNew"`);
  // Swept while it slept: then nothing that was written before is left.
  if (isNew) own.lives.clear();
  const left = [...own.lives].flatMap(([personId, lives]) =>
    lives && !silences.has(personId) ? [{ personId, silence: 0, lives: false }] : [],
  );
  const here = [...silences].map(([personId, silence]) => ({ personId, silence, lives: silence <= missingMilliseconds }));
  const changed = [...left, ...here.filter(({ personId, lives }) => own.lives.get(personId) !== lives)];
  if (changed.length > 0) {
    const rows = changed.map(({ personId, silence, lives }) => ({ personId, lostAt: lives ? null : new Date(at.getTime() - silence) }));
    await db.exec(sql`insert into desks (person_id, process_id, lost_at)
      select r."personId", ${own.processId}, r."lostAt" from jsonb_to_recordset(${sql.json(rows)}) as r("personId" uuid, "lostAt" timestamptz)
        join people p on p.id = r."personId"
      on conflict (person_id, process_id) do update set lost_at = excluded.lost_at`);
  }
  own.lives = new Map(here.map(({ personId, lives }) => [personId, lives]));
}

/** Whose last browser is gone, and when it was last seen: `person_id`, `seen_at`. Who never opened the desk, such as a program, is not among them. */
export const goneDesks = (now: Date): Sql => sql`select d.person_id, max(coalesce(d.lost_at, w.alive_at)) as seen_at
  from desks d join desk_processes w on w.id = d.process_id group by 1 having max(coalesce(d.lost_at, w.alive_at)) <= ${goneBefore(now)}`;

const goneBefore = (now: Date): Date => new Date(now.getTime() - goneSeconds * 1_000);

export async function sweepDesks(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - keptMinutes * 60_000);
  await ctx.db.exec(sql`delete from desk_processes where alive_at < ${before}`);
  await ctx.db.exec(sql`delete from desks where lost_at < ${before}`);
}
