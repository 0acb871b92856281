import type { Queue } from '../../../../contract/routing.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { useTeams } from '../../workspace/index.ts';
import { TimeField } from '../service-levels/time-field.tsx';
import { Choice } from '../work-filter/choice.tsx';

type Overflow = Queue['overflow'];

/** Which other teams help with a queue, and when. */
export function OverflowFields({ overflow, onChange }: { overflow: Overflow; onChange: (overflow: Overflow) => void }) {
  const t = useText('routing');
  const teams = useTeams().filter(({ id, archived }) => !archived || overflow.teamIds.includes(id));
  const set = (part: Partial<Overflow>) => onChange({ ...overflow, ...part });
  return (
    <div className="flex flex-col gap-2">
      <Choice
        legend={t('queues.helpers')}
        options={teams.map(({ id, name }) => ({ id, label: name }))}
        chosen={overflow.teamIds}
        onChange={(teamIds) => set({ teamIds })}
      />
      <p className="text-xs text-muted">{t('queues.helpersHint')}</p>
      {overflow.teamIds.length > 0 && (
        <>
          <Checkbox label={t('queues.whenClosed')} checked={overflow.whenClosed} onChange={(whenClosed) => set({ whenClosed })} />
          <TimeField
            label={t('queues.afterMinutes')}
            hint={t('queues.afterMinutesHint')}
            minutes={overflow.afterMinutes}
            most={10_080}
            onChange={(afterMinutes) => set({ afterMinutes })}
          />
          {!overflow.whenClosed && overflow.afterMinutes === null && (
            <p role="status" className="text-xs text-warn-text">
              {t('queues.helpersNever')}
            </p>
          )}
        </>
      )}
    </div>
  );
}
