import { Combobox as Base } from '@base-ui/react/combobox';
import ChevronDown from 'lucide-react/icons/chevron-down';
import type { ReactNode } from 'react';

export interface Choice {
  value: string;
  label: string;
  hint?: string;
  picture?: ReactNode;
}

interface Props {
  choices: readonly Choice[];
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
  emptyText: string;
  id?: string;
  label?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
}

/** A select one can type into; for long lists such as people. */
export function Combobox({ choices, value, onChange, placeholder, emptyText, label, ...rest }: Props) {
  return (
    <Base.Root
      items={choices}
      value={choices.find((choice) => choice.value === value) ?? null}
      onValueChange={(next) => onChange(next?.value ?? null)}
    >
      <span className="relative block">
        <Base.Input className="control truncate pr-8" placeholder={placeholder} aria-label={label} {...rest} />
        <ChevronDown aria-hidden="true" className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted" />
      </span>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup className="floating fade max-h-80 w-(--anchor-width) min-w-56 overflow-y-auto p-1">
            <Base.Empty className="px-2 py-1.5 text-muted empty:hidden">{emptyText}</Base.Empty>
            <Base.List aria-label={label} aria-labelledby={label === undefined && rest.id ? `${rest.id}-label` : undefined}>
              {(choice: Choice) => (
                <Base.Item
                  key={choice.value}
                  value={choice}
                  className="flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-none data-highlighted:bg-hover"
                >
                  {choice.picture}
                  <span className="truncate">{choice.label}</span>
                  {choice.hint && <span className="ml-auto truncate text-xs text-muted">{choice.hint}</span>}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
