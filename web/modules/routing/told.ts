import type { Conversation } from '../../../contract/conversations.ts';
import { toldOfDue } from '../../../contract/routing.ts';
import type { StreamEvent } from '../../../contract/stream.ts';
import type { Team } from '../../../contract/workspace.ts';
import { records } from '../../platform/store/app-store.ts';
import { signedIn, tellNews } from '../workspace/index.ts';

/** Whom it concerns is told by the browser while nobody looks that an answer is nearly due, or overdue; of the desk itself the lists say so. */
export function tellDue({ type, subject, at }: StreamEvent): void {
  const isOverdue = type === 'routing.answer_overdue';
  const me = signedIn()?.person.id;
  if ((!isOverdue && type !== 'routing.answer_near_due') || !me) return;
  const { conversationId: id = '', teamId = '' } = subject;
  const conversation = records.get<Conversation>('conversation', id);
  const holders = [conversation?.assigneeId, conversation?.claim?.personId].flatMap((one) => one ?? []);
  const { leadIds = [], memberIds = [] } = records.get<Team>('team', teamId) ?? {};
  if (!toldOfDue(isOverdue, holders, { leadIds, memberIds }).includes(me)) return;
  const path = `/inbox/${holders.includes(me) ? 'mine' : 'open'}/${id}`;
  void tellNews(isOverdue ? 'overdue' : 'near_due', { id, path, at });
}

/** The same of the solution of a case. */
export function tellSolution({ type, subject, at }: StreamEvent): void {
  const isOverdue = type === 'routing.solution_overdue';
  const me = signedIn()?.person.id;
  if ((!isOverdue && type !== 'routing.solution_near_due') || !me) return;
  const { caseId: id = '', ownerId, teamId = '' } = subject;
  const { leadIds = [], memberIds = [] } = records.get<Team>('team', teamId) ?? {};
  if (!toldOfDue(isOverdue, ownerId ? [ownerId] : [], { leadIds, memberIds }).includes(me)) return;
  void tellNews(isOverdue ? 'solution_overdue' : 'solution_near_due', { id, path: `/cases/${id}`, at });
}
