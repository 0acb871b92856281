import type { Ctx } from '../../../platform/context.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';
import { dropStopped, followSolutions } from './solution-clocks.ts';
import { goesOnFor } from './solution.ts';

/** Keeps by when each case is to be solved: after whatever moves its clock, and whatever changes the conversation it goes by. */
export const keepSolutions: Subscriber = {
  name: 'routing.keep_solutions',
  on: [
    'cases.opened',
    'cases.state_changed',
    'conversations.state_changed',
    // Another team, another priority.
    'conversations.assigned',
    'conversations.changed',
    // Other conversations.
    'conversations.linked_to_case',
    'conversations.merged',
    'conversations.unmerged',
    'cases.merged',
    'cases.unmerged',
    'cases.split',
    'cases.transferred',
    'cases.restricted',
    'cases.restriction_lifted',
  ],
  async handle(ctx, events) {
    const ids = events.flatMap(({ data }) => {
      const { caseId, fromCaseId, otherCaseId } = data as { caseId?: string | null; fromCaseId?: string | null; otherCaseId?: string };
      return [caseId, fromCaseId, otherCaseId].flatMap((id) => id ?? []);
    });
    if (ids.length > 0) await followSolutions(ctx, [...new Set(ids)], null);
  },
};

/** So long after its case was solved a clock is not gone on with, and what rang of it need not be known. */
export const sweepSolutions = async (ctx: Ctx): Promise<void> => void (await dropStopped(ctx.db, new Date(ctx.now.getTime() - goesOnFor)));
