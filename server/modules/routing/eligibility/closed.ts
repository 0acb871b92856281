import type { Ctx } from '../../../platform/context.ts';
import { skillsOf } from '../../workspace/index.ts';
import { routingRules } from '../rules.ts';
import { lacking } from './lacking.ts';

/** The queues from which whoever asks is given nothing, because they lack a skill. Nothing is known here of how, how much or how fast they work. */
export async function closedToActor(ctx: Ctx): Promise<string[]> {
  const { actor, db, now } = ctx;
  const { queues, calendars } = await routingRules(ctx);
  const demanding = queues.filter(({ needs }) => needs.length > 0);
  if (demanding.length === 0) return [];
  const skills = actor.kind === 'person' && actor.id ? await skillsOf(db, actor.id) : [];
  const day = calendars.day(now);
  return demanding.filter(({ needs }) => lacking(needs, skills, day).length > 0).map(({ id }) => id);
}
