import type { Conversation } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { notify } from '../../../../ui/overlay/notify.ts';
import { ResolveDialog } from '../../../cases/index.ts';

interface Props {
  conversation: Conversation;
  onClose: () => void;
  onDone: () => void;
}

/** Resolving ends the case with all its conversations; afterwards the next one waits. */
export function ResolveFlow({ conversation, onClose, onDone }: Props) {
  const t = useText('conversations');
  if (!conversation.caseId) return null;
  return (
    <ResolveDialog
      caseId={conversation.caseId}
      onClose={onClose}
      onResolved={() => {
        notify({ title: t('resolve.done') });
        onDone();
      }}
    />
  );
}
