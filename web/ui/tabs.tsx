import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface TabPart {
  id: string;
  label: ReactNode;
  content: ReactNode;
}

export function Tabs({
  parts,
  value,
  onChange,
  label,
}: {
  parts: readonly TabPart[];
  value?: string;
  onChange?: (id: string) => void;
  label: string;
}) {
  return (
    <Base.Root {...(value === undefined ? { defaultValue: parts[0]?.id } : { value })} onValueChange={(next) => onChange?.(String(next))}>
      <Base.List aria-label={label} className="flex flex-wrap gap-x-1 border-b border-line">
        {parts.map((part) => (
          <Base.Tab
            key={part.id}
            value={part.id}
            className="-mb-px min-h-9 border-b-2 border-transparent px-3 whitespace-nowrap text-muted hover:text-text data-active:border-accent data-active:font-medium data-active:text-text"
          >
            {part.label}
          </Base.Tab>
        ))}
      </Base.List>
      {parts.map((part) => (
        <Base.Panel key={part.id} value={part.id} className="py-4">
          {part.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
