import type { ViewFilter } from '../../../../contract/conversations.ts';
import type { useText } from '../../../platform/i18n/i18n.ts';

type Text = ReturnType<typeof useText>;

/** A filter as a sentence that can be read aloud: "Open conversations · assigned to nobody · urgent or high". */
export function filterSentence(filter: ViewFilter, t: Text, teamName: (id: string) => string): string {
  const or = (words: readonly string[]): string => words.join(` ${t('viewEditor.or')} `);
  const parts = [filter.states?.length ? or(filter.states.map((state) => t(`state.${state}`))) : t('viewEditor.anyOpen')];
  if (filter.assignee) parts.push(t(`viewEditor.assignee.${filter.assignee}`));
  if (filter.teamIds?.length) parts.push(t('viewEditor.inTeam', { teams: or(filter.teamIds.map(teamName)) }));
  if (filter.priorities?.length) parts.push(or(filter.priorities.map((priority) => t(`priority.${priority}`))));
  if (filter.tags?.length) parts.push(t('viewEditor.tagged', { tags: or(filter.tags) }));
  if (filter.snoozed === false) parts.push(t('viewEditor.notSnoozed'));
  return parts.join(' · ');
}
