import type { SkillNeed } from '../../../../contract/routing.ts';
import type { HeldSkill } from '../../workspace/index.ts';

/** What somebody lacks for a kind of work on a day: skills they do not have, not well enough, or not any more. `day` as 2026-11-29. */
export const lacking = (needs: readonly SkillNeed[], skills: readonly HeldSkill[], day: string): SkillNeed[] =>
  needs.filter(
    ({ skillId, level }) =>
      !skills.some((held) => held.skillId === skillId && held.level >= level && (held.validTo === null || held.validTo >= day)),
  );
