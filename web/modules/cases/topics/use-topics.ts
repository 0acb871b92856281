import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Topic } from '../../../../contract/cases.ts';
import { currentLanguage } from '../../../platform/i18n/i18n.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { readTopics } from '../api.ts';
import { type Branch, treeOf } from './tree.ts';

export interface Topics {
  /** Undefined until they were read. */
  topics: readonly Topic[] | undefined;
  tree: readonly Branch[];
  error: unknown;
  retry: () => void;
}

/** Read once, kept true by the stream. */
export function useTopics(): Topics {
  const { data, error, refetch } = useQuery({ queryKey: ['cases', 'topics'], queryFn: readTopics, staleTime: 10 * 60_000 });
  const topics = useRecords<Topic, Topic[]>('topic', (all) => all.slice());
  const language = currentLanguage();
  const tree = useMemo(() => treeOf(topics, language), [topics, language]);
  return { topics: data === undefined && topics.length === 0 ? undefined : topics, tree, error, retry: () => void refetch() };
}

/** What a topic is called here; undefined while it is not known. */
export function useTopicName(): (id: string) => string | undefined {
  const { topics } = useTopics();
  const language = currentLanguage();
  return (id) => topics?.find((topic) => topic.id === id)?.label[language];
}
