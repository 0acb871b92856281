import type { StormAbout } from '../../../../contract/storms.ts';
import { type Facts, fold } from '../../automation/index.ts';

/** What is asked of a conversation to tell whether it is about a storm. */
export type About = Pick<Facts, 'topicIds' | 'text'> & { queueId: string | null };

/** Whether a conversation is about a storm. Nothing that was not said is asked for, and who said nothing concerns nobody. A pure function. */
export function concerns({ match, topicId, words, queueId }: StormAbout, about: About): boolean {
  const holds = [
    ...(topicId === null ? [] : [about.topicIds.includes(topicId)]),
    ...(queueId === null ? [] : [about.queueId === queueId]),
    ...(words.length === 0 ? [] : [words.some((word) => about.text.includes(fold(word)))]),
  ];
  return holds.length > 0 && (match === 'all' ? !holds.includes(false) : holds.includes(true));
}
