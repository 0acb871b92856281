import type { Conversation } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { refused } from '../../../../platform/refused.ts';
import { useGo } from '../../../../platform/router/link.tsx';
import { notify } from '../../../../ui/overlay/notify.ts';
import { ResolveDialog } from '../../../cases/index.ts';
import { claim } from '../../api.ts';

interface Props {
  conversation: Conversation;
  onClose: () => void;
  onDone: () => void;
}

/** Resolving ends the case with all its conversations; afterwards the next one waits. */
export function ResolveFlow({ conversation, onClose, onDone }: Props) {
  const t = useText('conversations');
  const general = useText('platform');
  const go = useGo();
  if (!conversation.caseId) return null;
  return (
    <ResolveDialog
      caseId={conversation.caseId}
      onClose={onClose}
      onResolved={() => {
        // Whoever takes it back is on it again, as before.
        const takeBack = (): void => void claim(conversation.id, 'take').then(() => go(`/inbox/mine/${conversation.id}`), refused);
        notify({ title: t('resolve.done'), action: { label: general('undo'), run: takeBack } });
        onDone();
      }}
    />
  );
}
