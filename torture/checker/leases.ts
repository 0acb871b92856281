import type { Record } from '../record.ts';
import type { Violations } from './check.ts';
import type { Evidence, LoggedEvent } from './evidence.ts';

/** Of the specification (2.8): a claim is worth five minutes from its beginning or its last renewal. */
const leaseMilliseconds = 300_000;

interface Claim {
  conversationId: string;
  customerId: string;
  personId: string;
  fence: number;
  /** Until when it counts, as far as anybody was told. */
  until: number;
  /** By somebody's clock it was over, and the customer went to another. Whose clock is right may write until then. */
  isOver?: true;
}

/**
 * Goes through the event log in the order in which it was written, which for two who touch the same is the order in which they happened: each fence is one more
 * than the last; who gets a conversation that somebody has, or whose customer somebody serves, gets it after that one's end or time, or took it over,
 * as a line in the timeline says, or was handed it over by them; who sends holds the newest claim.
 */
export function checkLeases(
  record: Pick<Record, 'answers' | 'leases'>,
  { events, messages, conversations }: Pick<Evidence, 'events' | 'messages' | 'conversations'>,
): Violations {
  const wrong: Violations = [];
  const told = new Map<string, number>();
  for (const { conversationId, fence, until: end } of record.leases) {
    const key = `${conversationId} ${fence}`;
    told.set(key, Math.max(told.get(key) ?? 0, end));
  }
  const takenFrom = new Map<string, number>();
  for (const { conversationId, kind, authorId, text } of messages) {
    const from = kind === 'system' ? takenOverFrom(text) : undefined;
    if (from) takenFrom.set(`${conversationId} ${authorId} ${from}`, (takenFrom.get(`${conversationId} ${authorId} ${from}`) ?? 0) + 1);
  }
  const fenceOfDraft = new Map(record.answers.map(({ draftId, fence, personId }) => [draftId, { fence, personId }]));
  const draftOf = new Map(messages.map(({ id, draftId }) => [id, draftId]));

  /** Offered and not answered: `conversation receiver giver`. */
  const offered = new Set<string>();
  const until = (claim: Claim): number => Math.max(claim.until, told.get(`${claim.conversationId} ${claim.fence}`) ?? 0);

  const held = new Map<string, Claim>();
  const fences = new Map<string, number>();
  for (const { type, at, data } of events) {
    const id = String(data['conversationId'] ?? '');
    const holder = held.get(id);
    if (type === 'conversations.claimed') {
      const claim = claimOf(data, at);
      if (claim.fence !== (fences.get(id) ?? 0) + 1)
        wrong.push(`conversation ${id} was given with fence ${claim.fence} after ${fences.get(id) ?? 0}`);
      fences.set(id, claim.fence);
      for (const other of held.values()) {
        const touches = other.conversationId === id || other.customerId === claim.customerId;
        if (!touches || other.isOver || other.personId === claim.personId) continue;
        if (at >= until(other)) {
          other.isOver = true;
          continue;
        }
        const relief = `${id} ${claim.personId} ${other.personId}`;
        if (other.conversationId === id && offered.delete(relief)) continue;
        const lines = takenFrom.get(relief) ?? 0;
        if (lines === 0)
          wrong.push(
            `${claim.personId} got conversation ${id} while ${other.personId} held ${other.conversationId} (fence ${other.fence})`,
          );
        else takenFrom.set(relief, lines - 1);
      }
      held.set(id, claim);
    } else if (type === 'conversations.message_sent') {
      const draft = fenceOfDraft.get(draftOf.get(String(data['messageId'])) ?? '');
      if (!holder || (holder.isOver && at >= until(holder))) wrong.push(`in conversation ${id} somebody wrote who held nothing`);
      else if (holder.personId !== data['personId'])
        wrong.push(`${String(data['personId'])} wrote in conversation ${id} of ${holder.personId}`);
      else if (draft && draft.fence !== holder.fence)
        wrong.push(`in conversation ${id} an answer of fence ${draft.fence} was taken while ${holder.fence} was the newest`);
    } else if (type === 'conversations.released' || type === 'conversations.lease_expired') {
      if (holder && holder.fence !== Number(data['fence']))
        wrong.push(`of conversation ${id} fence ${String(data['fence'])} ended instead of ${holder.fence}`);
      if (type === 'conversations.lease_expired' && holder && at < until(holder))
        wrong.push(`the claim ${holder.fence} on conversation ${id} ended before its time`);
      held.delete(id);
    } else if (type === 'cases.handover_briefed') offered.add(offerOf(data));
    else if (type === 'cases.handover_declined' || type === 'cases.handover_timed_out') offered.delete(offerOf(data));
    else if (type === 'conversations.state_changed' && endsClaim(data['toState'])) held.delete(id);
  }
  for (const { id, fence, claimedBy } of conversations) {
    if (fence !== (fences.get(id) ?? 0)) wrong.push(`conversation ${id} has fence ${fence}, and its log ${fences.get(id) ?? 0}`);
    if (claimedBy !== (held.get(id)?.personId ?? null))
      wrong.push(`conversation ${id} is held by ${claimedBy}, and by its log by ${held.get(id)?.personId}`);
  }
  return wrong;
}

const endsClaim = (state: unknown): boolean => state !== 'in_progress' && state !== 'handover';

const offerOf = ({ conversationId, toPersonId, fromId }: LoggedEvent['data']): string =>
  [conversationId, toPersonId, fromId].map(String).join(' ');

const claimOf = (data: LoggedEvent['data'], at: number): Claim => ({
  conversationId: String(data['conversationId']),
  customerId: String(data['customerId']),
  personId: String(data['personId']),
  fence: Number(data['fence']),
  until: at + leaseMilliseconds,
});

function takenOverFrom(text: string): string | undefined {
  try {
    const line = JSON.parse(text) as { code?: string; data?: { fromId?: string } };
    return line.code === 'conversations.taken_over' ? line.data?.fromId : undefined;
  } catch {
    return undefined;
  }
}
