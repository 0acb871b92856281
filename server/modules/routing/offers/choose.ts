import type { Offer, SkillNeed } from '../../../../contract/routing.ts';
import type { HeldSkill } from '../../workspace/index.ts';
import { lacking } from '../eligibility/lacking.ts';
import { mostUnits } from './units.ts';

/** Somebody who is free, as far as giving work out goes. What they did, how much, how fast or how well is not among it. */
export interface Candidate {
  personId: string;
  teamIds: readonly string[];
  skills: readonly HeldSkill[];
  /** What they have in hand, of 100. */
  units: number;
  /** Since when they have had no offer. */
  withoutSince: number;
}

/** Somebody who waits. */
export interface Waiting {
  conversationId: string;
  teamId: string | null;
  needs: readonly SkillNeed[];
  units: number;
  /** Who is in charge of the case. */
  knownTo: string | null;
  /** Whom the customer asked for. */
  wishedFor: string | null;
  /** Who has the customer just now. */
  servedBy: string | null;
  /** Who must not get it. */
  conflicts: readonly string[];
  /** Who left it to others before. */
  leftBy: readonly string[];
}

export interface Choice {
  conversationId: string;
  personId: string;
  because: Offer['why']['because'];
  free: number;
}

export const isEligible = ({ personId, teamIds, skills, units }: Candidate, work: Waiting, day: string): boolean =>
  (work.teamId === null || teamIds.includes(work.teamId)) &&
  (work.servedBy === null || work.servedBy === personId) &&
  units + work.units <= mostUnits &&
  !work.conflicts.includes(personId) &&
  !work.leftBy.includes(personId) &&
  lacking(work.needs, skills, day).length === 0;

/**
 * Who is offered what, each at most one: a pure function. Those who wait stand in their order, and nobody is passed over for whom somebody is free. Of those who can,
 * whoever knows the case comes first, then whom the customer asked for, then whoever can do the least beyond what it takes, so that experts stay free, then whoever has been without an offer for longest.
 */
export function choose(waiting: readonly Waiting[], candidates: readonly Candidate[], day: string): Choice[] {
  const free = new Set(candidates);
  return waiting.flatMap((work) => {
    let [best, mostBeyond, able]: [Rank | undefined, number, number] = [undefined, 0, 0];
    for (const one of free) {
      if (!isEligible(one, work, day)) continue;
      const rank = { one, isKnown: one.personId === work.knownTo, isWished: one.personId === work.wishedFor, beyond: surplus(one, work) };
      able += 1;
      mostBeyond = Math.max(mostBeyond, rank.beyond);
      if (!best || comesBefore(rank, best)) best = rank;
    }
    if (!best) return [];
    const { one, isKnown, isWished, beyond } = best;
    free.delete(one);
    const because = isKnown ? 'known' : isWished ? 'wish' : able === 1 ? 'only' : mostBeyond > beyond ? 'skill' : 'turn';
    return [{ conversationId: work.conversationId, personId: one.personId, because, free: able }];
  });
}

interface Rank {
  one: Candidate;
  isKnown: boolean;
  isWished: boolean;
  /** What they can do beyond what it takes, in levels. */
  beyond: number;
}

function comesBefore(a: Rank, b: Rank): boolean {
  if (a.isKnown !== b.isKnown) return a.isKnown;
  if (a.isWished !== b.isWished) return a.isWished;
  if (a.beyond !== b.beyond) return a.beyond < b.beyond;
  if (a.one.withoutSince !== b.one.withoutSince) return a.one.withoutSince < b.one.withoutSince;
  return a.one.personId < b.one.personId;
}

/** How far somebody's levels lie above what is needed. */
const surplus = ({ skills }: Candidate, { needs }: Waiting): number =>
  needs.reduce((sum, { skillId, level }) => sum + ((skills.find((held) => held.skillId === skillId)?.level ?? level) - level), 0);
