import type { Handover } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import {
  addSystemLine,
  assignConversation,
  type ConversationRow,
  changeState,
  conflictsIn,
  conversationsOfCase,
  grantAccess,
  transferClaim,
} from '../../conversations/index.ts';
import { loadCase } from '../access/visible.ts';
import { fail } from '../errors.ts';
import { factsOf, handoverFacts } from '../facts.ts';
import { presentHandover } from '../present.ts';
import { lockCases, updateCase } from '../queries/cases.ts';
import type { CaseRow, HandoverRow } from '../queries/rows.ts';
import { accessHours } from '../state/kase.ts';
import { lockConversation } from '../state/lock-conversation.ts';
import { type HandoverEvent, isPending, nextState } from './handover.ts';
import { findHandover, lockHandover, updateHandover } from './queries.ts';

type Reply = Promise<{ handover: Handover }>;

/** The receiver has read the brief; the whole case is open to them for a working day, whatever team it lies with. */
export async function readBrief(ctx: Ctx, { id }: { id: string }): Reply {
  const { row, kase, conversations, state, actorId } = await loadAsReceiver(ctx, id, 'read');
  if (row.readers.includes(actorId)) return { handover: presentHandover(row) };
  const read = await updateHandover(ctx.db, id, { state, readAt: ctx.now, readerId: actorId });
  await grantAccess(
    ctx,
    conversations.map((c) => c.id),
    actorId,
    new Date(ctx.now.getTime() + accessHours * 3_600_000),
  );
  ctx.emit('cases.handover_read', { ...handoverFacts(factsOf(kase, conversations), read), personId: actorId }, kase.id);
  return { handover: presentHandover(read) };
}

/** Conversation, customer and, the first time, ownership go to whoever accepts. Of two who accept at once one wins: the case row is locked first. */
export async function acceptHandover(ctx: Ctx, { id }: { id: string }): Reply {
  const { row, kase, conversations, actorId } = await loadAsReceiver(ctx, id, 'accept', 'cases.brief_unread');
  if (!row.readers.includes(actorId)) throw fail('cases.brief_unread');
  const accepted = await updateHandover(ctx.db, id, { state: 'accepted', acceptedById: actorId });
  const now = await take(ctx, row, conversations, actorId);
  const owned = await updateCase(ctx.db, kase.id, { handoversCount: kase.handoversCount + 1, ownerId: kase.ownerId ?? actorId });
  const facts = factsOf(owned, now);
  ctx.emit('cases.handover_accepted', { ...handoverFacts(facts, accepted), personId: actorId }, kase.id);
  if (kase.ownerId === null) ctx.emit('cases.owner_assigned', { ...facts, formerOwnerId: null, forced: true }, kase.id);
  return { handover: presentHandover(accepted) };
}

/** Given back with a reason; the old adviser has the customer again. */
export async function declineHandover(ctx: Ctx, { id, reason }: { id: string; reason: string }): Reply {
  const { row, kase, conversations, state, actorId } = await loadAsReceiver(ctx, id, 'decline');
  const declined = await updateHandover(ctx.db, id, { state, reason });
  const now = await giveBack(ctx, row, conversations, 'cases.handover_declined');
  ctx.emit('cases.handover_declined', { ...handoverFacts(factsOf(kase, now), declined), personId: actorId }, kase.id);
  return { handover: presentHandover(declined) };
}

/** Nobody took a warm hand-over in time. Called by the tick, which holds the row. */
export async function timeOutHandover(ctx: Ctx, id: string): Promise<void> {
  const { row, kase, conversations } = await loadLocked(ctx, id);
  const state = nextState(row.state, 'time_out');
  if (!state) return;
  const ended = await updateHandover(ctx.db, id, { state });
  const now = await giveBack(ctx, row, conversations, 'cases.handover_timed_out');
  ctx.emit('cases.handover_timed_out', handoverFacts(factsOf(kase, now), ended), kase.id);
}

/** The customer agreed with the brief: nothing had to be told again. */
export async function confirmHandover(ctx: Ctx, { id }: { id: string }): Reply {
  const { row, kase, conversations } = await loadLocked(ctx, id);
  await loadCase(ctx, kase.id);
  if (row.acceptedById !== null && row.acceptedById !== ctx.actor.id) throw core('core.forbidden');
  const confirmed = await updateHandover(ctx.db, id, { state: step(row, 'confirm') });
  ctx.emit('cases.handover_customer_confirmed', handoverFacts(factsOf(kase, conversations), confirmed), kase.id);
  return { handover: presentHandover(confirmed) };
}

/** A hand-over as its receiver: the person, or anybody of the team. */
async function loadAsReceiver(ctx: Ctx, id: string, event: HandoverEvent, unready?: 'cases.brief_unread') {
  const actorId = ctx.actor.id;
  const found = await findHandover(ctx.db, id);
  if (!found || !actorId) throw core('core.not_found');
  const isReceiver = found.toPersonId === actorId || (found.toTeamId !== null && ctx.actor.teamIds.includes(found.toTeamId));
  if (!isReceiver) {
    // Whoever sees the case may know of the hand-over, but not answer it.
    await loadCase(ctx, found.caseId);
    throw core('core.forbidden', { handoverId: id });
  }
  const loaded = await loadLocked(ctx, id);
  const { row } = loaded;
  if (isPending(row.state) && row.expiresAt && row.expiresAt <= ctx.now)
    throw core('core.illegal_transition', { state: 'timed_out', event });
  if (unready && row.state === 'briefed') throw fail(unready);
  return { ...loaded, actorId, state: step(row, event) };
}

/** The case first, then the hand-over: everybody locks in this order. */
async function loadLocked(ctx: Ctx, id: string): Promise<{ row: HandoverRow; kase: CaseRow; conversations: ConversationRow[] }> {
  const found = await findHandover(ctx.db, id);
  const kase = found && (await lockCases(ctx.db, [found.caseId]))[0];
  const row = kase && (await lockHandover(ctx.db, id));
  if (!row || !kase || row.caseId !== kase.id || kase.restrictedAt) throw core('core.not_found');
  return { row, kase, conversations: await conversationsOfCase(ctx.db, kase.id) };
}

function step(row: HandoverRow, event: HandoverEvent): HandoverRow['state'] {
  const state = nextState(row.state, event);
  if (!state) throw core('core.illegal_transition', { state: row.state, event, acceptedById: row.acceptedById });
  return state;
}

/** The new adviser takes conversation and customer in one step; the conversation lies with a team of theirs from now on. */
async function take(ctx: Ctx, row: HandoverRow, conversations: ConversationRow[], actorId: string): Promise<ConversationRow[]> {
  if (!row.conversationId) return conversations;
  const waiting = await lockConversation(ctx, row.conversationId);
  if (waiting.state !== 'handover') return conversations;
  const changed = await changeState(ctx, waiting, 'hand_over_accepted');
  const { teamIds } = ctx.actor;
  const home = row.toTeamId ?? (changed.teamId && teamIds.includes(changed.teamId) ? changed.teamId : (teamIds[0] ?? changed.teamId));
  const assigned = await assignConversation(ctx, changed, { personId: actorId, ...(home ? { teamId: home } : {}) });
  await transferClaim(ctx, assigned, actorId);
  await addSystemLine(ctx, assigned.id, { code: 'cases.handover_accepted', data: { handoverId: row.id, personId: actorId } });
  return replaced(conversations, assigned);
}

/** The old adviser has the customer again, with a fresh lease: if they are not there any more it ends like every other and the work is queued. */
async function giveBack(ctx: Ctx, row: HandoverRow, conversations: ConversationRow[], code: string): Promise<ConversationRow[]> {
  if (!row.conversationId) return conversations;
  const waiting = await lockConversation(ctx, row.conversationId);
  if (waiting.state !== 'handover') return conversations;
  const changed = await changeState(ctx, waiting, 'hand_over_declined');
  // Meanwhile it was noted that they must not have it: then it waits for anybody else.
  const hasConflict = (await conflictsIn(ctx.db, [changed.id])).get(changed.id)?.includes(row.fromId);
  const back = hasConflict ? await changeState(ctx, changed, 'release') : changed;
  if (!hasConflict) await transferClaim(ctx, changed, row.fromId);
  await addSystemLine(ctx, back.id, { code, data: { handoverId: row.id } });
  return replaced(conversations, back);
}

const replaced = (rows: ConversationRow[], row: ConversationRow): ConversationRow[] => rows.map((r) => (r.id === row.id ? row : r));
