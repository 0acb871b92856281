import type { Audience, Audiences } from '../../platform/module.ts';
import type { CaseFacts } from './facts.ts';

/** Who hears of a case: whoever has it open, the teams of its conversations, its owner, and persons concerned. */
function about(facts: CaseFacts, records: Audience['records'] = [], people: readonly (string | null)[] = []): Audience {
  const persons = [facts.ownerId, ...people].filter((id) => id !== null);
  return {
    streams: [...new Set([`case:${facts.caseId}`, ...facts.teamIds.map((id) => `team:${id}`), ...persons.map((id) => `work:${id}`)])],
    records: [{ kind: 'case', id: facts.caseId }, ...records],
  };
}

type StatementEvent = { data: CaseFacts & { statementId: string; debtorId: string | null } };
const aboutStatement = ({ data }: StatementEvent) => about(data, [{ kind: 'statement', id: data.statementId }], [data.debtorId]);

type HandoverEvent = { data: CaseFacts & { handoverId: string; fromId: string; toPersonId: string | null; toTeamId: string | null } };

/** The receiving team hears of the hand-over before one of its conversations is the team's. */
const aboutHandover = ({ data }: HandoverEvent): Audience => {
  const heard = about(data, [{ kind: 'handover', id: data.handoverId }], [data.fromId, data.toPersonId]);
  return data.toTeamId ? { ...heard, streams: [...new Set([...heard.streams, `team:${data.toTeamId}`])] } : heard;
};

/** Whoever did not take it may have no other part in the case; the hand-over itself they keep. */
const aboutEndedHandover = (event: HandoverEvent): Audience => ({
  ...aboutHandover(event),
  leaving: [
    ...(event.data.toPersonId ? [`work:${event.data.toPersonId}`] : []),
    ...(event.data.toTeamId ? [`team:${event.data.toTeamId}`] : []),
  ],
});

type MoveEvent = { data: CaseFacts & { otherCaseId: string; statementIds: string[]; handoverIds: string[] } };
const aboutMove = ({ data }: MoveEvent): Audience => {
  const heard = about(data, [
    { kind: 'case', id: data.otherCaseId },
    ...data.statementIds.map((id) => ({ kind: 'statement', id })),
    ...data.handoverIds.map((id) => ({ kind: 'handover', id })),
  ]);
  return { ...heard, streams: [...heard.streams, `case:${data.otherCaseId}`] };
};

type TransferEvent = { data: CaseFacts & { otherCaseId: string; statementIds: string[]; handoverIds: string[]; leftTeamIds: string[] } };

/** Only who reads the receiving case hears of it: the other case's people may have no part in it, and lose what went. */
const aboutTransfer = ({ data }: TransferEvent): Audience => ({
  ...about(data, [
    ...data.statementIds.map((id) => ({ kind: 'statement', id })),
    ...data.handoverIds.map((id) => ({ kind: 'handover', id })),
  ]),
  leaving: [`case:${data.otherCaseId}`, ...data.leftTeamIds.map((id) => `team:${id}`)],
});

type WholeEvent = { data: CaseFacts & { statementIds: string[]; handoverIds: string[]; personIds: string[] } };
const aboutAll = ({ data }: WholeEvent): Audience =>
  about(
    data,
    [...data.statementIds.map((id) => ({ kind: 'statement', id })), ...data.handoverIds.map((id) => ({ kind: 'handover', id }))],
    data.personIds,
  );

export const audiences: Audiences = {
  'cases.opened': ({ data }) => about(data),
  'cases.changed': ({ data }) => ({ ...about(data), ...(data.leftTeamId ? { leaving: [`team:${data.leftTeamId}`] } : {}) }),
  'cases.state_changed': ({ data }) => about(data),
  'cases.owner_assigned': ({ data }) => ({ ...about(data), ...(data.formerOwnerId ? { leaving: [`work:${data.formerOwnerId}`] } : {}) }),
  'cases.resolved': ({ data }) => about(data),
  'cases.reminder_due': ({ data }) => about(data),
  'cases.retold': ({ data }) => about(data),
  'cases.restricted': aboutAll,
  'cases.restriction_lifted': aboutAll,
  'cases.access_granted': ({ data }) => about(data, [], [data.personId]),
  'cases.statement_made': aboutStatement,
  'cases.statement_superseded': aboutStatement,
  'cases.commitment_kept': aboutStatement,
  // Nothing of it has changed: it is told to whoever owes it.
  'cases.commitment_near_due': ({ data }) => ({ streams: data.debtorId ? [`work:${data.debtorId}`] : [] }),
  'cases.commitment_broken': aboutStatement,
  'cases.commitment_made_good': aboutStatement,
  'cases.commitment_released': aboutStatement,
  'cases.commitment_owner_changed': ({ data }) => ({
    ...about(data, [{ kind: 'statement', id: data.statementId }], [data.debtorId]),
    ...(data.formerDebtorId ? { leaving: [`work:${data.formerDebtorId}`] } : {}),
  }),
  'cases.handover_briefed': aboutHandover,
  'cases.handover_read': aboutHandover,
  'cases.handover_accepted': aboutHandover,
  'cases.handover_declined': aboutEndedHandover,
  'cases.handover_timed_out': aboutEndedHandover,
  'cases.handover_customer_confirmed': aboutHandover,
  'cases.merged': aboutMove,
  'cases.unmerged': aboutMove,
  'cases.split': aboutMove,
  'cases.transferred': aboutTransfer,
  'cases.topic_changed': ({ data }) => ({ streams: ['workspace'], records: [{ kind: 'topic', id: data.topicId }] }),
};
