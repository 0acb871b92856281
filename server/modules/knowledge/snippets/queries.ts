import { type Db, sql } from '../../../platform/database/sql.ts';

export interface SnippetRow {
  id: string;
  version: number;
  title: string;
  shortcut: string;
  textDe: string;
  textEn: string;
  teamId: string | null;
  writtenBy: string | null;
  writtenAt: Date;
}

const columns = sql`s.id, s.version, s.title, s.shortcut, s.text_de as "textDe", s.text_en as "textEn", s.team_id as "teamId",
  s.written_by as "writtenBy", s.written_at as "writtenAt"`;

/** Everybody's and those of these teams, by title. */
export const snippetsOf = (db: Db, teams: readonly string[] | 'all'): Promise<SnippetRow[]> =>
  db.query<SnippetRow>(sql`select ${columns} from snippets s
    where ${teams === 'all' ? sql`true` : sql`(s.team_id is null or s.team_id = any(${teams}::uuid[]))`} order by lower(s.title), s.id`);

export const snippetsByIds = (db: Db, ids: readonly string[]): Promise<SnippetRow[]> =>
  db.query<SnippetRow>(sql`select ${columns} from snippets s where s.id = any(${ids}::uuid[])`);

export const lockSnippet = (db: Db, id: string): Promise<SnippetRow | undefined> =>
  db.maybe<SnippetRow>(sql`select ${columns} from snippets s where s.id = ${id} for update`);

export async function countSnippets(db: Db): Promise<number> {
  return (await db.one<{ count: number }>(sql`select count(*)::int as count from snippets`)).count;
}

/** Which snippet of the same people has this shortcut. */
export const withShortcut = (db: Db, shortcut: string, teamId: string | null): Promise<{ id: string; title: string } | undefined> =>
  db.maybe(sql`select id, title from snippets where shortcut = ${shortcut} and team_id is not distinct from ${teamId}::uuid`);

/** Writes over the one of the same id; undefined when the shortcut is taken. */
export const putSnippet = (db: Db, s: SnippetRow): Promise<SnippetRow | undefined> =>
  db.maybe<SnippetRow>(sql`insert into snippets as s (id, version, title, shortcut, text_de, text_en, team_id, written_by, written_at)
    select ${s.id}, ${s.version}::int, ${s.title}, ${s.shortcut}, ${s.textDe}, ${s.textEn}, ${s.teamId}::uuid, ${s.writtenBy}::uuid, ${s.writtenAt}::timestamptz
    where not exists (select from snippets o where o.shortcut = ${s.shortcut} and o.team_id is not distinct from ${s.teamId}::uuid and o.id <> ${s.id})
    on conflict (id) do update set version = excluded.version, title = excluded.title, shortcut = excluded.shortcut, text_de = excluded.text_de,
      text_en = excluded.text_en, team_id = excluded.team_id, written_by = excluded.written_by, written_at = excluded.written_at
    returning ${columns}`);

export const deleteSnippet = (db: Db, id: string): Promise<number> => db.exec(sql`delete from snippets where id = ${id}`);

/** One at a time changes the set of snippets, so that of two who choose one shortcut at once the later is told. */
export const lockSnippets = (db: Db): Promise<number> => db.exec(sql`lock table snippets in share row exclusive mode`);
