import type { Conversation } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { refused } from '../../../../platform/refused.ts';
import { notify } from '../../../../ui/overlay/notify.ts';
import { type ChangeInput, changeConversation, takeStep } from '../../api.ts';

/** Changes that show at once and can be taken back from the corner. */
export function useChanges(conversation: Conversation) {
  const t = useText('conversations');
  const general = useText('platform');
  const { id } = conversation;
  const apply = (change: ChangeInput): Promise<void> => changeConversation(id, change).catch(refused);
  const withUndo = (title: string, change: ChangeInput, before: ChangeInput): void => {
    void changeConversation(id, change).then(
      () => notify({ title, action: { label: general('undo'), run: () => void apply(before) } }),
      refused,
    );
  };
  return {
    change: (change: ChangeInput): void => void apply(change),
    assign: (assigneeId: string | null, teamId: string | null): void =>
      withUndo(
        t('assign.done'),
        { assigneeId, ...(teamId ? { teamId } : {}) },
        { assigneeId: conversation.assigneeId, ...(conversation.teamId ? { teamId: conversation.teamId } : {}) },
      ),
    snooze: (snoozedUntil: string | null): void =>
      withUndo(t('snooze.done'), { snoozedUntil }, { snoozedUntil: conversation.snoozedUntil }),
    step: (step: Parameters<typeof takeStep>[1]): void => void takeStep(id, step).catch(refused),
  };
}
