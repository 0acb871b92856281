import { useState } from 'react';
import type { Conversation, Message } from '../../../../../contract/conversations.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { FormDialog } from '../../../../platform/form-dialog.tsx';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { refused } from '../../../../platform/refused.ts';
import { useGo } from '../../../../platform/router/link.tsx';
import { records } from '../../../../platform/store/app-store.ts';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { notify } from '../../../../ui/overlay/notify.ts';
import { split, undoSplit } from '../../api.ts';

/** A second concern in one thread gets a conversation of its own. */
export function SplitDialog({
  conversation,
  messages,
  onClose,
}: {
  conversation: Conversation;
  messages: readonly Message[];
  onClose: () => void;
}) {
  const t = useText('conversations');
  const general = useText('platform');
  const go = useGo();
  const [subject, setSubject] = useState(conversation.subject);
  const action = useAction(async () => {
    const made = await split(
      conversation.id,
      messages.map(({ id }) => id),
      subject,
    );
    records.put('conversation', [made.conversation]);
    onClose();
    go(`/inbox/open/${made.conversation.id}`);
    const undo = (): void => {
      undoSplit(conversation.id, made.splitId).then(() => go(`/inbox/open/${conversation.id}`), refused);
    };
    notify({ title: t('split.done'), milliseconds: 10_000, action: { label: general('undo'), run: undo } });
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('split.title')}
      description={t('split.hint', { count: messages.length })}
      action={action}
      confirm={t('split.confirm')}
    >
      <Field label={t('split.subject')} error={action.fieldProblem('subject')}>
        <Input value={subject} onChange={(event) => setSubject(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
