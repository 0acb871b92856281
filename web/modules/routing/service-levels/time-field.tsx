import { useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';

type Unit = 'minutes' | 'hours';
const sizes = { minutes: 1, hours: 60 } as const;

/** A span of minutes or hours; empty: none. */
export function TimeField({
  label,
  hint,
  minutes,
  most = 525_600,
  onChange,
}: {
  label: string;
  hint?: string;
  minutes: number | null;
  /** In minutes. */
  most?: number;
  onChange: (minutes: number | null) => void;
}) {
  const t = useText('routing');
  const [unit, setUnit] = useState<Unit>(minutes !== null && minutes % 60 === 0 ? 'hours' : 'minutes');
  const amount = minutes === null ? null : minutes / sizes[unit];
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      <div className="flex gap-2">
        <Input
          type="number"
          min={1}
          max={most / sizes[unit]}
          className="w-24"
          aria-label={t('levels.amount', { which: label })}
          value={amount ?? ''}
          onChange={({ target }) => {
            const wanted = Math.trunc(Number(target.value));
            onChange(wanted > 0 ? wanted * sizes[unit] : null);
          }}
        />
        <Select
          label={t('levels.unit', { which: label })}
          className="w-36"
          options={(['minutes', 'hours'] as const).map((value) => ({ value, label: t(`levels.units.${value}`) }))}
          value={unit}
          onChange={(next) => {
            setUnit(next);
            if (amount !== null) onChange(Math.max(1, Math.trunc(amount)) * sizes[next]);
          }}
        />
      </div>
      {hint && <p className="mt-1 text-xs text-muted">{hint}</p>}
    </fieldset>
  );
}
