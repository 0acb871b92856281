import { useState } from 'react';
import type { ServiceLevel } from '../../../../contract/routing.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { FilterFields } from '../work-filter/filter-fields.tsx';
import { TimeField } from './time-field.tsx';

const fresh: ServiceLevel = {
  name: '',
  channels: [],
  visibility: 'any',
  teamIds: [],
  priorities: [],
  hours: 'site',
  firstAnswerMinutes: 240,
  nextAnswerMinutes: 240,
  solutionMinutes: 2_160,
  warnPercent: 80,
};

/** One line: what it holds for, and how long an answer may take. */
export function LevelDialog({
  level,
  onDone,
  onClose,
}: {
  level: ServiceLevel | null;
  onDone: (level: ServiceLevel) => void;
  onClose: () => void;
}) {
  const t = useText('routing');
  const [made, setMade] = useState(level ?? fresh);
  const set = (part: Partial<ServiceLevel>) => setMade((before) => ({ ...before, ...part }));
  const apply = useAction(async () => onDone({ ...made, name: made.name.trim() }));
  return (
    <FormDialog
      wide
      title={level ? t('lines.change', { name: level.name }) : t('lines.add')}
      action={apply}
      confirm={t('lines.done')}
      disabled={!made.name.trim() || !(made.warnPercent >= 1 && made.warnPercent <= 99)}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <Field label={t('levels.name')}>
          <Input required maxLength={60} value={made.name} onChange={({ target }) => set({ name: target.value })} />
        </Field>
        <TimeField
          label={t('levels.first')}
          hint={t('levels.empty')}
          minutes={made.firstAnswerMinutes}
          onChange={(firstAnswerMinutes) => set({ firstAnswerMinutes })}
        />
        <TimeField label={t('levels.next')} minutes={made.nextAnswerMinutes} onChange={(nextAnswerMinutes) => set({ nextAnswerMinutes })} />
        <TimeField
          label={t('levels.solution')}
          hint={t('levels.solutionHint')}
          minutes={made.solutionMinutes}
          onChange={(solutionMinutes) => set({ solutionMinutes })}
        />
        <Field label={t('levels.hoursLabel')} hint={t('levels.hoursHint')}>
          <Select
            options={(['site', 'always'] as const).map((value) => ({ value, label: t(`levels.hours.${value}`) }))}
            value={made.hours}
            onChange={(hours) => set({ hours })}
          />
        </Field>
        <Field label={t('levels.warn')} hint={t('levels.warnHint')}>
          <Input
            type="number"
            required
            min={1}
            max={99}
            className="w-24"
            value={made.warnPercent || ''}
            onChange={({ target }) => set({ warnPercent: Math.trunc(Number(target.value)) })}
          />
        </Field>
      </div>
      <div className="flex flex-col gap-4">
        <FilterFields filter={made} onChange={set} />
        <p className="text-xs text-muted">{t('filter.anyHint')}</p>
      </div>
    </FormDialog>
  );
}
