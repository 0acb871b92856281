import type { Right } from '../../../contract/permissions.ts';
import { type Actor, scopes, teamsWithin } from '../../platform/actor.ts';
import type { Ctx } from '../../platform/context.ts';
import { holderAt, nextState } from './conversation.ts';
import { grantedAmong } from './queries.ts';
import type { ConversationRow } from './rows.ts';

type Owned = Pick<ConversationRow, 'teamId' | 'assigneeId' | 'claimedBy'> & Partial<Pick<ConversationRow, 'restrictedAt'>>;

/**
 * Whether an actor may do something with one conversation. Own work is what one is assigned, holds, or what waits in one's teams;
 * a reason given (`granted`) opens reading, and with it notes, never answering.
 */
export function mayRead(actor: Actor, conversation: Owned, granted: boolean, right: Right = 'read_case'): boolean {
  if (conversation.restrictedAt && actor.kind !== 'system') return false;
  const held = scopes(actor, right);
  if (held.size === 0) return false;
  if (held.has('A')) return true;
  const own = actor.id !== null && (conversation.assigneeId === actor.id || conversation.claimedBy === actor.id);
  const byPerson = held.has('O') || held.has('R') || held.has('T') || held.has('M') || held.has('D');
  if (own && byPerson) return true;
  const teams = teamsWithin(actor, right);
  if (teams === 'all' || (conversation.teamId !== null && teams.includes(conversation.teamId))) return true;
  return granted && (right === 'read_case' || right === 'internal_note') && byPerson;
}

/** What somebody of another team is offered to help with is theirs to take as if it were assigned to them; roles that take nothing still do not. */
export const offeredTo = <T extends Owned>({ id }: Actor, conversation: T): T => ({ ...conversation, assigneeId: id });

/**
 * Whether everything the actor reads is masked. What customers write cannot be masked, so such an actor sees the rows of lists without words
 * and opens nothing.
 */
export const seesMaskedOnly = (actor: Actor): boolean => {
  const held = scopes(actor, 'read_case');
  return held.size > 0 && [...held].every((scope) => scope === 'M');
};

/** Advisers and leads read what is not theirs or their teams' after a reason; tokens and programs give none. */
export const mayGiveReason = (actor: Actor): boolean => {
  const held = scopes(actor, 'read_case');
  return actor.kind === 'person' && (held.has('R') || held.has('T'));
};

/** Leads may take over without asking; everybody else with the holder's consent, which the reason states. */
export const mayTakeOver = (actor: Actor, conversation: Owned): boolean =>
  scopes(actor, 'claim').has('T') && conversation.teamId !== null && [...actor.teamIds, ...actor.ledTeamIds].includes(conversation.teamId);

/** What the interface offers; the actions check again. */
export function abilitiesFor(ctx: Ctx, conversation: ConversationRow, { granted, forOthers }: { granted: boolean; forOthers: boolean }) {
  const may = (right: Right) => mayRead(ctx.actor, conversation, granted, right);
  const holder = holderAt(conversation, ctx.now);
  const mine = holder !== null && holder === ctx.actor.id;
  const claimable = !forOthers && nextState(conversation.state, 'claim') !== undefined;
  return {
    claim: may('claim') && claimable && (holder === null || mine),
    takeOver: may('claim') && claimable && holder !== null && !mine,
    reply: may('write_private_reply') && mine && !scopes(ctx.actor, 'write_private_reply').has('D'),
    note: may('internal_note'),
    assign: may('claim'),
    resolve: may('claim') && mine,
    merge: may('claim') && nextState(conversation.state, 'merge') !== undefined,
    forOthers,
  };
}

/** Those of these conversations that the actor may read. */
export async function readableConversations(ctx: Ctx, rows: readonly ConversationRow[]): Promise<ConversationRow[]> {
  const first = rows.filter((row) => mayRead(ctx.actor, row, false));
  if (first.length === rows.length) return [...rows];
  const grants = await grantedAmong(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.filter((row) => mayRead(ctx.actor, row, grants.has(row.id)));
}
