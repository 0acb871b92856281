import { mostUnits, type SkillNeed } from '../../../../contract/routing.ts';
import { lacking } from '../eligibility/lacking.ts';
import type { Candidate, Waiting } from './choose.ts';

/** How many people of a team are kept free for a queue: whoever writes there waits on the other end, and a mail does not. */
export interface Reserve {
  queueId: string;
  teamId: string;
  needs: readonly SkillNeed[];
  people: number;
  /** What one chat more takes of a hand. */
  units: number;
}

/**
 * Who stays free for what is live. Somebody counts who can do it, has nothing in hand that could wait, and has a hand free for one chat more. What could wait is
 * given to one of those who can do it only if as many as are to be kept stay free without them.
 */
export class Kept {
  readonly #reserves: readonly { reserve: Reserve; able: ReadonlySet<string>; ready: Set<string> }[];

  constructor(reserves: readonly Reserve[], candidates: readonly Candidate[], day: string) {
    this.#reserves = reserves.map((reserve) => {
      const able = candidates.filter(
        ({ teamIds, skills }) => teamIds.includes(reserve.teamId) && lacking(reserve.needs, skills, day).length === 0,
      );
      const ready = able.filter(({ hasDeferred, units }) => !hasDeferred && units + reserve.units <= mostUnits);
      return { reserve, able: new Set(able.map(idOf)), ready: new Set(ready.map(idOf)) };
    });
  }

  /**
   * Whether somebody is kept from this. Never from what is live or nearly due in a team of theirs, nor from what stands in the queue they are kept for: mail that
   * nobody gives out grows old unseen. Whoever helps another team never comes out of what is kept.
   */
  from({ personId }: Candidate, work: Waiting, isHelp: boolean): boolean {
    if (!isHelp && (work.isLive || work.isPressing)) return false;
    return this.#reserves.some(
      ({ reserve, able, ready }) =>
        (isHelp || reserve.queueId !== work.queueId) && able.has(personId) && ready.size - (ready.has(personId) ? 1 : 0) < reserve.people,
    );
  }

  /** They have something now. */
  gives({ personId }: Candidate): void {
    for (const { ready } of this.#reserves) ready.delete(personId);
  }
}

const idOf = ({ personId }: Candidate): string => personId;
