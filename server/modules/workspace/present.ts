import type { Person, Site, Skill, Team } from '../../../contract/workspace.ts';
import type { PersonRow } from './queries/people.ts';
import type { SiteRow } from './queries/sites.ts';
import type { SkillRow } from './queries/skills.ts';
import type { TeamRow } from './queries/teams.ts';

export const presentPerson = (row: PersonRow): Person => ({
  id: row.id,
  version: row.version,
  name: row.name,
  email: row.email,
  roles: row.roles,
  siteId: row.site_id,
  teamIds: row.team_ids,
  skills: row.skills,
  languages: row.languages,
  locale: row.locale,
  active: row.active,
});

export const presentTeam = (row: TeamRow): Team => ({
  id: row.id,
  version: row.version,
  name: row.name,
  siteId: row.site_id,
  memberIds: row.member_ids,
  leadIds: row.lead_ids,
  archived: row.archived,
  successorId: row.successor_id,
});

export const presentSite = (row: SiteRow): Site => ({
  id: row.id,
  version: row.version,
  name: row.name,
  land: row.land,
  municipality: row.municipality,
  zone: row.zone,
});

export const presentSkill = (row: SkillRow): Skill => ({
  id: row.id,
  version: row.version,
  key: row.key,
  label: { de: row.label_de, en: row.label_en },
});
