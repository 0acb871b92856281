import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Me, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { personOf } from '../policy.ts';
import { updatePerson } from '../queries/people.ts';
import { endSessions, listSessions } from '../sign-in/sessions.ts';
import { presentMe } from './present-me.ts';

type Input<Name extends keyof typeof workspaceEndpoints> = ParsedInputOf<(typeof workspaceEndpoints)[Name]>;

export async function changeMe(ctx: Ctx, { name, locale, languages }: Input<'changeMe'>): Promise<Me> {
  const id = personOf(ctx.actor);
  const fields = { ...(name && { name }), ...(locale && { locale }), ...(languages && { languages }) };
  await updatePerson(ctx.db, id, fields);
  ctx.emit('workspace.person_changed', { personId: id });
  return presentMe(ctx.db, ctx.actor);
}

export async function changePreferences(ctx: Ctx, { locale, ...wishes }: Input<'changePreferences'>): Promise<Me> {
  const id = personOf(ctx.actor);
  await updatePerson(ctx.db, id, { ...(locale && { locale }), preferences: wishes });
  ctx.emit('workspace.person_changed', { personId: id });
  return presentMe(ctx.db, ctx.actor);
}

export async function ownSessions(ctx: Ctx) {
  const rows = await listSessions(ctx.db, personOf(ctx.actor), ctx.now);
  return {
    items: rows.map((row) => ({
      id: row.id,
      current: row.id === ctx.actor.sessionId,
      userAgent: row.user_agent,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    })),
  };
}

export async function endSession(ctx: Ctx, { id }: Input<'endSession'>) {
  if ((await endSessions(ctx, personOf(ctx.actor), { id })) === 0) throw refuse('core.not_found');
  return { done: true as const };
}

export async function endOtherSessions(ctx: Ctx) {
  await endSessions(ctx, personOf(ctx.actor), { keep: ctx.actor.sessionId });
  return { done: true as const };
}
