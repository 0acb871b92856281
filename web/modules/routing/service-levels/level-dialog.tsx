import { useState } from 'react';
import type { ServiceLevel } from '../../../../contract/routing.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { useChannels } from '../../channels/index.ts';
import { useTeams } from '../../workspace/index.ts';
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
const visibilities = ['any', 'public', 'private'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

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
  const channels = useChannels();
  const teams = useTeams().filter(({ archived }) => !archived);
  const [made, setMade] = useState(level ?? fresh);
  const set = (part: Partial<ServiceLevel>) => setMade((before) => ({ ...before, ...part }));
  const apply = useAction(async () => onDone({ ...made, name: made.name.trim() }));
  return (
    <FormDialog
      wide
      title={level ? t('levels.change', { name: level.name }) : t('levels.add')}
      action={apply}
      confirm={t('levels.done')}
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
        <Field label={t('levels.visibilityLabel')}>
          <Select
            options={visibilities.map((value) => ({ value, label: t(`levels.visibility.${value}`) }))}
            value={made.visibility}
            onChange={(visibility) => set({ visibility })}
          />
        </Field>
        <Choice
          legend={t('levels.priorities')}
          options={priorities.map((id) => ({ id, label: t(`levels.priority.${id}`) }))}
          chosen={made.priorities}
          onChange={(chosen) => set({ priorities: priorities.filter((one) => chosen.includes(one)) })}
        />
        <Choice
          legend={t('levels.channels')}
          options={channels.map(({ id, label }) => ({ id, label: label[currentLanguage()] }))}
          chosen={made.channels}
          onChange={(chosen) => set({ channels: chosen })}
        />
        <Choice
          legend={t('levels.teams')}
          options={teams.map(({ id, name }) => ({ id, label: name }))}
          chosen={made.teamIds}
          onChange={(teamIds) => set({ teamIds })}
        />
        <p className="text-xs text-muted">{t('levels.anyHint')}</p>
      </div>
    </FormDialog>
  );
}

function Choice({
  legend,
  options,
  chosen,
  onChange,
}: {
  legend: string;
  options: readonly { id: string; label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  return (
    <fieldset>
      <legend className="font-medium">{legend}</legend>
      <div className="flex max-h-40 flex-wrap gap-x-4 overflow-y-auto">
        {options.map(({ id, label }) => (
          <Checkbox
            key={id}
            label={label}
            checked={chosen.includes(id)}
            onChange={(is) => onChange(is ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </div>
    </fieldset>
  );
}
