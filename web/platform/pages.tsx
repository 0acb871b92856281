import { type InfiniteData, keepPreviousData, type QueryKey, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
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

/** Below a list that has more than what is shown. `inSight`: reads on by itself as one scrolls there; the button stays for everybody else. */
export function MorePages({
  query,
  inSight = false,
}: {
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetching' | 'isFetchingNextPage' | 'isError' | 'fetchNextPage'>;
  inSight?: boolean;
}) {
  const t = useText('platform');
  const place = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  // What could not be read is asked for again by the person only.
  const waits = inSight && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (!waits || !place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), { rootMargin: '600px' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [waits, fetchNextPage]);
  return (
    hasNextPage && (
      <div ref={place} className="self-center">
        <Button busy={query.isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('nextPage')}
        </Button>
      </div>
    )
  );
}
