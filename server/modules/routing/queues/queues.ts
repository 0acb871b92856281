import type { Queue } from '../../../../contract/routing.ts';
import { fits, isFor, type Work } from '../matching.ts';

/** What is known of a wait beside itself. */
export interface About {
  /** The topic of its case with all above it; empty where it has none. */
  topicIds: readonly string[];
  /** What the customer speaks, as far as we know. */
  languages: readonly string[];
}

/** The queue a customer waits in: the first that fits. A pure function of the work, what is known of it, and the queues. */
export const queueFor = (queues: readonly Queue[], work: Work, { topicIds, languages }: About): Queue | null =>
  queues.find((queue) => isFor(queue, work) && fits(queue.topicIds, topicIds) && fits(queue.languages, languages)) ?? null;

/** A topic and those above it, nearest first. */
export function lineOf(topicId: string | null | undefined, parents: ReadonlyMap<string, string | null>): string[] {
  const line: string[] = [];
  for (let id = topicId ?? null; id !== null && !line.includes(id); id = parents.get(id) ?? null) line.push(id);
  return line;
}
