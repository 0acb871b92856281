import type { ServiceLevel } from '../../../../contract/routing.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { useChannels } from '../../channels/index.ts';
import { useTeams } from '../../workspace/index.ts';

export type WorkFilter = Pick<ServiceLevel, 'channels' | 'visibility' | 'teamIds' | 'priorities'>;

/** What a service level or a queue is for, in words: "E-Mail · Kundenservice · dringend"; empty when it is for everything. */
export function useHoldsFor(): (filter: WorkFilter) => string {
  const t = useText('routing');
  const channels = useChannels();
  const teams = useTeams();
  return ({ visibility, channels: kinds, teamIds, priorities }) =>
    [
      visibility === 'any' ? '' : t(`filter.visibility.${visibility}`),
      kinds.map((kind) => channels.find(({ id }) => id === kind)?.label[currentLanguage()] ?? kind).join(', '),
      teamIds.map((id) => teams.find((team) => team.id === id)?.name ?? '–').join(', '),
      priorities.map((one) => t(`filter.priority.${one}`)).join(', '),
    ]
      .filter(Boolean)
      .join(' · ');
}
