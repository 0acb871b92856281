import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Storm, StormMention } from '../../../../contract/storms.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Choice } from '../../routing/index.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { on } from '../api.ts';

const most = 200;

/** Why some of a group get no answer of their own: chosen one by one, the reason is written with each. */
export function ExceptionDialog({ storm, mentions, onClose }: { storm: Storm; mentions: readonly StormMention[]; onClose: () => void }) {
  const t = useText('storms');
  const client = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(() => (mentions.length === 1 ? mentions.map((one) => one.conversationId) : []));
  const [reason, setReason] = useState('');
  const save = useAction(async () => {
    await call(on.except, { id: storm.id, conversationIds: [...chosen], reason });
    await client.invalidateQueries({ queryKey: ['storms'] });
    onClose();
  });
  return (
    <FormDialog
      title={t('exception.title')}
      description={t('exception.hint')}
      action={save}
      disabled={chosen.length === 0 || !reason.trim()}
      onClose={onClose}
    >
      <Choice
        legend={t('exception.which')}
        options={mentions.slice(0, most).map((one) => ({
          id: one.conversationId,
          label: `${one.customerName}: ${one.subject || t('noSubject')}`,
        }))}
        chosen={chosen}
        onChange={setChosen}
      />
      <Field label={t('exception.reason')} hint={t('exception.reasonHint')} error={save.fieldProblem('reason')}>
        <Textarea required maxLength={500} className="min-h-16" value={reason} onChange={({ target }) => setReason(target.value)} />
      </Field>
    </FormDialog>
  );
}
