import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

interface Props {
  label: ReactNode;
  checked: boolean;
  disabled?: boolean;
  hint?: ReactNode;
  onChange: (checked: boolean) => void;
}

export function Switch({ label, checked, disabled, hint, onChange }: Props) {
  return (
    <label className="flex items-start justify-between gap-4 py-1">
      <span>
        {label}
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
      <Base.Root
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="relative mt-0.5 h-5 w-9 shrink-0 rounded-full border border-line-strong bg-sunken p-px transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="block size-4 rounded-full bg-line-strong transition-transform data-checked:translate-x-4 data-checked:bg-on-accent forced-colors:bg-[ButtonText]" />
      </Base.Root>
    </label>
  );
}
