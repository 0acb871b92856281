import type { ReactNode } from 'react';

/** A titled part of a page. */
export function Card({ title, hint, actions, children }: { title: string; hint?: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface p-4 sm:p-5">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-base font-semibold">{title}</h2>
          {hint && <div className="mt-0.5 max-w-prose text-muted">{hint}</div>}
        </div>
        {actions}
      </header>
      {children && <div className="mt-4">{children}</div>}
    </section>
  );
}
