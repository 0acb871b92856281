import type { SkillNeed } from '../../../../contract/routing.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { useSkills } from '../../workspace/index.ts';

/** What work takes, in words: "Englisch ab Stufe 2"; empty when it takes nothing special. */
export function useNeeds(): (needs: readonly SkillNeed[]) => string {
  const t = useText('routing');
  const skills = useSkills();
  const language = currentLanguage();
  return (needs) =>
    needs
      .map(({ skillId, level }) => {
        const skill = skills?.find(({ id }) => id === skillId);
        return skill ? t('queueNeed', { skill: skill.label[language], level }) : t('queueGone');
      })
      .join(', ');
}
