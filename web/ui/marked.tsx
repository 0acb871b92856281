import type { ReactNode } from 'react';

/** A text in which the words between double square brackets are those that were looked for. */
export const marked = (text: string): ReactNode[] =>
  text.split(/\[\[(.*?)\]\]/g).map((part, i) =>
    i % 2 === 1 ? (
      <mark key={`${i}${part}`} className="rounded-sm bg-warn-soft px-0.5 font-medium text-warn-text">
        {part}
      </mark>
    ) : (
      part
    ),
  );
