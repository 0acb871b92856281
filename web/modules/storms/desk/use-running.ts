import { useQuery } from '@tanstack/react-query';
import type { RunningStorm } from '../../../../contract/storms.ts';
import { useRight } from '../../workspace/index.ts';
import { runningQuery } from '../api.ts';

const none: readonly RunningStorm[] = [];

/** The storms that are on, for whoever answers customers. */
export function useRunning(): readonly RunningStorm[] {
  const answers = useRight('use_snippets');
  return useQuery({ ...runningQuery, enabled: answers }).data?.items ?? none;
}
