import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import { undoMove } from '../api.ts';
import { refreshCase } from '../use-case.ts';

export const refused = (error: unknown): void => {
  const { title, help } = problemText(error);
  notify({ tone: 'problem', title, text: help });
};

/** Takes a merge, a split or a transfer back; `offer` says that it was done and lets one take it back for ten seconds. */
export function useUndo() {
  const t = useText('cases');
  const general = useText('platform');
  const undo = (moveId: string): Promise<void> =>
    undoMove(moveId).then((cases) => {
      for (const { id } of cases) void refreshCase(id);
      notify({ title: t('moves.undone') });
    }, refused);
  const offer = (title: string, moveId: string): void =>
    notify({ title, milliseconds: 10_000, action: { label: general('undo'), run: () => void undo(moveId) } });
  return { undo, offer };
}
