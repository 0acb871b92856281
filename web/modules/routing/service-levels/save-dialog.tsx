import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ServiceLevel } from '../../../../contract/routing.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { DateTimeInput } from '../../../ui/form/date-time-input.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { levelsKey, on } from '../api.ts';

/** From when on service levels hold, and whether also for who waits already. */
export function SaveDialog({ levels, onSaved, onClose }: { levels: ServiceLevel[]; onSaved: () => void; onClose: () => void }) {
  const t = useText('routing');
  const client = useQueryClient();
  const [from, setFrom] = useState<string | null>(null);
  const [opened] = useState(() => new Date().toISOString());
  const [recompute, setRecompute] = useState(false);
  const save = useAction(async () => {
    const set = await call(on.setServiceLevels, { levels, recompute, ...(from ? { validFrom: from } : {}) });
    client.setQueryData(levelsKey, set);
    notify({ title: t('levels.saved') });
    onSaved();
  });
  return (
    <FormDialog title={t('levels.saveTitle')} action={save} onClose={onClose}>
      <Field label={t('levels.from')} hint={t('levels.fromHint')} error={save.fieldProblem('validFrom')}>
        <DateTimeInput value={from} min={opened} onChange={setFrom} />
      </Field>
      <Checkbox label={t('levels.recompute')} hint={t('levels.recomputeHint')} checked={recompute} onChange={setRecompute} />
    </FormDialog>
  );
}
