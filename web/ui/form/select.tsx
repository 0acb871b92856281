import { Select as Base } from '@base-ui/react/select';
import Check from 'lucide-react/icons/check';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { cx } from '../cx.ts';

export interface Option<V extends string> {
  value: V;
  label: string;
}

interface Props<V extends string> {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  /** For selects without a Field around them. */
  label?: string;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
}

export function Select<V extends string>({ options, value, onChange, label, placeholder, disabled, className, ...rest }: Props<V>) {
  return (
    <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onChange(next as V)} disabled={disabled}>
      <Base.Trigger aria-label={label} className={cx('control flex items-center justify-between gap-2 text-left', className)} {...rest}>
        <Base.Value className="truncate">
          {(picked: V | null) =>
            options.find((option) => option.value === picked)?.label ?? <span className="text-muted">{placeholder ?? '–'}</span>
          }
        </Base.Value>
        <Base.Icon>
          <ChevronDown aria-hidden="true" className="size-4 text-muted" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup
            aria-label={label}
            aria-labelledby={label === undefined && rest.id ? `${rest.id}-label` : undefined}
            className="floating fade max-h-80 min-w-(--anchor-width) overflow-y-auto p-1"
          >
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="flex min-h-8 cursor-default items-center justify-between gap-3 rounded-sm px-2 outline-none data-highlighted:bg-hover"
              >
                <Base.ItemText>{option.label}</Base.ItemText>
                <Base.ItemIndicator>
                  <Check aria-hidden="true" className="size-4 text-accent-text" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
