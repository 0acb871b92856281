import type { Conversation } from '../../../../contract/conversations.ts';

export type Due = NonNullable<Conversation['due']>;

/** A countdown is shown only when it is near, so that nothing presses before it has to; what the public reads is always counted. */
export function standingOf({ due, visibility }: Pick<Conversation, 'due' | 'visibility'>, now: number): 'late' | 'near' | 'far' | null {
  if (!due) return null;
  if (Date.parse(due.at) <= now) return 'late';
  return Date.parse(due.nearAt) <= now || visibility === 'public' ? 'near' : 'far';
}
