import { useQuery } from '@tanstack/react-query';
import type { Queue } from '../../../../contract/routing.ts';
import { queuesQuery } from '../api.ts';

const none: readonly Queue[] = [];

/** All queues in their order; none until they were read. */
export const useQueues = (): readonly Queue[] => useQuery(queuesQuery).data?.items ?? none;
