import type { Macro } from '../../../../contract/automation.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';

export type MacroRow = Omit<Macro, 'changedAt' | 'text'> & { changedAt: Date; textDe: string; textEn: string };

const columns = sql`m.id, m.version, m.name, m.team_id as "teamId", m.actions, m.text_de as "textDe", m.text_en as "textEn", m.benefit,
  m.changed_by as "changedBy", m.changed_at as "changedAt"`;

/** Everybody's and those of these teams, by name. */
export const macrosOf = (db: Db, teams: readonly string[] | 'all'): Promise<MacroRow[]> =>
  db.query<MacroRow>(sql`select ${columns} from macros m
    where ${teams === 'all' ? sql`true` : sql`(m.team_id is null or m.team_id = any(${teams}::uuid[]))`} order by lower(m.name), m.id`);

export const findMacro = (db: Db, id: string): Promise<MacroRow | undefined> =>
  db.maybe<MacroRow>(sql`select ${columns} from macros m where m.id = ${id}`);

/** One at a time changes the set of macros, so that of two who choose one name at once the later is told. */
export const lockMacros = (db: Db): Promise<number> => db.exec(sql`lock table macros in share row exclusive mode`);

export async function countMacros(db: Db): Promise<number> {
  return (await db.one<{ count: number }>(sql`select count(*)::int as count from macros`)).count;
}

/** Writes over the one of the same id; undefined when the name is taken among the same people. */
export const putMacro = (db: Db, m: MacroRow): Promise<MacroRow | undefined> =>
  db.maybe<MacroRow>(sql`insert into macros as m (id, version, name, team_id, actions, text_de, text_en, benefit, changed_by, changed_at)
    select ${m.id}, ${m.version}::int, ${m.name}, ${m.teamId}::uuid, ${sql.json(m.actions)}, ${m.textDe}, ${m.textEn}, ${m.benefit}, ${m.changedBy}::uuid,
      ${m.changedAt}::timestamptz
    where not exists (select from macros o where lower(o.name) = lower(${m.name}) and o.team_id is not distinct from ${m.teamId}::uuid and o.id <> ${m.id})
    on conflict (id) do update set version = excluded.version, name = excluded.name, team_id = excluded.team_id, actions = excluded.actions,
      text_de = excluded.text_de, text_en = excluded.text_en, benefit = excluded.benefit, changed_by = excluded.changed_by, changed_at = excluded.changed_at
    returning ${columns}`);

export const deleteMacro = (db: Db, id: string): Promise<number> => db.exec(sql`delete from macros where id = ${id}`);

export const presentMacro = ({ textDe, textEn, changedAt, ...row }: MacroRow): Macro => ({
  ...row,
  text: { de: textDe, en: textEn },
  changedAt: changedAt.toISOString(),
});
