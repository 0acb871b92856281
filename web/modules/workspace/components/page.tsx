import type { ReactNode } from 'react';
import { WayBack } from './way-back.tsx';

/** A page of text, forms and tables, in a comfortable measure. */
export function Page({
  title,
  intro,
  actions,
  wide,
  isPlain,
  children,
}: {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  /** There may be nothing on it to press: then it takes the focus itself, so that keys can scroll it. */
  isPlain?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="notice-below relative min-h-0 flex-1 overflow-y-auto bg-bg low:overflow-visible" tabIndex={isPlain ? 0 : undefined}>
      <title>{`${title} · Nahbar`}</title>
      {/* One left edge for every page, however wide what stands on it. */}
      <div className="mx-auto max-w-6xl px-4 py-6 sm:px-8">
        <div className={`flex flex-col gap-5 ${wide ? '' : 'max-w-3xl'}`}>
          <header className="flex flex-wrap items-start justify-between gap-3">
            <div className="min-w-0 flex-1 basis-80">
              <WayBack />
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
    </div>
  );
}
