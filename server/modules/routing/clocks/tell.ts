import { toldOfDue } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';
import { ownersOf } from '../../cases/index.ts';
import { conversationFacts, holderAt, loadConversation } from '../../conversations/index.ts';
import { type FindNews, findTeams, tellInBackground } from '../../workspace/index.ts';
import { solutionClock } from './solution.ts';

/** What a person is told of while the desk is closed: the same as an open page tells (`web/modules/routing/told.ts`). */
export const tellDue: Subscriber = {
  name: 'routing.tell_due',
  on: ['routing.answer_near_due', 'routing.answer_overdue'],
  gather: 300,
  async handle(ctx, events) {
    const rung = events as Event<'routing.answer_near_due' | 'routing.answer_overdue'>[];
    const rows = await conversationFacts(
      ctx.db,
      rung.map(({ data }) => data.conversationId),
    );
    const teams = await findTeams(
      ctx.db,
      rung.flatMap(({ data }) => data.teamId ?? []),
    );
    await tellInBackground(
      ctx,
      rung.map(({ type, at, data }) => {
        const isOverdue = type === 'routing.answer_overdue';
        const row = rows.get(data.conversationId);
        const holders = row ? [row.assigneeId, holderAt(row, ctx.now)].filter((id) => id !== null) : [];
        const team = teams.find(({ id }) => id === data.teamId);
        const personIds = toldOfDue(isOverdue, holders, { leadIds: team?.lead_ids ?? [], memberIds: team?.member_ids ?? [] });
        const until = isOverdue ? {} : { until: new Date(data.dueAt) };
        return { kind: isOverdue ? 'overdue' : 'near_due', id: data.conversationId, byId: null, at, ...until, to: { personIds } };
      }),
    );
  },
};

/** The same of the solution of a case: whoever is in charge of it has it. */
export const tellSolution: Subscriber = {
  name: 'routing.tell_solution',
  on: ['routing.solution_near_due', 'routing.solution_overdue'],
  gather: 300,
  async handle(ctx, events) {
    const rung = events as Event<'routing.solution_near_due' | 'routing.solution_overdue'>[];
    const owners = await ownersOf(
      ctx.db,
      rung.map(({ data }) => data.caseId),
    );
    const teams = await findTeams(
      ctx.db,
      rung.flatMap(({ data }) => data.teamId ?? []),
    );
    await tellInBackground(
      ctx,
      rung.map(({ type, at, data: { caseId, teamId, dueAt } }) => {
        const isOverdue = type === 'routing.solution_overdue';
        const ownerId = owners.get(caseId);
        const team = teams.find(({ id }) => id === teamId);
        const personIds = toldOfDue(isOverdue, ownerId ? [ownerId] : [], {
          leadIds: team?.lead_ids ?? [],
          memberIds: team?.member_ids ?? [],
        });
        const until = isOverdue ? {} : { until: new Date(dueAt) };
        return { kind: isOverdue ? 'solution_overdue' : 'solution_near_due', id: caseId, byId: null, at, ...until, to: { personIds } };
      }),
    );
  },
};

/** A case whose clock still runs and is nearly due by then, or overdue. */
const findSolution =
  (isOverdue: boolean): FindNews =>
  async (ctx, id) => {
    const { clock } = await solutionClock(ctx, { id });
    return clock?.state === 'running' && clock.isLate === isOverdue ? `/cases/${id}` : undefined;
  };

export const findSolutionNearDue = findSolution(false);
export const findSolutionOverdue = findSolution(true);

/** Where somebody waits still whose answer is nearly due by then, or overdue. */
const findWaiting =
  (isDue: (row: { warnAt: Date | null; dueAt: Date | null }, now: Date) => boolean): FindNews =>
  async (ctx: Ctx, id) => {
    const row = await loadConversation(ctx, id);
    if (!isDue(row, ctx.now)) return undefined;
    const isMine = [row.assigneeId, holderAt(row, ctx.now)].includes(ctx.actor.id);
    return `/inbox/${isMine ? 'mine' : 'open'}/${id}`;
  };

export const findNearDue = findWaiting(({ warnAt, dueAt }, now) => warnAt !== null && dueAt !== null && warnAt <= now && now < dueAt);
export const findOverdue = findWaiting(({ dueAt }, now) => dueAt !== null && dueAt <= now);
