import { useQuery } from '@tanstack/react-query';
import { call } from '../../../platform/api/call.ts';
import { on } from '../api.ts';

export const sitesQuery = { queryKey: ['workspace', 'sites'], queryFn: () => call(on.listSites, {}) };

/** What a relation centre is called, once that is known. */
export function useSiteName(): (id: string | null) => string | undefined {
  const { data } = useQuery(sitesQuery);
  return (id) => data?.items.find((site) => site.id === id)?.name;
}
