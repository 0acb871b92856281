import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import type { Icon } from '../icon.ts';

interface Props<V extends string> {
  label: string;
  value: V;
  options: readonly { value: V; label: ReactNode; icon?: Icon; disabled?: boolean }[];
  onChange: (value: V) => void;
}

export function Segmented<V extends string>({ label, value, options, onChange }: Props<V>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => next[0] && onChange(next[0] as V)}
      className="inline-flex w-fit max-w-full rounded-md border border-line bg-sunken p-0.5"
    >
      {options.map(({ value: own, label: text, icon: Sign, disabled }) => (
        <Toggle
          key={own}
          value={own}
          disabled={disabled}
          className="inline-flex min-h-6 items-center gap-1.5 rounded-sm px-2.5 text-muted hover:text-text data-disabled:opacity-50 data-pressed:bg-surface data-pressed:font-medium data-pressed:text-text data-pressed:shadow-small"
        >
          {Sign && <Sign aria-hidden="true" className="size-3.5" />}
          {text}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
