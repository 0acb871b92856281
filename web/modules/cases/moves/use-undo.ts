import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import { undoMove } from '../api.ts';
import { refreshCase } from '../use-case.ts';

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
