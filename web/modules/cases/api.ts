import type { Case, CaseMergePreview, Handover, Statement, Topic } from '../../../contract/cases.ts';
import { type CaseDetail, customerPageEndpoints as customerPage, caseEndpoints as on } from '../../../contract/cases.ts';
import { conversationEndpoints as talks } from '../../../contract/conversations.ts';
import type { InputOf, OutputOf } from '../../../contract/core.ts';
import { call } from '../../platform/api/call.ts';
import { records } from '../../platform/store/app-store.ts';
import { optimistic } from '../../platform/store/optimistic.ts';

export { on };

export const putCase = ({ case: kase }: { case: Case }): void => records.put('case', [kase]);
export const putStatement = ({ statement }: { statement: Statement }): void => records.put('statement', [statement]);
const putHandover = ({ handover }: { handover: Handover }): Handover => {
  records.put('handover', [handover]);
  return handover;
};

export async function openCase(id: string): Promise<CaseDetail> {
  const detail = await call(on.open, { id, limit: 60 });
  putCase(detail);
  records.put('conversation', detail.conversations);
  records.put('message', detail.messages.items);
  records.put('statement', detail.statements);
  records.put('handover', detail.handovers);
  return detail;
}

export async function fetchOlderOfCase(id: string, cursor: string): Promise<string | null> {
  const page = await call(on.timeline, { id, cursor, limit: 60 });
  records.put('message', page.items);
  return page.nextCursor;
}

/** The page of the case's customer, as they see it; a page of its own, which the desk does not load. */
export const customerPageOf = (caseId: string): string => `/my#preview=${caseId}`;
export const withdrawLinks = (id: string) => call(customerPage.withdraw, { id });

export const changeCase = (input: InputOf<typeof on.change>): Promise<void> => call(on.change, input).then(putCase);
/** Shown at once, taken back when it was refused. */
export const chooseTopic = ({ id, version }: Case, topicId: string | null): Promise<unknown> =>
  optimistic(
    records,
    [{ kind: 'case', id, patch: (kase) => kase && { ...kase, topicId } }],
    () => call(on.change, { id, version, topicId }),
    putCase,
  );
export const passOnCommitment = (id: string, ownerId: string): Promise<void> => call(on.passOn, { id, ownerId }).then(putStatement);
export const proposeBrief = (id: string): Promise<OutputOf<typeof on.brief>> => call(on.brief, { id });
export const handOver = (input: InputOf<typeof on.handOver>): Promise<Handover> => call(on.handOver, input).then(putHandover);
/** What is given away is taken first. */
export const takeConversation = (id: string): Promise<void> =>
  call(talks.claim, { id, mode: 'take' }).then(({ conversation }) => records.put('conversation', [conversation]));
export const giveBackConversation = (id: string): Promise<void> =>
  call(talks.release, { id }).then(({ conversation }) => records.put('conversation', [conversation]));
export const readBrief = (id: string): Promise<Handover> => call(on.readBrief, { id }).then(putHandover);
export const acceptHandover = (id: string): Promise<Handover> => call(on.accept, { id }).then(putHandover);
export const declineHandover = (id: string, reason: string): Promise<Handover> => call(on.decline, { id, reason }).then(putHandover);
export const confirmHandover = (id: string): Promise<Handover> => call(on.confirm, { id }).then(putHandover);
export const grantAccess = (id: string, reason: string): Promise<unknown> => call(on.grantAccess, { id, reason });
export const previewMerge = (id: string, fromId: string): Promise<CaseMergePreview> => call(on.mergePreview, { id, fromId });
export const casesOfCustomer = (customerId: string): Promise<OutputOf<typeof on.ofCustomer>> =>
  call(on.ofCustomer, { id: customerId, limit: 50 });

/** Each answers the id of the move, by which it is undone. */
export async function mergeCases(id: string, fromId: string): Promise<string> {
  const reply = await call(on.merge, { id, fromId });
  putCase(reply);
  return reply.moveId;
}
export async function splitCase(id: string, conversationId: string, subject: string): Promise<string> {
  const reply = await call(on.split, { id, conversationIds: [conversationId], ...(subject ? { subject } : {}) });
  records.put('case', [reply.case, reply.newCase]);
  return reply.moveId;
}
export async function transferConversation(id: string, conversationId: string, intoId: string): Promise<string> {
  const reply = await call(on.transfer, { id, conversationIds: [conversationId], intoId });
  records.put('case', [reply.case, reply.into]);
  return reply.moveId;
}
export async function undoMove(id: string): Promise<readonly Case[]> {
  const { cases } = await call(on.undoMove, { id });
  records.put('case', cases);
  return cases;
}
type Paging = Pick<InputOf<typeof on.commitments>, 'cursor' | 'limit'>;
export type PromiseFilter = Required<Pick<InputOf<typeof on.commitments>, 'owner' | 'state'>>;
export const promisesOf = (filter: PromiseFilter, paging: Paging): Promise<OutputOf<typeof on.commitments>> =>
  call(on.commitments, { ...filter, ...paging });
export const promisesWaiting = (): Promise<OutputOf<typeof on.commitmentCounters>> => call(on.commitmentCounters, {});
export async function handoversOf(which: 'toMe' | 'fromMe', paging: Paging): Promise<OutputOf<typeof on.handovers>> {
  const page = await call(on.handovers, { ...(which === 'toMe' ? { to: 'me' } : { from: 'me' }), ...paging });
  records.put('handover', page.items);
  return page;
}
export const findCases = (q: string): Promise<OutputOf<typeof on.list>> => call(on.list, { q, limit: 8 });

const putTopic = ({ topic }: { topic: Topic }): void => records.put('topic', [topic]);
export async function readTopics(): Promise<number> {
  const { items } = await call(on.topics, {});
  records.put('topic', items);
  return items.length;
}
export const addTopic = (input: InputOf<typeof on.addTopic>): Promise<void> => call(on.addTopic, input).then(putTopic);
export const changeTopic = (input: InputOf<typeof on.changeTopic>): Promise<void> => call(on.changeTopic, input).then(putTopic);
/** Shown at once, taken back when it was refused. */
export const retireTopic = (id: string, retired: boolean): Promise<unknown> =>
  optimistic(
    records,
    [{ kind: 'topic', id, patch: (topic) => topic && { ...topic, retiredAt: retired ? new Date().toISOString() : null } }],
    () => call(on.changeTopic, { id, retired }),
    putTopic,
  );
