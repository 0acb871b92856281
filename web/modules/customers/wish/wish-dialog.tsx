import { useState } from 'react';
import type { AdviserWish } from '../../../../contract/customers.ts';
import { scopesOf } from '../../../../contract/permissions.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { usePeople } from '../../workspace/index.ts';
import { setAdviserWish } from '../api.ts';

/** Notes whom the person asked for. Without their words there is no wish: it is theirs, not ours. */
export function WishDialog({ customerId, wish, onClose }: { customerId: string; wish: AdviserWish | null; onClose: () => void }) {
  const t = useText('customers');
  const general = useText('platform');
  const advisers = usePeople().filter(({ roles }) => [...scopesOf(roles, 'claim')].some((scope) => scope === 'O' || scope === 'T'));
  const [personId, setPersonId] = useState(wish?.personId ?? null);
  const [words, setWords] = useState(wish?.words ?? '');
  const save = useAction(async () => {
    if (!personId) return;
    await setAdviserWish(customerId, personId, words);
    onClose();
    notify({ title: t('adviserWish.noted') });
  });
  return (
    <FormDialog
      title={t('adviserWish.title')}
      description={t('adviserWish.hint')}
      action={save}
      disabled={!personId || words.trim().length < 3}
      onClose={onClose}
    >
      <Field label={t('adviserWish.who')}>
        <Combobox
          choices={advisers.map(({ id, name }) => ({ value: id, label: name }))}
          value={personId}
          onChange={setPersonId}
          emptyText={general('nothingFound')}
        />
      </Field>
      <Field label={t('adviserWish.words')} hint={t('adviserWish.wordsHint')} error={save.fieldProblem('words')}>
        <Textarea required maxLength={500} value={words} onChange={({ target }) => setWords(target.value)} />
      </Field>
    </FormDialog>
  );
}
