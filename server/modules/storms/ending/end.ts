import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { stormEndpoints } from '../../../../contract/storms.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { afterWorkingDays, audit, siteCalendars } from '../../workspace/index.ts';
import { endStorm, lockStorm, presentStorm, writeReview } from '../declaring/queries.ts';
import { checkOwner } from '../declaring/save.ts';
import { fail } from '../errors.ts';
import { standingsOf } from '../mentions/states.ts';
import { outcomeOf } from './outcome.ts';

const reviewWithinDays = 5;

/** Nobody's wait ends with the storm: it is over when everybody has an answer, or a reason is recorded why not. */
export async function endStormNow(ctx: Ctx, { id }: { id: string }): Promise<ReplyOf<typeof stormEndpoints.end>> {
  const storm = await lockStorm(ctx.db, id);
  if (!storm) throw core('core.not_found');
  if (storm.endedAt) throw fail('storms.over');
  const mentions = await standingsOf(ctx.db, id);
  const waiting = mentions.filter(({ state }) => state === 'waiting').length;
  if (waiting > 0) throw fail('storms.still_waiting', { waiting });
  const calendars = await siteCalendars(ctx.db);
  const calendar = ctx.actor.siteId ? calendars.ofSite(ctx.actor.siteId, ctx.now) : calendars.of(null, ctx.now);
  const outcome = outcomeOf(mentions);
  const ended = await endStorm(ctx.db, id, {
    by: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    at: ctx.now,
    outcome,
    reviewDueOn: afterWorkingDays(calendar, ctx.now.getTime(), reviewWithinDays),
  });
  ctx.emit('storms.ended', { stormId: id });
  await audit(ctx, { action: 'storms.ended', object: { kind: 'storm', id }, data: { mentions: mentions.length } });
  return { storm: presentStorm(ended), outcome };
}

/** What was learned. It can be put better later; when it was first there stays. */
export async function reviewStorm(
  ctx: Ctx,
  input: ParsedInputOf<typeof stormEndpoints.review>,
): Promise<ReplyOf<typeof stormEndpoints.review>> {
  const { id, version, cause, measure, ownerId, dueOn } = input;
  const storm = await lockStorm(ctx.db, id);
  if (!storm) throw core('core.not_found');
  if (!storm.endedAt) throw fail('storms.not_over');
  if (storm.version !== version) throw core('core.conflict');
  await checkOwner(ctx, ownerId);
  const reviewed = await writeReview(ctx.db, { id, cause, measure, ownerId, dueOn, at: ctx.now });
  ctx.emit('storms.reviewed', { stormId: id });
  await audit(ctx, { action: 'storms.reviewed', object: { kind: 'storm', id } });
  return { storm: presentStorm(reviewed) };
}
