import { useState } from 'react';
import type { Conversation } from '../../../../../contract/conversations.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { FormDialog } from '../../../../platform/form-dialog.tsx';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { refused } from '../../../../platform/refused.ts';
import { useGo } from '../../../../platform/router/link.tsx';
import { useRecords } from '../../../../platform/store/use-records.ts';
import { RadioGroup } from '../../../../ui/form/radio.tsx';
import { notify } from '../../../../ui/overlay/notify.ts';
import { nameOf } from '../../../customers/index.ts';
import { merge, unmerge } from '../../api.ts';
import { refreshDetail } from '../use-open-conversation.ts';

/** Joins this conversation into another of the same customer; can be undone exactly. */
export function MergeDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useText('conversations');
  const general = useText('platform');
  const go = useGo();
  const { brief } = useFormats();
  const others = useRecords<Conversation, Conversation[]>('conversation', (all) =>
    all.filter((other) => other.customerId === conversation.customerId && other.id !== conversation.id && other.mergedInto === null),
  );
  const [into, setInto] = useState('');
  const action = useAction(async () => {
    await merge(conversation.id, into);
    void refreshDetail(into);
    onClose();
    go(`/inbox/open/${into}`);
    const undo = (): void => {
      unmerge(conversation.id)
        .then(() => refreshDetail(into))
        .catch(refused);
    };
    notify({ title: t('merge.done'), milliseconds: 10_000, action: { label: general('undo'), run: undo } });
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('merge.title')}
      description={t('merge.hint', { name: nameOf(conversation.customerName) })}
      action={action}
      confirm={t('merge.confirm')}
      disabled={!into}
    >
      {others.length === 0 ? (
        <p className="pb-4 text-muted">{t('merge.none')}</p>
      ) : (
        <RadioGroup
          label={t('merge.choose')}
          value={into}
          onChange={setInto}
          options={others.map((other) => ({
            value: other.id,
            label: other.subject || t('desk.noSubject'),
            hint: `${t(`state.${other.state}`)} · ${brief(other.lastMessageAt)}`,
          }))}
        />
      )}
    </FormDialog>
  );
}
