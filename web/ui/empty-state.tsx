import type { ReactNode } from 'react';
import type { Icon } from './icon.ts';

export function EmptyState({
  icon: Sign,
  title,
  children,
  action,
  heading: Heading = 'p',
}: {
  icon?: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** `h1` where the state is the whole page. */
  heading?: 'p' | 'h1';
}) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-12 text-center">
      {Sign && (
        <span className="mb-2 flex size-12 items-center justify-center rounded-full bg-sunken">
          <Sign aria-hidden="true" className="size-5 text-muted" />
        </span>
      )}
      <Heading className="text-base font-medium">{title}</Heading>
      {children && <div className="text-muted">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
