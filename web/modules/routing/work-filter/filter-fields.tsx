import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { useChannels } from '../../channels/index.ts';
import { useTeams } from '../../workspace/index.ts';
import { Choice } from './choice.tsx';
import type { WorkFilter } from './use-holds-for.ts';

const visibilities = ['any', 'public', 'private'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

/** Which work a service level or a queue is for. */
export function FilterFields({ filter, onChange }: { filter: WorkFilter; onChange: (part: Partial<WorkFilter>) => void }) {
  const t = useText('routing');
  const channels = useChannels();
  const teams = useTeams().filter(({ archived }) => !archived);
  return (
    <>
      <Field label={t('filter.visibilityLabel')}>
        <Select
          options={visibilities.map((value) => ({ value, label: t(`filter.visibility.${value}`) }))}
          value={filter.visibility}
          onChange={(visibility) => onChange({ visibility })}
        />
      </Field>
      <Choice
        legend={t('filter.priorities')}
        options={priorities.map((id) => ({ id, label: t(`filter.priority.${id}`) }))}
        chosen={filter.priorities}
        onChange={(chosen) => onChange({ priorities: priorities.filter((one) => chosen.includes(one)) })}
      />
      <Choice
        legend={t('filter.channels')}
        options={channels.map(({ id, label }) => ({ id, label: label[currentLanguage()] }))}
        chosen={filter.channels}
        onChange={(chosen) => onChange({ channels: chosen })}
      />
      <Choice
        legend={t('filter.teams')}
        options={teams.map(({ id, name }) => ({ id, label: name }))}
        chosen={filter.teamIds}
        onChange={(teamIds) => onChange({ teamIds })}
      />
    </>
  );
}
