import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { stormEndpoints } from '../../../../contract/storms.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { audit, personSummaries } from '../../workspace/index.ts';
import { close } from '../alarm/propose.ts';
import { fail } from '../errors.ts';
import { checkAbout, checkQueues } from './check.ts';
import { lockStorm, presentStorm, putStorm } from './queries.ts';

/** Declares a storm or changes one. Who wrote about it is gathered when the event of it is heard: by then nobody's message is still under way. */
export async function saveStorm(
  ctx: Ctx,
  { about, proposalId, ...input }: ParsedInputOf<typeof stormEndpoints.save>,
): Promise<ReplyOf<typeof stormEndpoints.save>> {
  const known = await lockStorm(ctx.db, input.id);
  if (known?.endedAt) throw fail('storms.over');
  if ((known?.version ?? 0) !== input.version) throw core('core.conflict');
  const from = new Date(input.from);
  // A beginning that was right when it was declared stays right, however long it goes on.
  await checkAbout(ctx, about, known?.from.getTime() === from.getTime() ? ctx.now : from);
  await checkOwner(ctx, input.ownerId);
  if (!input.benefit) throw fail('storms.benefit_missing');
  const restingQueueIds = [...new Set(input.restingQueueIds)];
  if (about.queueId !== null && restingQueueIds.includes(about.queueId)) throw fail('storms.queue_concerned');
  await checkQueues(
    ctx,
    restingQueueIds.filter((id) => !known?.restingQueueIds.includes(id)),
  );
  const saved = await putStorm(ctx.db, {
    ...input,
    ...about,
    restingQueueIds,
    from,
    endsExpectedAt: input.endsExpectedAt === null ? null : new Date(input.endsExpectedAt),
    version: input.version + 1,
    declaredBy: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    declaredAt: ctx.now,
  });
  if (!saved) throw core('core.conflict');
  if (proposalId) await close(ctx, proposalId, saved.id);
  ctx.emit(known ? 'storms.changed' : 'storms.declared', { stormId: saved.id });
  await audit(ctx, {
    ...(known ? { action: 'storms.changed' } : { action: 'storms.declared' }),
    object: { kind: 'storm', id: saved.id },
    reason: saved.benefit,
    data: { version: saved.version, restingQueues: restingQueueIds.length },
  });
  return { storm: presentStorm(saved) };
}

/** Whoever answers for something must work here. */
export async function checkOwner({ db }: Pick<Ctx, 'db'>, id: string): Promise<void> {
  if (!(await personSummaries(db, [id])).get(id)?.active) throw fail('storms.owner_unknown');
}
