import type { ReactNode } from 'react';
import { Banner } from './banner.tsx';

/** Why something was refused, read aloud when it appears; nothing while nothing was. */
export function ProblemBanner({
  problem,
  action,
  className,
}: {
  /** What happened, and what was kept or is to be done. */
  problem: { title: string; help?: string | undefined } | null | undefined;
  action?: ReactNode;
  className?: string;
}) {
  return (
    problem && (
      <Banner live tone="problem" action={action} className={className}>
        <strong>{problem.title}</strong> {problem.help}
      </Banner>
    )
  );
}
