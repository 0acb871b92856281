import { mostUnits, type Offer, type SkillNeed } from '../../../../contract/routing.ts';
import type { HeldSkill } from '../../workspace/index.ts';
import { lacking } from '../eligibility/lacking.ts';
import { Kept, type Reserve } from './reserve.ts';

/** Somebody who is free, as far as giving work out goes. What they did, how much, how fast or how well is not among it. */
export interface Candidate {
  personId: string;
  teamIds: readonly string[];
  skills: readonly HeldSkill[];
  /** What they have in hand, of 100. */
  units: number;
  /** Whether something of it could wait. */
  hasDeferred: boolean;
  /** Since when they have had no offer. */
  withoutSince: number;
}

/** Somebody who waits. */
export interface Waiting {
  conversationId: string;
  customerId: string;
  teamId: string | null;
  /** Other teams that help now. */
  helpers: readonly string[];
  queueId: string | null;
  /** Whether they sit at the other end. */
  isLive: boolean;
  /** Whether the answer is nearly due, so that it cannot wait any longer. */
  isPressing: boolean;
  needs: readonly SkillNeed[];
  units: number;
  /** Who is in charge of the case. */
  knownTo: string | null;
  /** Whether there is time to wait for them, should they not be free just now. */
  awaitsKnown: boolean;
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
  /** Whether they do it for another team. */
  isHelp: boolean;
}

/** Whether they may have it and can do it: as one of its team, or as one of a team that helps. */
export const isEligible = ({ personId, teamIds, skills, units }: Candidate, work: Waiting, day: string, isHelp = false): boolean =>
  (isHelp ? work.helpers.some((id) => teamIds.includes(id)) : work.teamId === null || teamIds.includes(work.teamId)) &&
  (work.servedBy === null || work.servedBy === personId) &&
  units + work.units <= mostUnits &&
  !work.conflicts.includes(personId) &&
  !work.leftBy.includes(personId) &&
  lacking(work.needs, skills, day).length === 0;

/**
 * Who is offered what, each at most one, and each customer to one: a pure function. Those who wait stand in their order, and nobody is passed over for whom somebody is free and not kept for
 * what is live. Of those who can, whoever knows the case comes first, and is waited for while there is time, have they their hands full or be they `expected` back; then whom the customer asked for, then whoever can do the least beyond what it takes, so that
 * experts stay free, then whoever has been without an offer for longest. Other teams help with what is left when everybody has something of their own.
 */
export function choose(
  waiting: readonly Waiting[],
  candidates: readonly Candidate[],
  day: string,
  reserves: readonly Reserve[] = [],
  expected: readonly Candidate[] = [],
): Choice[] {
  const there = new Map([...expected, ...candidates].map((one) => [one.personId, one]));
  const free = new Set(candidates);
  const kept = new Kept(reserves, candidates, day);
  const chosen = new Map<Waiting, Choice>();
  const served = new Set<string>();
  /** Whether they will have it once they have a hand free. */
  const isComing = (known: Candidate | undefined, work: Waiting): boolean =>
    known !== undefined && isEligible({ ...known, units: 0 }, work, day) && !(free.has(known) && kept.from(known, work, false));
  const give = (work: Waiting, isHelp: boolean): void => {
    // What else there is of a customer goes to whoever takes the first.
    if (served.has(work.customerId)) return;
    let [best, mostBeyond, able, isKept]: [Rank | undefined, number, number, boolean] = [undefined, 0, 0, false];
    for (const one of free) {
      if (!isEligible(one, work, day, isHelp)) continue;
      if (kept.from(one, work, isHelp)) {
        isKept = true;
        continue;
      }
      const rank = { one, isKnown: one.personId === work.knownTo, isWished: one.personId === work.wishedFor, beyond: surplus(one, work) };
      able += 1;
      mostBeyond = Math.max(mostBeyond, rank.beyond);
      if (!best || comesBefore(rank, best)) best = rank;
    }
    if (!best?.isKnown && work.awaitsKnown && !isHelp && isComing(there.get(work.knownTo ?? ''), work)) {
      // Nor does anybody else get the customer meanwhile: they would be in the way of whoever is waited for.
      served.add(work.customerId);
      return;
    }
    if (!best) return;
    const { one, isKnown, isWished, beyond } = best;
    free.delete(one);
    served.add(work.customerId);
    kept.gives(one);
    const alone = isKept ? 'kept' : 'only';
    const because = isKnown ? 'known' : isWished ? 'wish' : able === 1 ? alone : mostBeyond > beyond ? 'skill' : 'turn';
    chosen.set(work, { conversationId: work.conversationId, personId: one.personId, because, free: able, isHelp });
  };
  for (const work of waiting) give(work, false);
  for (const work of waiting) if (work.helpers.length > 0) give(work, true);
  return waiting.flatMap((work) => chosen.get(work) ?? []);
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
