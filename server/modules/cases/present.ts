import type { Case, Handover, Statement, Topic } from '../../../contract/cases.ts';
import type { CustomerSummary } from '../../../contract/customers.ts';
import type { Db } from '../../platform/database/sql.ts';
import { priorityName } from '../conversations/index.ts';
import { summaries } from '../customers/index.ts';
import { linksOf } from './queries/links.ts';
import type { CaseRow, HandoverRow, LinkRow, StatementRow, TopicRow } from './queries/rows.ts';

type Name = Pick<CustomerSummary, 'id' | 'displayName'>;

/** What the caller has read already and need not be asked for again. */
interface Known {
  names?: ReadonlyMap<string, Name>;
  links?: readonly Pick<LinkRow, 'caseId' | 'conversationId'>[];
}

/** Cases as everybody outside sees them, in the order given; two statements however many. */
export async function presentCases(db: Db, rows: readonly CaseRow[], known: Known = {}): Promise<Case[]> {
  if (rows.length === 0) return [];
  const customerIds = rows.map((row) => row.customerId);
  const caseIds = rows.map((row) => row.id);
  const names = known.names ?? (await summaries(db, customerIds));
  const links = known.links ?? (await linksOf(db, caseIds));
  const byCase = Map.groupBy(links, (link) => link.caseId);
  return rows.map((row) =>
    presentCase(
      row,
      names.get(row.customerId),
      (byCase.get(row.id) ?? []).map((l) => l.conversationId),
    ),
  );
}

export async function presentOne(db: Db, row: CaseRow): Promise<Case> {
  const [one] = await presentCases(db, [row]);
  if (!one) throw new Error('A case was not presented');
  return one;
}

function presentCase(row: CaseRow, customer: Name | undefined, conversationIds: string[]): Case {
  return {
    id: row.id,
    version: row.version,
    number: row.number,
    // Whom the customer counts as today; a restricted or erased one has no name here.
    customerId: customer?.id ?? row.customerId,
    customerName: customer?.displayName ?? '–',
    subject: row.subject,
    topicId: row.topicId,
    state: row.state,
    ownerId: row.ownerId,
    priority: priorityName(row.priority),
    tags: row.tags,
    facts: row.facts.map(({ key, label, value, source, at }) => ({ key, label, value, source, at })),
    wish: row.wish,
    resolution: row.resolution,
    contactsCount: row.contactsCount,
    handoversCount: row.handoversCount,
    // Sorted, so that a merge and its undoing give the same list again.
    conversationIds: conversationIds.toSorted(),
    origin: row.origin,
    mergedInto: row.mergedInto,
    createdAt: row.createdAt.toISOString(),
    lastActivityAt: row.lastActivityAt.toISOString(),
    firstAnswerAt: row.firstAnswerAt?.toISOString() ?? null,
    lastAnswerAt: row.lastAnswerAt?.toISOString() ?? null,
  };
}

export const presentStatement = (row: StatementRow): Statement => ({
  id: row.id,
  version: row.version,
  caseId: row.caseId,
  kind: row.kind,
  text: row.text,
  dueFrom: row.dueFrom?.toISOString() ?? null,
  dueTo: row.dueTo?.toISOString() ?? null,
  ownerId: row.ownerId,
  state: row.state,
  saidById: row.saidById,
  saidAt: row.saidAt.toISOString(),
  channel: row.channel,
  supersedesId: row.supersedesId,
  evidence: row.evidence,
  messageId: row.messageId,
  brokenAt: row.brokenAt?.toISOString() ?? null,
});

export const presentHandover = (row: HandoverRow): Handover => ({
  id: row.id,
  version: row.version,
  caseId: row.caseId,
  conversationId: row.conversationId,
  fromId: row.fromId,
  to: { personId: row.toPersonId, teamId: row.toTeamId },
  brief: row.brief,
  mode: row.mode,
  state: row.state,
  reason: row.reason,
  readAt: row.readAt?.toISOString() ?? null,
  acceptedById: row.acceptedById,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
});

export const presentTopic = (row: TopicRow): Topic => ({
  id: row.id,
  version: row.version,
  parentId: row.parentId,
  key: row.key,
  label: { de: row.labelDe, en: row.labelEn },
  ownerDepartment: row.ownerDepartment,
  trainingSuitable: row.trainingSuitable,
  retiredAt: row.retiredAt?.toISOString() ?? null,
});
