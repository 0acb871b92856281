import { useQuery } from '@tanstack/react-query';
import type { Snippet } from '../../../../contract/knowledge.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { useMe, useRight } from '../../workspace/index.ts';
import { readSnippets } from '../api.ts';

export interface Snippets {
  /** By title; undefined until they were read. */
  snippets: readonly Snippet[] | undefined;
  error: unknown;
  retry: () => void;
}

/** Read once, kept true by the stream. Nothing is read before somebody wants one. */
export function useSnippets(wanted = true): Snippets {
  const mayUse = useRight('use_snippets');
  const { locale } = useMe().preferences;
  const { data, error, refetch } = useQuery({
    queryKey: ['knowledge', 'snippets'],
    queryFn: readSnippets,
    staleTime: 10 * 60_000,
    enabled: mayUse && wanted,
  });
  const snippets = useRecords<Snippet, Snippet[]>('snippet', (all) => all.toSorted((a, b) => a.title.localeCompare(b.title, locale)));
  return { snippets: data === undefined && snippets.length === 0 ? undefined : snippets, error, retry: () => void refetch() };
}
