import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { openedByTopic, topicParents } from '../../cases/index.ts';
import { audit } from '../../workspace/index.ts';
import { runningStorms } from '../declaring/queries.ts';
import { alarmQuantile, forecastOf, isAlarming, quantileOf } from './forecast.ts';
import { closeOld, closeProposal, insertProposal, proposedSince } from './queries.ts';

const hour = 3_600_000;
const week = 7 * 24 * hour;
const weeksBack = 8;
/** What somebody said no to is not proposed again for so long; what nobody looked at is dropped after a day. */
const restHours = 4;
const keptHours = 24;

/** Proposes a storm for every topic of which far more cases were opened in the last hour than its earlier weeks let expect. A lead decides. */
export async function proposeStorms(ctx: Ctx): Promise<void> {
  const now = ctx.now.getTime();
  for (const { id } of await closeOld(ctx.db, new Date(now - keptHours * hour), ctx.now))
    ctx.emit('storms.proposal_closed', { proposalId: id, stormId: null });
  const windows = Array.from({ length: weeksBack + 1 }, (_, n) => ({
    from: new Date(now - hour - n * week),
    to: new Date(now - n * week),
  }));
  const counts = await openedByTopic(ctx.db, windows);
  const alarming = [...counts].flatMap(([topicId, [count = 0, ...before]]) => {
    const forecast = forecastOf(before);
    return isAlarming(count, forecast) ? [{ topicId, count, forecast }] : [];
  });
  if (alarming.length === 0) return;
  const proposed = await proposedSince(ctx.db, new Date(now - restHours * hour));
  const parents = await topicParents(ctx.db);
  const running = new Set((await runningStorms(ctx.db)).flatMap(({ topicId }) => topicId ?? []));
  const isOn = (topicId: string | null): boolean => topicId !== null && (running.has(topicId) || isOn(parents.get(topicId) ?? null));
  for (const { topicId, count, forecast } of alarming) {
    if (proposed.has(topicId) || isOn(topicId)) continue;
    const bound = quantileOf(forecast, alarmQuantile);
    const row = { id: newId(now), topicId, at: ctx.now, count, expected: forecast.mean, bound };
    if (await insertProposal(ctx.db, row)) ctx.emit('storms.proposed', { proposalId: row.id, topicId });
  }
}

/** Somebody looked, and it is none. */
export async function dismissProposal(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  await close(ctx, id, null);
  await audit(ctx, { action: 'storms.proposal_dismissed', object: { kind: 'storm_proposal', id } });
  return { done: true };
}

/** Of two who decide, the later finds nothing. */
export async function close(ctx: Ctx, id: string, stormId: string | null): Promise<void> {
  const by = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  if (!(await closeProposal(ctx.db, { id, by, at: ctx.now, stormId }))) throw core('core.not_found');
  ctx.emit('storms.proposal_closed', { proposalId: id, stormId });
}
