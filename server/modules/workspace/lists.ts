import type { ParsedInputOf } from '../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../contract/workspace.ts';
import type { Ctx } from '../../platform/context.ts';
import { fail } from '../../platform/errors.ts';
import { presentPerson, presentSite, presentSkill, presentTeam } from './present.ts';
import { pageOf, readCursor } from './queries/cursor.ts';
import { findPerson, listPeople } from './queries/people.ts';
import { listSites } from './queries/sites.ts';
import { listSkills } from './queries/skills.ts';
import { listAllTeams } from './queries/teams.ts';

export async function people(ctx: Ctx, input: ParsedInputOf<typeof workspaceEndpoints.listPeople>) {
  const after = readCursor(input.cursor, 2);
  const active = input.active === undefined ? undefined : input.active === 'true';
  const rows = await listPeople(ctx.db, { q: input.q, active, after, limit: input.limit + 1 });
  return pageOf(rows, input.limit, (row) => [row.name.toLowerCase(), row.id], presentPerson);
}

export async function person(ctx: Ctx, { id }: { id: string }) {
  const row = await findPerson(ctx.db, id);
  if (!row) throw fail('core.not_found');
  return presentPerson(row);
}

export const teams = async (ctx: Ctx) => ({ items: (await listAllTeams(ctx.db)).map(presentTeam) });
export const sites = async (ctx: Ctx) => ({ items: (await listSites(ctx.db)).map(presentSite) });
export const skills = async (ctx: Ctx) => ({ items: (await listSkills(ctx.db)).map(presentSkill) });
