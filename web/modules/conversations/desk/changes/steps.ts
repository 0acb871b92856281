import type { ConversationState } from '../../../../../contract/conversations.ts';
import type { takeStep } from '../../api.ts';

type Step = Parameters<typeof takeStep>[1];

/** Which steps the menu offers in a state; the server's state machine has the last word. */
export function stepsOf(state: ConversationState): readonly Step[] {
  if (state === 'spam') return ['not_spam'];
  if (state === 'in_progress') return ['ask_expert', 'need_third_party', 'classify_spam'];
  if (state === 'waiting_internal') return ['expert_answered'];
  if (state === 'waiting_third_party') return ['third_party_answered'];
  return state === 'new' || state === 'queued' ? ['classify_spam'] : [];
}
