import type { Right } from '../../../contract/permissions.ts';
import { type Actor, mayAtAll, scopes, teamsWithin } from '../../platform/actor.ts';
import type { CaseRow } from './queries/rows.ts';

/** What of a conversation rights on its case depend on. */
export interface Owned {
  teamId: string | null;
  assigneeId: string | null;
  claimedBy: string | null;
}

/** Own work through a right: the case is mine, or one of its conversations is mine or my teams'. A reason given for reading opens reading only. */
export function mayWork(actor: Actor, kase: Pick<CaseRow, 'ownerId'>, conversations: readonly Owned[], right: Right): boolean {
  if (!mayAtAll(actor, right)) return false;
  const teams = teamsWithin(actor, right);
  if (teams === 'all') return true;
  if (actor.id !== null && kase.ownerId === actor.id) return true;
  return conversations.some(
    (c) =>
      (actor.id !== null && (c.assigneeId === actor.id || c.claimedBy === actor.id)) || (c.teamId !== null && teams.includes(c.teamId)),
  );
}

/** Leads decide over what their teams have in hand. */
export const isLeadOf = (actor: Actor, conversations: readonly Pick<Owned, 'teamId'>[]): boolean => {
  if (actor.kind === 'system') return true;
  const led = [...actor.ledTeamIds, ...actor.teamIds];
  return scopes(actor, 'claim').has('T') && conversations.some((c) => c.teamId !== null && led.includes(c.teamId));
};

/** Whether everything the actor reads of cases is masked; this room shows no case to them, because a case is personal data throughout. */
export const seesMaskedOnly = (actor: Actor): boolean => {
  const held = scopes(actor, 'read_case');
  return held.size > 0 && [...held].every((scope) => scope === 'M');
};

/** A case handed over as often as it may be has an owner who stays: only the owner or a lead passes it on. */
export const mayHandOverAgain = (actor: Actor, kase: Pick<CaseRow, 'ownerId'>, conversations: readonly Owned[]): boolean =>
  (kase.ownerId !== null && kase.ownerId === actor.id) || isLeadOf(actor, conversations);
