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

export const audiences: Audiences = {
  'routing.service_levels_changed': () => ({ streams: ['workspace'] }),
  'routing.queues_changed': () => ({ streams: ['workspace'] }),
  'routing.dues_recomputed': () => ({ streams: ['workspace'] }),
  'routing.answer_near_due': rang,
  'routing.answer_overdue': rang,
};
