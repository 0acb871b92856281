import type { ViewFilter } from '../../../../../contract/conversations.ts';
import { currentLanguage, useText } from '../../../../platform/i18n/i18n.ts';
import { useChannels } from '../../../channels/index.ts';
import { useQueues } from '../../../routing/index.ts';
import { useTeams } from '../../../workspace/index.ts';
import { filterSentence } from './filter-words.ts';

/** Says a filter in the language of the interface, with the names of today. */
export function useFilterSentence(): (filter: ViewFilter) => string {
  const t = useText('conversations');
  const channels = useChannels();
  const teams = useTeams();
  const queues = useQueues();
  return (filter) =>
    filterSentence(filter, t, {
      team: (id) => teams.find((team) => team.id === id)?.name ?? t('filter.goneTeam'),
      queue: (id) => queues.find((queue) => queue.id === id)?.name ?? t('filter.goneTeam'),
      channel: (id) => channels.find((channel) => channel.id === id)?.label[currentLanguage()] ?? id,
    });
}
