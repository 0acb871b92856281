import type { ReactNode } from 'react';

/** A page of text, forms and tables, in a comfortable measure. */
export function Page({
  title,
  intro,
  actions,
  wide,
  children,
}: {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="notice-below relative min-h-0 flex-1 overflow-y-auto low:overflow-visible">
      <title>{`${title} · Nahbar`}</title>
      <div className={`mx-auto flex flex-col gap-5 px-4 py-6 sm:px-8 ${wide ? 'max-w-6xl' : 'max-w-3xl'}`}>
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div>
            <h1 dir="auto" className="text-left text-xl font-semibold break-words">
              {title}
            </h1>
            {intro && <p className="mt-1 max-w-prose text-muted">{intro}</p>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}
