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
  /** Who has the customer just now. */
  servedBy: string | null;
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
  !work.leftBy.includes(personId) &&
  lacking(work.needs, skills, day).length === 0;

/**
 * Who is offered what, each at most one: a pure function. Those who wait stand in their order, and nobody is passed over for whom somebody is free. Of those who can,
 * whoever knows the case comes first, then whoever can do the least beyond what it takes, so that experts stay free, then whoever has been without an offer for longest.
 */
export function choose(waiting: readonly Waiting[], candidates: readonly Candidate[], day: string): Choice[] {
  const free = new Set(candidates);
  return waiting.flatMap((work) => {
    const able = [...free].filter((one) => isEligible(one, work, day));
    const beyond = (one: Candidate) => surplus(one, work);
    const [best] = able.toSorted(
      (a, b) =>
        Number(b.personId === work.knownTo) - Number(a.personId === work.knownTo) ||
        beyond(a) - beyond(b) ||
        a.withoutSince - b.withoutSince ||
        (a.personId < b.personId ? -1 : 1),
    );
    if (!best) return [];
    free.delete(best);
    const othersCanMore = able.some((one) => beyond(one) > beyond(best));
    const because = best.personId === work.knownTo ? 'known' : able.length === 1 ? 'only' : othersCanMore ? 'skill' : 'turn';
    return [{ conversationId: work.conversationId, personId: best.personId, because, free: able.length }];
  });
}

/** How far somebody's levels lie above what is needed. */
const surplus = ({ skills }: Candidate, { needs }: Waiting): number =>
  needs.reduce((sum, { skillId, level }) => sum + ((skills.find((held) => held.skillId === skillId)?.level ?? level) - level), 0);
