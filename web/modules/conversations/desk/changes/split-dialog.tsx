import { useState } from 'react';
import type { Conversation, Message } from '../../../../../contract/conversations.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { problemText } from '../../../../platform/i18n/problem-text.ts';
import { useGo } from '../../../../platform/router/link.tsx';
import { records } from '../../../../platform/store/app-store.ts';
import { Banner } from '../../../../ui/banner.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { Dialog } from '../../../../ui/overlay/dialog.tsx';
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
      undoSplit(conversation.id, made.splitId).then(
        () => go(`/inbox/open/${conversation.id}`),
        (error: unknown) => notify({ tone: 'problem', title: problemText(error).title, text: problemText(error).help }),
      );
    };
    notify({ title: t('split.done'), milliseconds: 10_000, action: { label: general('undo'), run: undo } });
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('split.title')}
      description={t('split.hint', { count: messages.length })}
      closeLabel={general('close')}
      footer={
        <Button look="primary" busy={action.isBusy} onClick={() => void action.run()}>
          {t('split.confirm')}
        </Button>
      }
    >
      {action.problem && (
        <Banner live tone="problem" className="mb-3">
          {action.problem.title} {action.problem.help}
        </Banner>
      )}
      <Field label={t('split.subject')} error={action.fieldProblem('subject')}>
        <Input value={subject} onChange={(event) => setSubject(event.target.value)} />
      </Field>
    </Dialog>
  );
}
