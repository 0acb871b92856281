import type { Record, Shown } from '../record.ts';
import { checkClocks } from './clocks.ts';
import type { Evidence } from './evidence.ts';
import { checkLeases } from './leases.ts';
import { checkOffers } from './offers.ts';
import { checkStreams } from './streams.ts';

/** What is wrong, in words; nothing when all is well. */
export type Violations = string[];

/** Everything that must hold after a run, whatever happened in it. Pure: from what was written down outside and what the database says. */
export function check(
  record: Record,
  evidence: Evidence,
  given: {
    /** The teams of each person who has a screen, and what is on it. */
    teams: ReadonlyMap<string, readonly string[]>;
    screens: ReadonlyMap<string, ReadonlyMap<string, Shown>>;
    offeredTeamId: string;
  },
): Violations {
  const teamsOf = (personId: string) => given.teams.get(personId) ?? [];
  return [
    ...checkMails(record, evidence),
    ...checkAnswers(record, evidence),
    ...checkLeases(record, evidence),
    ...checkStreams(record, evidence, teamsOf),
    ...checkScreens(evidence, given.screens, teamsOf),
    ...checkOffers(evidence, record.times, given.offeredTeamId),
    ...checkClocks(record, evidence),
    ...checkWork(evidence),
  ];
}

/** What a door acknowledged is one message; what none did, one at most. */
export function checkMails({ mails }: Pick<Record, 'mails'>, { messages, intake }: Pick<Evidence, 'messages' | 'intake'>): Violations {
  const found = new Map<string, number>();
  for (const { direction, platformId } of messages)
    if (direction === 'in' && platformId) found.set(platformId, (found.get(platformId) ?? 0) + 1);
  const wrong: Violations = [];
  for (const { messageId, acknowledged } of mails) {
    const count = found.get(messageId) ?? 0;
    if (acknowledged > 0 && count === 0) wrong.push(`mail ${messageId} was acknowledged and is lost`);
    if (count > 1) wrong.push(`mail ${messageId} is there ${count} times`);
  }
  for (const { platformId, state, count } of intake) {
    if (state !== 'parsed') wrong.push(`mail ${platformId} was stored and is ${state}`);
    if (count > 1) wrong.push(`mail ${platformId} was stored ${count} times`);
  }
  return wrong;
}

/** Decision 11: what is sent left once; what is perhaps sent at most once; of a draft there is one message, and of a refused one none. */
export function checkAnswers(
  { answers, taken }: Pick<Record, 'answers' | 'taken'>,
  { messages, outbox }: Pick<Evidence, 'messages' | 'outbox'>,
): Violations {
  const wrong: Violations = [];
  const mails = Map.groupBy(taken, ({ draftId }) => draftId);
  const written = Map.groupBy(messages, ({ draftId }) => draftId ?? '');
  const states = new Map(outbox.map(({ messageId, state }) => [messageId, state]));
  const known = new Set(answers.map(({ draftId }) => draftId));
  for (const draftId of mails.keys()) if (!known.has(draftId)) wrong.push(`a mail of the unknown draft "${draftId}" arrived`);
  for (const { draftId, outcome, lost } of answers) {
    const arrived = mails.get(draftId)?.length ?? 0;
    const rows = written.get(draftId) ?? [];
    if (arrived > 1) wrong.push(`answer ${draftId} arrived ${arrived} times`);
    if (rows.length > 1) wrong.push(`answer ${draftId} was written ${rows.length} times`);
    const [row] = rows;
    if (!row) {
      if (outcome === 'accepted') wrong.push(`answer ${draftId} was accepted and is lost`);
      if (arrived > 0) wrong.push(`answer ${draftId} arrived and was never written`);
      continue;
    }
    if (outcome === 'refused' && !lost) wrong.push(`answer ${draftId} was refused and is written`);
    const state = states.get(row.id);
    if (state === 'sent' || state === 'delivered') {
      if (arrived === 0) wrong.push(`answer ${draftId} is called sent and did not arrive`);
    } else if (state !== 'uncertain') wrong.push(`answer ${draftId} is ${state ?? 'in no outbox'}`);
    if (row.deliveryState !== state) wrong.push(`answer ${draftId} is ${state} in the outbox and ${row.deliveryState} on the screen`);
  }
  return wrong;
}

/** Each screen shows what the database says of the conversations of its person's teams. */
export function checkScreens(
  { conversations }: Pick<Evidence, 'conversations'>,
  screens: ReadonlyMap<string, ReadonlyMap<string, Shown>>,
  teamsOf?: (personId: string) => readonly string[],
): Violations {
  const wrong: Violations = [];
  for (const [personId, shown] of screens) {
    const teams = teamsOf?.(personId);
    const mine = conversations.filter(({ teamId }) => !teams || (teamId !== null && teams.includes(teamId)));
    for (const { id, version, state, subject, lastSeq, claimedBy, assigneeId, caseId } of mine) {
      const truth = JSON.stringify({ version, state, subject, lastSeq, claimedBy, assigneeId, caseId });
      const seen = JSON.stringify(shown.get(id) ?? null);
      if (seen !== truth) wrong.push(`on the screen of ${personId} conversation ${id} is ${seen}, and it is ${truth}`);
    }
    if (shown.size > mine.length) wrong.push(`the screen of ${personId} shows what does not exist`);
  }
  return wrong;
}

/** Nothing is left lying: no lease that nobody ended, no job, no message that no sender takes. */
export function checkWork({ jobs, customerLeases, conversations, now }: Evidence): Violations {
  const wrong: Violations = [];
  if (jobs.unfinished > 0) wrong.push(`${jobs.unfinished} jobs are not done`);
  const holders = new Map(conversations.flatMap(({ customerId, claimedBy }) => (claimedBy ? [[`${customerId} ${claimedBy}`, true]] : [])));
  for (const { customerId, personId, until } of customerLeases)
    if (until > now && !holders.has(`${customerId} ${personId}`))
      wrong.push(`customer ${customerId} is held by ${personId}, who has none of their conversations`);
  return wrong;
}
