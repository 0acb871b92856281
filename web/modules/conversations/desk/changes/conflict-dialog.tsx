import { useQuery } from '@tanstack/react-query';
import Trash from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { conversationEndpoints as on } from '../../../../../contract/conversations.ts';
import { call } from '../../../../platform/api/call.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { FormDialog } from '../../../../platform/form-dialog.tsx';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { queries } from '../../../../platform/realtime/live.ts';
import { Combobox } from '../../../../ui/form/combobox.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Textarea } from '../../../../ui/form/textarea.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { usePeople } from '../../../workspace/index.ts';

/** Who must not get a conversation, for those who lead its team. */
export function ConflictDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText('conversations');
  const general = useText('platform');
  const people = usePeople();
  const [personId, setPersonId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const key = ['conversations', 'conflicts', id];
  const { data } = useQuery({ queryKey: key, queryFn: () => call(on.conflicts, { id }) });
  const noted = data?.items ?? [];
  const nameOf = (who: string) => people.find((one) => one.id === who)?.name ?? '';
  const add = useAction(async () => {
    if (!personId) return;
    queries.setQueryData(key, await call(on.setConflict, { id, personId, reason: reason.trim() }));
    setPersonId(null);
    setReason('');
  });
  const remove = useAction(async (who: string) => queries.setQueryData(key, await call(on.dropConflict, { id, personId: who })));
  return (
    <FormDialog
      title={t('conflict.title')}
      description={t('conflict.hint')}
      action={{ ...add, problem: add.problem ?? remove.problem }}
      confirm={t('conflict.add')}
      disabled={!personId || !reason.trim()}
      onClose={onClose}
    >
      {noted.length > 0 && (
        <ul aria-label={t('conflict.list')} className="flex flex-col">
          {noted.map((one) => (
            <li key={one.personId} className="flex items-center gap-3 border-b border-line py-1.5 last:border-0">
              <span className="shrink-0 font-medium">{nameOf(one.personId)}</span>
              <bdi className="min-w-0 flex-1 break-words text-muted">{one.reason}</bdi>
              <IconButton
                label={t('conflict.remove', { name: nameOf(one.personId) })}
                icon={Trash}
                onClick={() => void remove.run(one.personId)}
              />
            </li>
          ))}
        </ul>
      )}
      <Field label={t('conflict.who')}>
        <Combobox
          choices={people.map((one) => ({ value: one.id, label: one.name }))}
          value={personId}
          onChange={setPersonId}
          placeholder={t('conflict.whoPlaceholder')}
          emptyText={general('nothingFound')}
        />
      </Field>
      <Field label={t('conflict.reason')} hint={t('conflict.reasonHint')}>
        <Textarea value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
