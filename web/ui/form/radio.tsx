import { Radio } from '@base-ui/react/radio';
import { RadioGroup as Base } from '@base-ui/react/radio-group';
import { type ReactNode, useId } from 'react';

interface Props<V extends string> {
  label: ReactNode;
  value: V;
  options: readonly { value: V; label: ReactNode; hint?: ReactNode }[];
  onChange: (value: V) => void;
}

export function RadioGroup<V extends string>({ label, value, options, onChange }: Props<V>) {
  const id = useId();
  return (
    <Base value={value} onValueChange={(next) => onChange(next as V)} aria-labelledby={id} className="flex flex-col gap-1">
      <span id={id} className="font-medium">
        {label}
      </span>
      {options.map((option) => (
        <label key={option.value} className="flex items-start gap-2 py-1">
          <Radio.Root
            value={option.value}
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-checked:border-accent"
          >
            <Radio.Indicator className="size-2 rounded-full bg-accent" />
          </Radio.Root>
          <span>
            {option.label}
            {option.hint && <span className="block text-xs text-muted">{option.hint}</span>}
          </span>
        </label>
      ))}
    </Base>
  );
}
