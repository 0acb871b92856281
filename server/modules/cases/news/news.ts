import { mayAtAll } from '../../../platform/actor.ts';
import { on } from '../../../platform/events/subscribers.ts';
import { type FindNews, tellInBackground } from '../../workspace/index.ts';
import { loadCase } from '../access/visible.ts';
import { findStatement } from '../commitments/queries.ts';
import { isPending } from '../handovers/handover.ts';
import { openHandover } from '../handovers/list.ts';

/** What a person is told of while the desk is closed: the same as an open page tells (`web/modules/cases/waiting.ts`, `use-due-promises.ts`). */
export const tellHandover = on('cases.handover_briefed', 'cases.tell_handover', (ctx, { at, data }) =>
  tellInBackground(ctx, [
    { kind: 'handover', id: data.handoverId, byId: data.fromId, at, to: { personIds: [data.toPersonId], teamId: data.toTeamId } },
  ]),
);

/** Whoever owes it. After its time it is no news any more. */
export const tellPromise = on('cases.commitment_near_due', 'cases.tell_promise', (ctx, { data }) => {
  const dueTo = new Date(data.dueTo);
  return tellInBackground(ctx, [
    { kind: 'promise', id: data.statementId, byId: null, at: dueTo, until: dueTo, to: { personIds: [data.debtorId] } },
  ]);
});

export const findHandoverNews: FindNews = async (ctx, id) => {
  const { handover } = await openHandover(ctx, { id });
  const { to, fromId, state } = handover;
  const isForThem =
    to.personId === ctx.actor.id || (to.teamId !== null && ctx.actor.teamIds.includes(to.teamId) && fromId !== ctx.actor.id);
  return isForThem && isPending(state) && mayAtAll(ctx.actor, 'read_case') ? '/handovers' : undefined;
};

export const findPromise: FindNews = async (ctx, id) => {
  const statement = await findStatement(ctx.db, id);
  if (statement?.state !== 'open' || statement.ownerId !== ctx.actor.id || !mayAtAll(ctx.actor, 'read_case')) return undefined;
  await loadCase(ctx, statement.caseId);
  return `/cases/${statement.caseId}`;
};
