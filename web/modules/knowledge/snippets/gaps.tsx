import type { ReactNode } from 'react';
import { gapsIn, type Placeholder } from '../../../../contract/writing/placeholders.ts';

/** A text with its gaps shown as what they are; `known` fills those that it has. Told by a frame, not by colour alone. */
export function Gaps({ text, known = {} }: { text: string; known?: Partial<Record<Placeholder, string>> }): ReactNode {
  const parts: ReactNode[] = [];
  let after = 0;
  for (const { from, written, placeholder } of gapsIn(text)) {
    parts.push(text.slice(after, from));
    parts.push(
      <span key={from} className="rounded-sm border border-dashed border-line-strong bg-sunken px-1">
        {(placeholder && known[placeholder]) ?? written}
      </span>,
    );
    after = from + written.length;
  }
  return [...parts, text.slice(after)];
}
