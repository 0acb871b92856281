import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemBanner } from '../ui/problem-banner.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { isProblem } from './api/problem.ts';
import { useText } from './i18n/i18n.ts';
import { problemText } from './i18n/problem-text.ts';

/** What `Loaded` needs of a query; several can be put together into one. */
interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  isFetching: boolean;
  refetch: () => unknown;
}

interface Props<Data> {
  query: Query<Data>;
  /** Grey lines while it is on its way. */
  lines?: number;
  children: (data: Data) => ReactNode;
}

/**
 * What was asked of the server, in each of its states: on its way, refused (what happened, what to do, once more), and there. Where it was there
 * before and could not be read anew, it stays in sight with the reason above it.
 */
export function Loaded<Data>({ query, lines, children }: Props<Data>) {
  const t = useText('platform');
  const { data, error } = query;
  if (!error) return data === undefined ? <Skeleton label={t('loading')} lines={lines} /> : children(data);
  const problem = problemText(error);
  // A right that is missing will be missing the next time too.
  const retry = !isProblem(error, 'core.forbidden') && (
    <Button busy={query.isFetching} onClick={() => void query.refetch()}>
      {t('retry')}
    </Button>
  );
  if (data === undefined)
    return (
      <div role="alert">
        <EmptyState icon={TriangleAlert} title={problem.title} action={retry}>
          {problem.help}
        </EmptyState>
      </div>
    );
  return (
    <>
      <ProblemBanner problem={problem} action={retry} />
      {children(data)}
    </>
  );
}
