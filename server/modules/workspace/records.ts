import type { Db } from '../../platform/database/sql.ts';
import type { RecordKind } from '../../platform/module.ts';
import { presentPerson, presentSite, presentSkill, presentTeam } from './present.ts';
import { findPeople } from './queries/people.ts';
import { findSites } from './queries/sites.ts';
import { findSkills } from './queries/skills.ts';
import { findTeams } from './queries/teams.ts';

export const records: Record<string, RecordKind> = {
  person: kind(findPeople, presentPerson),
  team: kind(findTeams, presentTeam),
  site: kind(findSites, presentSite),
  skill: kind(findSkills, presentSkill),
};

function kind<Row>(
  find: (db: Db, ids: readonly string[]) => Promise<Row[]>,
  present: (row: Row) => { id: string; version: number },
): RecordKind {
  return {
    async load(db, ids) {
      const rows = (await find(db, ids)).map(present);
      return new Map(rows.map((data) => [data.id, { version: data.version, data }]));
    },
  };
}
