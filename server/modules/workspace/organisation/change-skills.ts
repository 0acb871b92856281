import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Person, Skill, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { presentPerson, presentSkill } from '../present.ts';
import { findPerson, lockPerson, type PersonRow } from '../queries/people.ts';
import { findSkills } from '../queries/skills.ts';
import { bumpPeople } from '../queries/teams.ts';
import { refusing } from '../queries/violations.ts';
import { forgetActors } from '../sign-in/cache.ts';

export async function addSkill(ctx: Ctx, { key, label }: ParsedInputOf<typeof workspaceEndpoints.addSkill>): Promise<Skill> {
  const id = newId(ctx.now.getTime());
  const row = sql`insert into skills (id, key, label_de, label_en, created_at) values (${id}, ${key}, ${label.de}, ${label.en}, ${ctx.now})`;
  await refusing('workspace.name_taken', ctx.db.exec(row));
  return finish(ctx, id, 'workspace.skill_added');
}

export async function changeSkill(ctx: Ctx, { id, label }: ParsedInputOf<typeof workspaceEndpoints.changeSkill>): Promise<Skill> {
  const row = sql`update skills set version = version + 1, label_de = ${label.de}, label_en = ${label.en} where id = ${id}`;
  if ((await ctx.db.exec(row)) === 0) throw refuse('core.not_found');
  return finish(ctx, id, 'workspace.skill_changed');
}

type Grant = ParsedInputOf<typeof workspaceEndpoints.grantSkill>;

/** What else the person can stays as it is, whatever others change at the same moment. */
export async function grantSkill(ctx: Ctx, { id, personId, level, validTo }: Grant): Promise<Person> {
  await lockBoth(ctx, id, personId);
  await ctx.db.exec(sql`insert into person_skills (person_id, skill_id, level, valid_to) values (${personId}, ${id}, ${level}, ${validTo})
    on conflict (person_id, skill_id) do update set level = excluded.level, valid_to = excluded.valid_to`);
  await audit(ctx, { action: 'workspace.skill_granted', object: { kind: 'person', id: personId }, data: { skillId: id, level, validTo } });
  return holderChanged(ctx, personId);
}

export async function withdrawSkill(ctx: Ctx, { id, personId }: { id: string; personId: string }): Promise<Person> {
  const person = await lockBoth(ctx, id, personId);
  const gone = await ctx.db.exec(sql`delete from person_skills where person_id = ${personId} and skill_id = ${id}`);
  if (gone === 0) return presentPerson(person);
  await audit(ctx, { action: 'workspace.skill_withdrawn', object: { kind: 'person', id: personId }, data: { skillId: id } });
  return holderChanged(ctx, personId);
}

/** The skill is kept from being removed meanwhile, the person from being changed. */
async function lockBoth(ctx: Ctx, id: string, personId: string): Promise<PersonRow> {
  const isThere = (await ctx.db.query(sql`select from skills where id = ${id} for share`)).length > 0;
  const person = isThere ? await lockPerson(ctx.db, personId) : undefined;
  if (!person) throw refuse('core.not_found');
  return person;
}

async function holderChanged(ctx: Ctx, personId: string): Promise<Person> {
  await bumpPeople(ctx.db, [personId]);
  forgetActors(ctx, [personId]);
  ctx.emit('workspace.rights_changed', { personId });
  const row = await findPerson(ctx.db, personId);
  if (!row) throw refuse('core.not_found');
  return presentPerson(row);
}

/** Whoever had the skill may do less from now on. */
export async function removeSkill(ctx: Ctx, { id }: { id: string }) {
  // First, so that nobody is given it while its holders are told.
  await ctx.db.query(sql`select from skills where id = ${id} for update`);
  const holders = await ctx.db.query<{ id: string }>(sql`delete from person_skills where skill_id = ${id} returning person_id as id`);
  if ((await ctx.db.exec(sql`delete from skills where id = ${id}`)) === 0) throw refuse('core.not_found');
  const personIds = holders.map((holder) => holder.id);
  forgetActors(ctx, personIds);
  await bumpPeople(ctx.db, personIds);
  for (const personId of personIds) ctx.emit('workspace.rights_changed', { personId });
  ctx.emit('workspace.skill_changed', { skillId: id });
  await audit(ctx, { action: 'workspace.skill_removed', object: { kind: 'skill', id } });
  return { done: true as const };
}

async function finish(ctx: Ctx, id: string, action: string): Promise<Skill> {
  ctx.emit('workspace.skill_changed', { skillId: id });
  await audit(ctx, { action, object: { kind: 'skill', id } });
  const [row] = await findSkills(ctx.db, [id]);
  if (!row) throw refuse('core.not_found');
  return presentSkill(row);
}
