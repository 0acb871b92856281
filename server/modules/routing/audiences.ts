import type { Audiences } from '../../platform/module.ts';

interface Rang {
  conversationId: string;
  teamId: string | null;
  assigneeId: string | null;
}

/** Whoever hears the conversation's team, or has the work. */
const rang = ({ data: { conversationId, teamId, assigneeId } }: { data: Rang }) => ({
  streams: [...(teamId ? [`team:${teamId}`] : []), ...(assigneeId ? [`work:${assigneeId}`] : [])],
  records: [{ kind: 'conversation', id: conversationId }],
});

interface SolutionRang {
  caseId: string;
  teamIds: string[];
  ownerId: string | null;
}

/** Whoever has the case open, its teams, and who is in charge of it. */
const solutionRang = ({ data: { caseId, teamIds, ownerId } }: { data: SolutionRang }) => ({
  streams: [`case:${caseId}`, ...teamIds.map((id) => `team:${id}`), ...(ownerId ? [`work:${ownerId}`] : [])],
  records: [{ kind: 'case', id: caseId }],
});

/** Nobody hears what is offered to somebody else, and what they made of it. */
const offer = ({ data: { personId, conversationId } }: { data: { personId: string; conversationId: string } }) => ({
  streams: [`work:${personId}`],
  records: [{ kind: 'conversation', id: conversationId }],
});

export const audiences: Audiences = {
  'routing.service_levels_changed': () => ({ streams: ['workspace'] }),
  'routing.queues_changed': () => ({ streams: ['workspace'] }),
  'routing.work_units_changed': () => ({ streams: ['workspace'] }),
  'routing.offered': offer,
  'routing.offer_ended': offer,
  'routing.dues_recomputed': () => ({ streams: ['workspace'] }),
  'routing.answer_near_due': rang,
  'routing.answer_overdue': rang,
  'routing.solution_near_due': solutionRang,
  'routing.solution_overdue': solutionRang,
};
