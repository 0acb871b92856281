import ChartBar from 'lucide-react/icons/chart-bar';
import type { ReactNode } from 'react';
import { isProblem } from '../../platform/api/problem.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { AppLink } from '../../platform/router/link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** What an agreement must allow: says so where none does. */
export function Agreed({ error, what, children }: { error: unknown; what: 'figures' | 'late'; children: ReactNode }) {
  const t = useText('routing');
  if (!isProblem(error, 'workspace.needs_agreement')) return children;
  return (
    <EmptyState icon={ChartBar} title={t(`${what}.off`)}>
      <span className="block">{t(`${what}.offHint`)}</span>
      <AppLink to="/administration/agreements" className="mt-2 inline-block underline underline-offset-2">
        {t('figures.register')}
      </AppLink>
    </EmptyState>
  );
}
