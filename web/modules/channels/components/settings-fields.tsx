import { useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Switch } from '../../../ui/form/switch.tsx';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { useChannelText } from './channel-text.ts';
import { isChanged, type SettingsField, shownFields } from './settings-schema.ts';

interface Props {
  channel: string;
  fields: readonly SettingsField[];
  values: Readonly<Record<string, unknown>>;
  secrets: Readonly<Record<string, boolean>>;
  /** Secrets that must be entered again, with the settings whose change asks for it. */
  needed: ReadonlyMap<string, readonly string[]>;
  problemOf: (path: string) => string | null;
  onChange: (name: string, value: unknown) => void;
}

/** The form that a channel's own settings schema asks for; its words come from the channel's folder. */
export function SettingsFields({ channel, fields, values, secrets, needed, problemOf, onChange }: Props) {
  const t = useText('channels');
  const general = useText('platform');
  const text = useChannelText(channel);
  const draw = (field: SettingsField) => {
    const { name, kind, initial } = field;
    const label = text(`settings.${name}.label`, name);
    const hint = text(`settings.${name}.hint`, '') || undefined;
    const value = values[name] ?? initial;
    const refused = problemOf(`settings.${name}`) ?? problemOf(name);
    const what = needed.get(name)?.map((one) => text(`settings.${one}.label`, one));
    const again = what && t('form.secretAgain', { what: what.join(' · ') });
    const error = again ? refused && again : refused;
    if (kind === 'switch')
      return <Switch key={name} label={label} hint={hint} checked={value === true} onChange={(checked) => onChange(name, checked)} />;
    return (
      <Field
        key={name}
        label={label}
        hint={again ? !error && again : kind === 'secret' && secrets[name] ? t('form.secretSet') : hint}
        error={error}
      >
        {kind === 'choice' ? (
          <Select
            options={field.choices.map((choice) => ({
              value: choice,
              label: text(`settings.${name}.${choice}`, text(`settings.${name}.choices.${choice}`, choice)),
            }))}
            value={String(value ?? '')}
            onChange={(next) => onChange(name, next)}
          />
        ) : kind === 'list' ? (
          <TagInput
            values={Array.isArray(value) ? value.map(String) : []}
            removeLabel={(what) => general('remove', { what })}
            onChange={(next) => onChange(name, next)}
          />
        ) : field.isLong && kind === 'text' ? (
          <Textarea value={String(value ?? '')} onChange={(event) => onChange(name, event.target.value)} />
        ) : (
          <Input
            type={kind === 'secret' ? 'password' : kind === 'number' ? 'number' : 'text'}
            autoComplete={kind === 'secret' ? 'new-password' : 'off'}
            value={String(value ?? '')}
            onChange={(event) => onChange(name, event.target.value)}
          />
        )}
      </Field>
    );
  };
  const isNeeded = (name: string): boolean => needed.has(name) || problemOf(`settings.${name}`) !== null || problemOf(name) !== null;
  const shown = shownFields(fields, values, isNeeded);
  const folded = shown.filter(({ isAdvanced }) => isAdvanced);
  // What was changed or refused must be in sight; afterwards the fold stays as the person left it.
  const mustOpen = folded.some((field) => isNeeded(field.name));
  const [isOpen, setIsOpen] = useState(() => folded.some((field) => isChanged(field, values)));
  return (
    <>
      {shown.filter(({ isAdvanced }) => !isAdvanced).map(draw)}
      {folded.length > 0 && (
        <details className="sm:col-span-2" open={isOpen || mustOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
          <summary className="w-fit cursor-pointer rounded-sm py-1.5 pr-2 font-medium">{t('form.advanced')}</summary>
          <div className="mt-2 grid items-start gap-4 sm:grid-cols-2">{folded.map(draw)}</div>
        </details>
      )}
    </>
  );
}
