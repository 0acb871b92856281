import { type InfiniteData, keepPreviousData, type QueryKey, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../ui/button.tsx';
import { useText } from './i18n/i18n.ts';

/** What an endpoint with cursor paging answers, maybe with more beside the rows. */
interface PageOf<Item> {
  items: Item[];
  nextCursor: string | null;
}

interface Options {
  limit?: number;
  /** Shows what was found for another key until the answer comes: for searches, where every letter is a new one. */
  keeps?: boolean;
  refetchInterval?: number | false;
}

/** A list that is read page by page: the rows read so far, with whatever else the first page said. `MorePages` reads on. */
export const usePages = <Page extends PageOf<unknown>>(
  queryKey: QueryKey,
  read: (paging: { cursor?: string; limit: number }) => Promise<Page>,
  { limit = 50, keeps = false, refetchInterval = false }: Options = {},
): UseInfiniteQueryResult<Page> =>
  useInfiniteQuery({
    // Whoever reads the same as one answer keeps it in another shape.
    queryKey: [...queryKey, 'pages'],
    queryFn: ({ pageParam }) => read({ limit, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page) => page.nextCursor,
    select: together,
    refetchInterval,
    ...(keeps && { placeholderData: keepPreviousData }),
  });

const together = <Page extends PageOf<unknown>>({ pages }: InfiniteData<Page>): Page => ({
  ...(pages[0] as Page),
  items: pages.flatMap((page) => page.items),
});

/** Below a list that has more than what is shown. */
export function MorePages({ query }: { query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'> }) {
  const t = useText('platform');
  return (
    query.hasNextPage && (
      <Button className="self-center" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('nextPage')}
      </Button>
    )
  );
}
